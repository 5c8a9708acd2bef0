//! The arithmetic of a budget: attempts are spent, and come back one by one.

use chrono::{Duration, NaiveDateTime};

use super::Wait;

const DAY: Duration = Duration::hours(24);

/// What an account, a name or a device may spend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Budget {
    /// How many attempts need no waiting.
    pub free: i64,
    /// After how long one attempt comes back.
    pub regain: Duration,
    /// When the free ones are spent, each further attempt costs a wait of 2, 4, 8 … seconds up to this. None:
    /// there are no further attempts.
    pub longest_wait: Option<Duration>,
    /// The most attempts within 24 hours. None: as many as there are.
    pub day: Option<Day>,
}

/// The most attempts within 24 hours, and what is left past them: it must never be nothing, or whoever fails on
/// purpose would keep the owner out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day {
    /// The most attempts.
    pub most: i64,
    /// Then there is one more after each of these.
    pub then_every: Duration,
}

/// What was spent of a budget.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spent {
    /// When all attempts will have come back.
    pub spent_until: NaiveDateTime,
    /// No attempt before this.
    pub next_at: NaiveDateTime,
    /// When the current 24 hours began.
    pub day_started_at: NaiveDateTime,
    /// How many attempts there were in them.
    pub day_count: i64,
}

impl Spent {
    /// Nothing spent yet.
    pub fn nothing(now: NaiveDateTime) -> Spent {
        Spent { spent_until: now, next_at: now, day_started_at: now, day_count: 0 }
    }
}

impl Budget {
    /// This number of attempts in a row, which come back within an hour, one by one.
    pub fn per_hour(attempts: u32) -> Budget {
        let regain = Duration::hours(1) / times(attempts.max(1).into());
        Budget { free: attempts.into(), regain, longest_wait: None, day: None }
    }

    /// Spends one attempt.
    ///
    /// # Errors
    /// How long to wait, when there is none; then nothing is spent.
    pub fn spend(&self, spent: Spent, now: NaiveDateTime) -> Result<Spent, Wait> {
        if now < spent.next_at {
            return Err(Wait::new(spent.next_at - now));
        }
        let (day_started_at, day_count) =
            if now >= spent.day_started_at + DAY { (now, 1) } else { (spent.day_started_at, spent.day_count + 1) };
        let spent_until = spent.spent_until.max(now) + self.regain;
        let level = self.level(spent_until, now);
        let wait = match self.longest_wait {
            Some(longest) if level >= self.free => doubling(level - self.free + 1).min(longest),
            None if level > self.free => return Err(Wait::new(spent_until - self.regain * times(self.free) - now)),
            _ => Duration::zero(),
        };
        let wait = match &self.day {
            Some(day) if day_count >= day.most => wait.max(day.then_every.min(day_started_at + DAY - now)),
            _ => wait,
        };
        Ok(Spent { spent_until, next_at: now + wait, day_started_at, day_count })
    }

    /// What can have been spent by now, at most. Only a clock that was ahead and went back leaves times that are later
    /// than this budget can produce; nobody waits for them.
    pub fn clamp(&self, spent: Spent, now: NaiveDateTime) -> Spent {
        let past_day = self.day.as_ref().filter(|day| spent.day_count >= day.most);
        let longest =
            self.longest_wait.unwrap_or_default().max(past_day.map_or(Duration::zero(), |day| day.then_every));
        let most = self.free.saturating_add(self.day.as_ref().map_or(0, |day| day.most));
        Spent {
            spent_until: spent.spent_until.min(now + self.regain * times(most)),
            next_at: spent.next_at.min(now + longest),
            day_started_at: spent.day_started_at.min(now),
            day_count: spent.day_count,
        }
    }

    /// Gives back the attempt of someone who knew the password. Nothing else comes back by it: what others
    /// failed at stays spent.
    pub fn give_back(&self, spent: Spent, now: NaiveDateTime) -> Spent {
        Spent {
            spent_until: (spent.spent_until - self.regain).max(now),
            next_at: spent.next_at.min(now),
            day_count: (spent.day_count - 1).max(0),
            ..spent
        }
    }

    /// How many attempts are spent and have not come back.
    pub fn level(&self, spent_until: NaiveDateTime, now: NaiveDateTime) -> i64 {
        let missing = (spent_until - now).num_milliseconds().max(0);
        let each = self.regain.num_milliseconds().max(1);
        (missing + each - 1) / each
    }
}

fn times(count: i64) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

