//! The gate before bcrypt. It has as many places as passwords can be hashed within the longest acceptable wait. Whoever
//! finds no place is turned away at once, before anything is written.
//!
//! A quarter of the places is kept for people who show that they have logged in before, so that a flood of strangers
//! does not keep them out. Once half of all places are taken, a network gets two, and the known devices of one account
//! or network half of what is kept: before that, a class room behind one address logs in together.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::accounts::throttle::{Network, Wait};

/// How long a unit, one bcrypt at the lowest cost, takes until that is known, in nanoseconds: as on a usual processor
/// of these years.
const FIRST_GUESS: u64 = 1_000_000;

/// How many times the mean a sample counts at most: a machine that slept, or a hash dearer than any before, does not
/// close the gate.
const LONGEST_SAMPLE: u128 = 4;

/// The fewest places for each core, however dear a hash is, and the most places of all, however cheap.
const FEWEST_PER_CORE: usize = 2;
const MOST: usize = 1024;

/// The places, and who has them.
#[derive(Debug, Clone)]
pub(in crate::accounts) struct Gate(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    cores: usize,
    longest_wait: Duration,
    per_network: usize,
    /// How long one unit of hashing takes, in nanoseconds: the mean of late.
    unit_nanos: AtomicU64,
    taken: Mutex<Taken>,
}

#[derive(Debug, Default)]
struct Taken {
    places: usize,
    /// How many strangers of each network wait.
    networks: HashMap<Network, usize>,
    /// How many of the known devices of each account do, and of each network.
    accounts: HashMap<String, usize>,
    known_networks: HashMap<Network, usize>,
}

/// Who wants a place.
#[derive(Debug, Clone)]
pub enum Who {
    /// Anyone, from this network if it is known.
    Stranger(Option<Network>),
    /// Someone who is signed in to the account of this id, or shows a device that has been, from this network.
    Known(String, Option<Network>),
}

/// A place. It is given back when this is dropped.
#[derive(Debug)]
pub struct Place {
    gate: Gate,
    who: Who,
    hashes: usize,
}

/// There is no place: try again after this long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Full(pub Wait);

impl Gate {
    /// A gate with as many places as are hashed on these cores within the longest wait.
    pub(super) fn new(cores: usize, longest_wait: Duration, per_network: u32) -> Gate {
        Gate(Arc::new(Inner {
            cores,
            longest_wait,
            per_network: per_network.max(1) as usize,
            unit_nanos: AtomicU64::new(FIRST_GUESS),
            taken: Mutex::default(),
        }))
    }

    /// Tells how long a number of units took. The number of places follows, slowly.
    pub(super) fn learn(&self, units: u64, took: Duration) {
        let before = u128::from(self.0.unit_nanos.load(Ordering::Relaxed));
        let unit = (took.as_nanos() / u128::from(units.max(1))).min(LONGEST_SAMPLE * before);
        let mean = (7 * before + unit) / 8;
        self.0.unit_nanos.store(u64::try_from(mean).unwrap_or(u64::MAX).max(1), Ordering::Relaxed);
    }

    /// How many places there are when each hash takes this number of units.
    fn places(&self, units: u64) -> usize {
        let Inner { cores, longest_wait, unit_nanos, .. } = &*self.0;
        let hash = u128::from(unit_nanos.load(Ordering::Relaxed)) * u128::from(units.max(1));
        let on_one_core = longest_wait.as_nanos() / hash;
        let in_time = usize::try_from(on_one_core).unwrap_or(MOST).saturating_mul(*cores);
        in_time.clamp(FEWEST_PER_CORE * cores, MOST.max(FEWEST_PER_CORE * cores))
    }

    /// Takes a place for a number of hashes, each of which takes a number of units.
    ///
    /// # Errors
    /// When there is none for them.
    pub(super) fn enter(&self, who: Who, hashes: usize, units: u64) -> Result<Place, Full> {
        let places = self.places(units);
        let mut taken = self.taken();
        if taken.has_room(&who, places, self.0.per_network) {
            taken.places += hashes;
            match &who {
                Who::Stranger(network) => take(&mut taken.networks, *network),
                Who::Known(account, network) => {
                    take(&mut taken.accounts, Some(account.clone()));
                    take(&mut taken.known_networks, *network);
                }
            }
            return Ok(Place { gate: self.clone(), who, hashes });
        }
        let longest = chrono::Duration::from_std(self.0.longest_wait).unwrap_or(chrono::Duration::MAX);
        Err(Full(Wait::new(longest)))
    }

    fn taken(&self) -> MutexGuard<'_, Taken> {
        self.0.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Taken {
    fn has_room(&self, who: &Who, places: usize, per_network: usize) -> bool {
        let kept = (places / 4).max(1);
        // Half of what is kept, so that neither one account nor one network takes it all.
        let part = (kept / 2).max(1);
        match who {
            Who::Stranger(_) if self.places >= places - kept => false,
            Who::Known(..) if self.places >= places => false,
            _ if self.places < places / 2 => true,
            Who::Stranger(network) => has_fewer(&self.networks, network.as_ref(), per_network),
            Who::Known(account, network) => {
                has_fewer(&self.accounts, Some(account), part)
                    && has_fewer(&self.known_networks, network.as_ref(), part)
            }
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.gate.taken();
        taken.places -= self.hashes;
        match &self.who {
            Who::Stranger(network) => give_back(&mut taken.networks, network.as_ref()),
            Who::Known(account, network) => {
                give_back(&mut taken.accounts, Some(account));
                give_back(&mut taken.known_networks, network.as_ref());
            }
        }
    }
}

fn has_fewer<K: Eq + Hash>(counts: &HashMap<K, usize>, key: Option<&K>, most: usize) -> bool {
    key.and_then(|key| counts.get(key)).is_none_or(|count| *count < most)
}

fn take<K: Eq + Hash>(counts: &mut HashMap<K, usize>, key: Option<K>) {
    if let Some(key) = key {
        *counts.entry(key).or_default() += 1;
    }
}

fn give_back<K: Eq + Hash>(counts: &mut HashMap<K, usize>, key: Option<&K>) {
    let Some(key) = key else { return };
    if let Some(count) = counts.get_mut(key) {
        *count -= 1;
        if *count == 0 {
            counts.remove(key);
        }
    }
}

#[cfg(test)]
mod tests;
