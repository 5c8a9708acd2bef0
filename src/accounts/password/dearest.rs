//! What a failed check has to cost: as much as checking the dearest hash that is stored. Otherwise the accounts with
//! dear hashes, from before the cost was lowered or from another program, would show by the time they take.
//!
//! bcrypt says its cost. What the others cost on this machine is measured: of rounds that are all alike, some, once for
//! each function; else the whole, once for all hashes with the same parameters. Where longer passwords cost more, some
//! lengths are measured. Nothing is made to cost more than a bcrypt of cost 14: where a hash costs more, it shows, and is
//! warned of.

use std::collections::HashMap;
use std::fmt;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use super::bcrypt_sha256::Stored;
use super::equal_time::{measure, units};
use super::foreign::Foreign;
use super::foreign::cost::{self, ByKind, ByLength, LENGTHS, Work};

/// The most that failures are made to cost, unless new hashes cost more. It takes about a second.
const HIGHEST_COST: u32 = 14;

/// More kinds than this are not remembered at once; there are as many as programs that accounts came from.
const MOST_KINDS: usize = 100;

/// How many shares of rounds the measured number is of: a single one costs a few units, which would round it off.
const MANY_SHARES: u32 = 1000;

/// For what does not depend on the length of a password.
const LONGEST: usize = LENGTHS[LENGTHS.len() - 1];

/// A warning names no more accounts than this.
const MOST_NAMES: usize = 3;

/// What the dearest stored hash costs, in units of `equal_time`.
#[derive(Debug)]
pub(super) struct Dearest {
    /// What a new hash costs: failures never cost less.
    own: u64,
    /// For each kind of password.
    full: ByKind<AtomicU64>,
    /// What a try of the hashes that are no bcrypt costs, by their parameters; or many shares of a function's rounds.
    measured: Mutex<HashMap<String, ByLength>>,
    /// How many accounts with hashes dearer than the limit the last warning counted.
    warned_of_dear: AtomicUsize,
    /// The same of hashes that can't be verified.
    warned_of_useless: AtomicUsize,
}

/// What a look through all stored hashes has found so far.
#[derive(Debug, Default)]
pub struct Survey {
    dearest: ByKind,
    /// Accounts with hashes dearer than the limit, be it for one kind of password only.
    above: Few,
    /// Accounts with hashes that can't be verified.
    useless: Few,
}

/// Accounts, of which a few are named.
#[derive(Debug, Default)]
struct Few {
    count: usize,
    names: Vec<String>,
}

impl Few {
    fn add(&mut self, username: &str) {
        self.count += 1;
        if self.names.len() < MOST_NAMES {
            self.names.push(username.to_owned());
        }
    }
}

impl fmt::Display for Few {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let more = if self.count > self.names.len() { ", …" } else { "" };
        write!(f, "{} ({}{more})", self.count, self.names.join(", "))
    }
}

impl Dearest {
    /// Before any stored hash is known. New ones have this cost.
    pub fn new(cost: u32) -> Dearest {
        let own = units(cost);
        Dearest {
            own,
            full: std::array::from_fn(|_| AtomicU64::new(own)),
            measured: Mutex::default(),
            warned_of_dear: AtomicUsize::new(0),
            warned_of_useless: AtomicUsize::new(0),
        }
    }

    /// What a check of this password has to cost when it fails.
    pub fn full(&self, password: &str) -> u64 {
        self.full[cost::kind(password)].load(Ordering::Relaxed)
    }

    /// The same, when this hash is about to be checked: it may have been stored since the last survey.
    pub fn full_with(&self, stored: &str, password: &str) -> u64 {
        if let Some(costs) = self.cost_of(stored) {
            for (full, cost) in self.full.iter().zip(self.bearable(costs)) {
                full.fetch_max(cost, Ordering::Relaxed);
            }
        }
        self.full(password)
    }