/// 2, 4, 8 … seconds.
fn doubling(step: i64) -> Duration {
    Duration::seconds(1 << step.clamp(1, 30))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account() -> Budget {
        let day = Day { most: 100, then_every: Duration::hours(1) };
        Budget { free: 5, regain: Duration::minutes(15), longest_wait: Some(Duration::seconds(60)), day: Some(day) }
    }

    fn device() -> Budget {
        Budget::per_hour(10)
    }

    fn start() -> NaiveDateTime {
        chrono::DateTime::UNIX_EPOCH.naive_utc()
    }

    #[test]
    fn five_are_free_and_then_the_waits_double_up_to_a_minute() {
        let (mut spent, mut now, mut waits) = (Spent::nothing(start()), start(), Vec::new());
        for _ in 0..12 {
            spent = account().spend(spent, now).unwrap();
            let wait = account().spend(spent, now).err().map_or(0, Wait::seconds);
            waits.push(wait);
            now += Duration::seconds(wait);
        }
        assert_eq!(waits, [0, 0, 0, 0, 2, 4, 8, 16, 32, 60, 60, 60]);
    }

    #[test]
    fn one_comes_back_every_quarter_of_an_hour() {
        let (mut spent, mut now) = (Spent::nothing(start()), start());
        for _ in 0..5 {
            spent = account().spend(spent, now).unwrap();
        }
        now += Duration::minutes(31);
        for _ in 0..2 {
            spent = account().spend(spent, now).unwrap();
        }
        assert_eq!(account().spend(spent, now).map_err(Wait::seconds), Err(2), "two of five had come back");
    }

    #[test]
    fn a_day_has_a_hundred_however_patient_the_guesser_and_then_one_an_hour() {
        let (mut spent, mut now) = (Spent::nothing(start()), start());
        for _ in 0..100 {
            now = now.max(spent.next_at);
            spent = account().spend(spent, now).unwrap();
        }
        assert!(now < start() + Duration::hours(2), "a hundred take an hour and a half: {now}");
        let mut hours = 0;
        while spent.day_count >= 100 {
            let wait = account().spend(spent, now).unwrap_err();
            assert!(wait <= Wait::new(Duration::hours(1)), "{wait:?}");
            now = spent.next_at;
            spent = account().spend(spent, now).unwrap();
            hours += 1;
        }
        assert_eq!((hours, now), (23, start() + DAY), "then the next day has a hundred again");
    }

    #[test]
    fn what_a_clock_that_was_ahead_has_left_makes_nobody_wait_longer_than_the_budget_can() {
        let ahead = start() + Duration::days(37);
        for budget in [account(), device()] {
            let mut spent = Spent::nothing(ahead);
            while let Ok(more) = budget.spend(spent, ahead) {
                spent = more;
            }
            let clamped = budget.clamp(spent, start());
            let longest = Duration::hours(1);
            let wait = budget.spend(clamped, start()).map_or_else(|wait| wait, |_| Wait::new(Duration::zero()));
            assert!(wait <= Wait::new(longest), "{wait:?}");
            assert_eq!(clamped.day_count, spent.day_count, "what was spent stays spent");
            let next = budget.spend(budget.clamp(clamped, start() + longest), start() + longest);
            assert!(next.is_ok(), "{next:?}");
            assert_eq!(budget.clamp(clamped, start()), clamped);
        }
    }

    #[test]
    fn what_a_budget_produces_is_never_clamped() {
        for budget in [account(), device()] {
            let (mut spent, mut now) = (Spent::nothing(start()), start());
            for _ in 0..150 {
                match budget.spend(spent, now) {
                    Ok(more) => spent = more,
                    Err(wait) => now += Duration::seconds(wait.seconds()),
                }
                assert_eq!(budget.clamp(spent, now), spent);
            }
        }
    }

    #[test]
    fn the_right_password_gives_back_its_own_attempt_only() {
        let (mut spent, now) = (Spent::nothing(start()), start());
        for _ in 0..4 {
            spent = account().spend(spent, now).unwrap();
        }
        for _ in 0..50 {
            spent = account().give_back(account().spend(spent, now).unwrap(), now);
        }
        assert_eq!(account().level(spent.spent_until, now), 4);
        assert_eq!(spent.day_count, 4);
    }

    #[test]
    fn a_device_has_ten_an_hour_and_no_doubling() {
        let (mut spent, now) = (Spent::nothing(start()), start());
        for _ in 0..10 {
            spent = device().spend(spent, now).unwrap();
        }
        assert_eq!(device().spend(spent, now).map_err(Wait::seconds), Err(360));
        assert!(device().spend(spent, now + Duration::minutes(6)).is_ok());
    }
}
