//! How a failed check gets as long as any other: what it cost less than a full one is spent on bcrypt for nothing.
//!
//! Work is counted in units of one bcrypt at the lowest cost, and each step of the cost doubles it. What a hash with
//! bcrypt inside cost is known exactly. For the others a clock tells, and right afterwards the same clock tells how
//! long bcrypt takes. It is the clock of the processor's work on this thread, not the one on the wall: that one
//! goes on while others have the processor, more in one of the two spans than in the other.

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

use super::bcrypt_sha256;

const LOWEST_COST: u32 = 4;

/// What is measured is compared with bcrypt of this cost, which takes some hundredths of a second, as it does itself.
const SAMPLE_COST: u32 = 8;

/// How many samples are taken, of which the quickest counts as undisturbed. What takes longer than [`LONG`] varies less
/// and is measured once.
const SAMPLES: usize = 3;
const LONG: Duration = Duration::from_millis(100);

/// What a check that failed has cost so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spent {
    /// This many units.
    Units(u64),
    /// The processor worked this long on something else than bcrypt.
    Time(Duration),
}

/// What a bcrypt of this cost is worth.
pub(super) fn units(cost: u32) -> u64 {
    1 << (cost - LOWEST_COST)
}

/// Does the work, and tells how long the processor worked on it.
pub(super) fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let so_far = || Duration::try_from(clock_gettime(ClockId::ThreadCPUTime)).expect("a thread's time is not negative");
    let before = so_far();
    let answer = work();
    (answer, so_far().saturating_sub(before))
}

/// What a hash other than bcrypt is worth, of which one share is run; the whole takes `shares` times as long.
pub(super) fn measure(share: impl Fn(), shares: u32) -> u64 {
    worth_of_samples(shares, || timed(&share).1, || timed(|| bcrypt_sha256::spend(SAMPLE_COST)).1)
}

fn worth_of_samples(shares: u32, share: impl FnMut() -> Duration, bcrypt: impl FnMut() -> Duration) -> u64 {
    let quickest = |sample: &mut dyn FnMut() -> Duration| {
        let first = sample();
        let samples = if first > LONG { 1 } else { SAMPLES };
        (1..samples).map(|_| sample()).fold(first, Duration::min)
    };
    let (mut share, mut bcrypt) = (share, bcrypt);
    worth(quickest(&mut share) * shares, units(SAMPLE_COST), quickest(&mut bcrypt))
}

/// Spends what is missing of the full number of units. A check that cost more than that shows: nothing can be
/// taken back.
pub(super) fn spend_the_rest(full: u64, spent: Spent) {
    match spent {
        Spent::Units(spent) => costs(full.saturating_sub(spent)).for_each(bcrypt_sha256::spend),
        Spent::Time(spent) => spend_by_the_clock(full, spent, |cost| timed(|| bcrypt_sha256::spend(cost)).1),
    }
}

/// The costs of the bcrypts that add up to exactly this many units, the highest first.
fn costs(units: u64) -> impl Iterator<Item = u32> {
    (0..u64::BITS).rev().filter(move |bit| units >> bit & 1 == 1).map(|bit| LOWEST_COST + bit)
}

/// One unit is a small sample, and a first one at that: so no more than half of what seems to be missing is spent
/// before the speed is worked out again from all the bcrypt so far.
fn spend_by_the_clock(full: u64, spent: Duration, mut bcrypt: impl FnMut(u32) -> Duration) {
    let (mut done, mut took) = (1, bcrypt(LOWEST_COST));
    loop {
        let missing = full.saturating_sub(worth(spent, done, took).saturating_add(done));
        let Some(cost) = costs(missing.div_ceil(2)).next() else { return };
        took += bcrypt(cost);
        done += units(cost);
    }
}

/// How many units could have been done in this time, at the speed of those that were. Rounded down: rather a
/// little too slow than too fast.
fn worth(time: Duration, done: u64, took: Duration) -> u64 {
    let worth = time.as_nanos() * u128::from(done) / took.as_nanos().max(1);
    u64::try_from(worth).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The costs that were spent on a machine where a unit takes `unit` microseconds, and the first one `first` more.
    fn spent_by_the_clock(full: u64, spent: u64, unit: u64, first: u64) -> Vec<u32> {
        let mut costs = Vec::new();
        spend_by_the_clock(full, Duration::from_micros(spent), |cost| {
            let more = if costs.is_empty() { first } else { 0 };
            costs.push(cost);
            Duration::from_micros(unit * units(cost) + more)
        });
        costs
    }

    fn sum(costs: &[u32]) -> u64 {
        costs.iter().copied().map(units).sum()
    }

    #[test]
    fn after_a_cheaper_bcrypt_the_steps_up_to_the_full_cost_are_missing() {
        assert_eq!(costs(units(12) - units(9)).collect::<Vec<_>>(), [11, 10, 9]);
        assert_eq!(costs(units(12) - 2 * units(10)).collect::<Vec<_>>(), [11]);
        assert_eq!(costs(units(12)).collect::<Vec<_>>(), [12]);
        assert_eq!(costs(0).count(), 0);
    }

    #[test]
    fn by_the_clock_the_whole_is_a_full_cost_whatever_the_speed_of_the_machine() {
        for unit in [100, 1_000, 50_000] {
            for percent in [0, 1, 30, 50, 77, 99] {
                let spent = units(12) * unit * percent / 100;
                let costs = spent_by_the_clock(units(12), spent, unit, 0);
                let whole = spent + sum(&costs) * unit;
                let full = units(12) * unit;
                assert!((full..=full + unit).contains(&whole), "{percent} % at {unit}: {whole} of {full}, {costs:?}");
            }
        }
    }

    #[test]
    fn what_is_measured_is_worth_all_its_shares_at_their_quickest() {
        let samples = |times: [u64; SAMPLES]| times.map(Duration::from_millis).into_iter();
        let (mut shares, mut bcrypts) = (samples([31, 20, 25]), samples([16, 48, 17]));
        let worth = worth_of_samples(50, || shares.next().unwrap(), || bcrypts.next().unwrap());
        assert_eq!(worth, 50 * 20, "a unit takes a millisecond");
    }

    #[test]
    fn a_slow_first_sample_is_forgotten() {
        let costs = spent_by_the_clock(units(12), 128_000, 1_000, 1_000);
        assert!(
            (128..=130).contains(&sum(&costs)),
            "half of 256 units, with a first one that took twice as long: {costs:?}"
        );
    }

    #[test]
    fn after_more_than_the_full_cost_nothing_is_spent_but_the_sample() {
        assert_eq!(spent_by_the_clock(units(12), 10_000_000, 1_000, 0), [4]);
        assert_eq!(spent_by_the_clock(units(4), 0, 1_000, 0), [4]);
        assert_eq!(spent_by_the_clock(units(12), u64::MAX, 0, 0), [4], "a clock that stands still");
    }
}
