//! Checks and makes hashes away from the async threads, and never faster for one account than for another.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::Password;
use super::bcrypt_sha256::{self, Stored};
use super::dearest::{Dearest, Survey};
use super::equal_time::{self, Spent, timed, units};
use super::foreign::cost::Work;
use super::foreign::{Foreign, wrapped};
use super::gate::{Full, Gate, Place, Who};
use super::metrics::QueueNumbers;
use super::threads::Threads;
use super::weak::Weak;
use crate::accounts::throttle::Reservation;
use crate::config::Settings;

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The right password.
    Right {
        /// A hash in place of the stored one, if that is not what a new one would be.
        fresh_hash: Option<String>,
    },
    /// The wrong password, or nothing to compare it with.
    Wrong,
}

/// Makes and checks password hashes at the configured cost; at most one per core at a time, and none for whom the gate
/// has no place.
#[derive(Debug, Clone)]
pub struct Hasher {
    cost: u32,
    dearest: Arc<Dearest>,
    gate: Gate,
    threads: Threads,
}

impl Hasher {
    /// A hasher as these settings want it.
    pub fn new(settings: &Settings) -> Hasher {
        let cost = settings.bcrypt_cost;
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let longest_wait = Duration::from_millis(settings.password_queue_milliseconds.into());
        let gate = Gate::new(cores, longest_wait, settings.password_queue_per_network);
        Hasher { cost, dearest: Arc::new(Dearest::new(cost)), gate, threads: Threads::new(cores) }
    }

    /// Takes a place before the hashing threads, for checking one password and making a number of new hashes.
    ///
    /// # Errors
    /// When there is none for them: then the server is busy.
    pub(in crate::accounts) fn enter(&self, who: Who, password: &Password, new: usize) -> Result<Place, Full> {
        self.gate.enter(who, password.spellings().count() + new, self.dearest.full(password.longest()))
    }

    /// The same for one new hash.
    ///
    /// # Errors
    /// As [`Hasher::enter`].
    pub(in crate::accounts) fn enter_to_hash(&self, who: Who) -> Result<Place, Full> {
        self.gate.enter(who, 1, units(self.cost))
    }

    /// How many passwords wait for a thread, and how long they did.
    pub fn queue(&self) -> &QueueNumbers {
        self.threads.numbers()
    }

    /// What the hashes look like that it makes, as a pattern for LIKE.
    pub fn pattern(&self) -> String {
        bcrypt_sha256::pattern(self.cost)
    }

    /// Looks at one stored hash for a survey of all. The first of a kind that is no bcrypt takes some time, in which
    /// it is measured.
    pub fn look_at(&self, survey: &mut Survey, username: &str, stored: &str) {
        self.dearest.look_at(survey, username, stored);
    }

    /// From now on a failed check costs as much as the dearest hash of this survey. One that is too dear for that is
    /// warned of in the log.
    pub fn learn(&self, survey: &Survey) {
        self.dearest.learn(survey);
    }

    /// Compares a password with a stored hash. Without one it takes as long, and the answer is `Wrong`.
    /// It takes an attempt that was reserved, so no door can come here past the budget.
    pub async fn verify(
        &self,
        _place: &Place,
        _attempt: &Reservation,
        password: Password,
        stored: Option<String>,
    ) -> Verdict {
        let (cost, dearest, gate) = (self.cost, Arc::clone(&self.dearest), self.gate.clone());
        let verify = move || {
            let started = Instant::now();
            let found = look(&password, stored.as_deref(), cost, &dearest);
            if let Some(units) = found.units {
                gate.learn(units, started.elapsed());
            }
            if found.right {
                Verdict::Right { fresh_hash: found.outdated.then(|| bcrypt_sha256::hash(password.as_str(), cost)) }
            } else {
                Verdict::Wrong
            }
        };
        self.threads.run(verify).await
    }

    /// Hashes a new password, and gives the place back.
    pub async fn hash(&self, _place: Place, password: Password) -> String {
        let cost = self.cost;
        self.threads.run(move || bcrypt_sha256::hash(password.as_str(), cost)).await
    }

    /// [`Hasher::hash`] for callers that may block and for whom there is always a place, such as operators.
    pub fn hash_blocking(&self, password: &Password) -> String {
        bcrypt_sha256::hash(password.as_str(), self.cost)
    }

    /// What an unsalted digest is stored as: inside a new hash, which takes as long as one of a password. It verifies
    /// with the password that the digest is of, and is replaced when its owner logs in.
    pub fn wrap_blocking(&self, weak: &Weak) -> String {
        wrapped::stored(weak.function, &bcrypt_sha256::hash(&weak.hex, self.cost))
    }
}

/// What a look at a password found.
struct Found {
    right: bool,
    /// The hash is not what a new one would be.
    outdated: bool,
    /// What it cost, where that is known.
    units: Option<u64>,
}

/// The time taken must not tell whether an account exists or what its hash is like: see `equal_time`. A hash of
/// another program is tried with each spelling of the password, so whoever types one that has two pays twice,
/// whatever is stored.
fn look(password: &Password, stored: Option<&str>, cost: u32, dearest: &Dearest) -> Found {
    let spellings = password.spellings().count() as u64;
    let typed = password.longest();
    let full = spellings * stored.map_or_else(|| dearest.full(typed), |stored| dearest.full_with(stored, typed));
    let spent = if let Some(own) = stored.and_then(Stored::parse) {
        if own.matches(password.as_str()) {
            return Found { right: true, outdated: own.cost != cost, units: Some(units(own.cost)) };
        }
        Spent::Units(units(own.cost))
    } else if let Some((_, foreign)) = stored.and_then(|stored| Foreign::parse(stored).ok()) {
        let (right, time) = timed(|| password.spellings().any(|spelling| foreign.matches(spelling)));
        if right {
            let outdated = foreign.is_replaceable_by(password.as_str());
            return Found { right: true, outdated, units: None };
        }
        match foreign.work() {
            Work::Bcrypt(cost) => {
                Spent::Units(units(cost) * password.spellings().map(|spelling| foreign.tries(spelling)).sum::<u64>())
            }
            Work::Rounds { .. } | Work::Shares { .. } => Spent::Time(time),
        }
    } else {
        Spent::Units(0)
    };
    equal_time::spend_the_rest(full, spent);
    let known = matches!(spent, Spent::Units(spent) if spent <= full);
    Found { right: false, outdated: false, units: known.then_some(full) }
}

#[cfg(test)]
mod tests;
