//! Checks and makes hashes away from the async threads, and never faster for one account than for another.

use std::sync::Arc;

use tokio::sync::Semaphore;

use super::Password;
use super::bcrypt_sha256::{self, Stored};
use super::dearest::{Dearest, Survey};
use super::equal_time::{self, Spent, timed, units};
use super::foreign::{Foreign, Work};
use crate::accounts::throttle::Reservation;

/// What a check found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The right password.
    Right {
        /// The hash is not what a new one would be, and should be replaced by one.
        outdated: bool,
    },
    /// The wrong password, or nothing to compare it with.
    Wrong,
}

/// Makes and checks password hashes at the configured cost; at most one per core at a time.
#[derive(Debug, Clone)]
pub struct Hasher {
    cost: u32,
    dearest: Arc<Dearest>,
    slots: Arc<Semaphore>,
}

impl Hasher {
    /// A hasher whose new hashes have this cost, as a power of two.
    pub fn new(cost: u32) -> Hasher {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Hasher { cost, dearest: Arc::new(Dearest::new(cost)), slots: Arc::new(Semaphore::new(cores)) }
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
    pub async fn verify(&self, _attempt: &Reservation, password: Password, stored: Option<String>) -> Verdict {
        let (cost, dearest) = (self.cost, Arc::clone(&self.dearest));
        self.run(move || verify(&password, stored.as_deref(), cost, &dearest)).await
    }

    /// Hashes a password: a new one, or again one that was just found right.
    pub async fn hash(&self, password: Password) -> String {
        let hasher = self.clone();
        self.run(move || hasher.hash_blocking(&password)).await
    }

    /// [`Hasher::hash`] for callers that may block.
    pub fn hash_blocking(&self, password: &Password) -> String {
        bcrypt_sha256::hash(password.as_str(), self.cost)
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> T {
        let slot = Arc::clone(&self.slots).acquire_owned().await.expect("the semaphore is never closed");
        let done = tokio::task::spawn_blocking(move || {
            let answer = work();
            drop(slot);
            answer
        });
        done.await.expect("hashing does not panic, and the runtime waits for it")
    }
}

/// The time taken must not tell whether an account exists or what its hash is like: see `equal_time`. A hash of
/// another program is tried with each spelling of the password, so whoever types one that has two pays twice,
/// whatever is stored.
fn verify(password: &Password, stored: Option<&str>, cost: u32, dearest: &Dearest) -> Verdict {
    let spellings = password.spellings().count() as u64;
    let full = stored.map_or_else(|| dearest.full(), |stored| dearest.full_with(stored));
    let spent = if let Some(own) = stored.and_then(Stored::parse) {
        if own.matches(password.as_str()) {
            return Verdict::Right { outdated: own.cost != cost };
        }
        Spent::Units(units(own.cost))
    } else if let Some(foreign) = stored.and_then(Foreign::parse) {
        let (right, time) = timed(|| password.spellings().any(|spelling| foreign.matches(spelling)));
        if right {
            return Verdict::Right { outdated: true };
        }
        match foreign.work() {
            Work::Bcrypt(cost) => Spent::Units(units(cost) * spellings),
            Work::Shares { .. } => Spent::Time(time),
        }
    } else {
        Spent::Units(0)
    };
    equal_time::spend_the_rest(full * spellings, spent);
    Verdict::Wrong
}