    /// Looks at one of the stored hashes.
    pub fn look_at(&self, survey: &mut Survey, username: &str, stored: &str) {
        let Some(costs) = self.cost_of(stored) else { return survey.useless.add(username) };
        let bearable = self.bearable(costs);
        survey.dearest.iter_mut().zip(bearable).for_each(|(dearest, cost)| *dearest = cost.max(*dearest));
        if bearable != costs {
            survey.above.add(username);
        }
    }

    /// Takes over what a survey of all of them found. Failures get cheaper again when the dear ones are gone.
    pub fn learn(&self, survey: &Survey) {
        for (full, dearest) in self.full.iter().zip(survey.dearest) {
            full.store(dearest.max(self.own), Ordering::Relaxed);
        }
        let is_news = |few: &Few, known: &AtomicUsize| few.count > known.swap(few.count, Ordering::Relaxed);
        if is_news(&survey.above, &self.warned_of_dear) {
            tracing::warn!(
                "accounts whose password hash takes longer to check than bcrypt of cost {HIGHEST_COST} would, at least \
                 for some passwords, such as long ones or those with a quote: {}. The time of a failed login with such \
                 a password tells that they exist. A hash is replaced when its owner logs in, or by `vestibule user \
                 set-password NAME`",
                survey.above
            );
        }
        if is_news(&survey.useless, &self.warned_of_useless) {
            tracing::warn!(
                "accounts that nobody can log in to, because their password hash is damaged, of an unknown kind, \
                 unsalted, or too much work to check: {}. `vestibule user show NAME` says which, and `vestibule user \
                 set-password NAME` gives one another",
                survey.useless
            );
        }
    }

    fn limit(&self) -> u64 {
        units(HIGHEST_COST).max(self.own)
    }

    /// Of what a hash costs, what failures are made to cost as well: nothing for the kinds of passwords for which it is
    /// above the limit. The others don't show all the same.
    fn bearable(&self, costs: ByKind) -> ByKind {
        costs.map(|cost| if cost <= self.limit() { cost } else { 0 })
    }

    /// What checking this hash costs; none when it is of no format that we know.
    fn cost_of(&self, stored: &str) -> Option<ByKind> {
        if let Some(own) = Stored::parse(stored) {
            return Some(cost::by_kind(LENGTHS.map(|_| units(own.cost)), 1));
        }
        let (_, foreign) = Foreign::parse(stored).ok()?;
        let of_one = match foreign.work() {
            Work::Bcrypt(cost) => LENGTHS.map(|_| units(cost)),
            Work::Rounds { function, number, in_share, grows } => {
                let of_length = |length| measure(|| foreign.spend_share(length), MANY_SHARES);
                let measure = || if grows { LENGTHS.map(of_length) } else { [of_length(LONGEST); LENGTHS.len()] };
                let of_many = self.measured(function, measure);
                of_many.map(|cost| (cost * u64::from(number)).div_ceil(u64::from(MANY_SHARES * in_share)))
            }
            Work::Shares { number, parameters } => {
                self.measured(parameters, || [self.measure_whole(&foreign, number); LENGTHS.len()])
            }
        };
        Some(cost::by_kind(of_one, foreign.most_tries()))
    }

    /// A share tells whether the whole is bearable. Shares are equal on paper only: memory is new to the first.
    fn measure_whole(&self, foreign: &Foreign, shares: u32) -> u64 {
        let cost = measure(|| foreign.spend_share(LONGEST), shares);
        if shares > 1 && cost <= 2 * self.limit() { measure(|| foreign.spend_whole(LONGEST), 1) } else { cost }
    }

    fn measured(&self, what: String, measure: impl FnOnce() -> ByLength) -> ByLength {
        let known = || self.measured.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(&costs) = known().get(&what) {
            return costs;
        }
        // A little more than was measured, so that the next check of such a hash, too, stays below it.
        let costs = measure().map(|cost| cost + cost / 8);
        let mut known = known();
        if known.len() >= MOST_KINDS {
            known.clear();
        }
        known.insert(what, costs);
        costs
    }
}

#[cfg(test)]
mod tests;
