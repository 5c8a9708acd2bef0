//! Checks and makes hashes away from the async threads, and never faster for one account than for another.

use std::sync::Arc;

use tokio::sync::Semaphore;

use super::bcrypt_sha256::{self, Stored};
use super::{NewPassword, Password};
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
    slots: Arc<Semaphore>,
}

impl Hasher {
    /// A hasher whose new hashes have this cost, as a power of two.
    pub fn new(cost: u32) -> Hasher {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Hasher { cost, slots: Arc::new(Semaphore::new(cores)) }
    }

    /// Compares a password with a stored hash. Without one it takes as long, and the answer is `Wrong`.
    /// It takes an attempt that was reserved, so no door can come here past the budget.
    pub async fn verify(&self, _attempt: &Reservation, password: Password, stored: Option<String>) -> Verdict {
        let cost = self.cost;
        self.run(move || verify(&password, stored.as_deref(), cost)).await
    }

    /// Hashes a new password.
    pub async fn hash(&self, password: NewPassword) -> String {
        let cost = self.cost;
        self.run(move || bcrypt_sha256::hash(password.as_password().as_str(), cost)).await
    }

    /// Hashes again, at today's cost, a password that was just found right.
    pub async fn rehash(&self, password: Password) -> String {
        let cost = self.cost;
        self.run(move || bcrypt_sha256::hash(password.as_str(), cost)).await
    }

    /// Hashes a password that no rules apply to, for callers that may block.
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

/// The time taken must not tell whether an account exists or how old its hash is. bcrypt's work doubles with
/// each step of the cost, so after a cheaper hash of cost c the steps c, c+1, … just below today's cost add up
/// to exactly what is missing.
fn verify(password: &Password, stored: Option<&str>, cost: u32) -> Verdict {
    let Some(stored) = stored.and_then(Stored::parse) else {
        bcrypt_sha256::spend(cost);
        return Verdict::Wrong;
    };
    if stored.matches(password.as_str()) {
        return Verdict::Right { outdated: stored.cost != cost };
    }
    (stored.cost..cost).for_each(bcrypt_sha256::spend);
    Verdict::Wrong
}
