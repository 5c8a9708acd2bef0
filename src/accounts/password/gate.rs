//! The gate before bcrypt: so many places, as many as are hashed within the seconds that someone should wait at most.
//! Whoever finds no place is turned away at once, before anything was written.
//!
//! A quarter of the places is kept for people who show that they have logged in before, so that a flood of strangers
//! does not keep them out. Once half of all places are taken, a network gets two, and the known devices of one account
//! a part of what is kept: before that, a class room behind one address logs in together.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::accounts::throttle::{Network, Wait};

/// How long a unit takes until that is known, in nanoseconds: as on a usual processor of these years.
const FIRST_GUESS: u64 = 61_000;

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
    /// How many of them each network has.
    networks: HashMap<Network, usize>,
    /// How many of them the known devices of each account have.
    accounts: HashMap<String, usize>,
    /// How many were turned away since the log was told.
    turned_away: u64,
    /// When the log was told of the last ones.
    told_at: Option<std::time::Instant>,
}

/// Who wants a place.
#[derive(Debug, Clone)]
pub enum Who {
    /// Anyone, from this network if it is known.
    Stranger(Option<Network>),
    /// Someone who is signed in to the account of this id, or shows a device that has been.
    Known(String),
}

/// A place. It is given back when this is dropped.
#[derive(Debug)]
pub struct Place {
    gate: Gate,
    who: Who,
}

/// There is no place: try again after this long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Full(pub Wait);

impl Gate {
    /// A gate with as many places as are hashed on so many cores within the longest wait.
    pub(super) fn new(cores: usize, longest_wait: Duration, per_network: u32) -> Gate {
        Gate(Arc::new(Inner {
            cores,
            longest_wait,
            per_network: per_network.max(1) as usize,
            unit_nanos: AtomicU64::new(FIRST_GUESS),
            taken: Mutex::default(),
        }))
    }

    /// Tells how long so many units took. The number of places follows, slowly.
    pub(super) fn learn(&self, units: u64, took: Duration) {
        let unit = took.as_nanos() / u128::from(units.max(1));
        let before = self.0.unit_nanos.load(Ordering::Relaxed);
        let mean = (7 * u128::from(before) + unit) / 8;
        self.0.unit_nanos.store(u64::try_from(mean).unwrap_or(u64::MAX).max(1), Ordering::Relaxed);
    }

    /// How many places there are when each hash takes so many units.
    fn places(&self, units: u64) -> usize {
        let Inner { cores, longest_wait, unit_nanos, .. } = &*self.0;
        let hash = u128::from(unit_nanos.load(Ordering::Relaxed)) * u128::from(units.max(1));
        let on_one_core = longest_wait.as_nanos() / hash;
        let in_time = usize::try_from(on_one_core).unwrap_or(MOST).saturating_mul(*cores);
        in_time.clamp(FEWEST_PER_CORE * cores, MOST.max(FEWEST_PER_CORE * cores))
    }

    /// Takes a place, where each hash takes so many units.
    ///
    /// # Errors
    /// When there is none for them.
    pub(super) fn enter(&self, who: Who, units: u64) -> Result<Place, Full> {
        let places = self.places(units);
        let mut taken = self.taken();
        if taken.has_room(&who, places, self.0.per_network) {
            taken.places += 1;
            match &who {
                Who::Stranger(Some(network)) => *taken.networks.entry(*network).or_default() += 1,
                Who::Stranger(None) => {}
                Who::Known(account) => *taken.accounts.entry(account.clone()).or_default() += 1,
            }
            return Ok(Place { gate: self.clone(), who });
        }
        taken.tell_the_log();
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
        match who {
            Who::Stranger(_) if self.places >= places - kept => false,
            Who::Known(_) if self.places >= places => false,
            _ if self.places < places / 2 => true,
            Who::Stranger(None) => true,
            Who::Stranger(Some(network)) => self.networks.get(network).is_none_or(|taken| *taken < per_network),
            // Half of what is kept, so that one account does not take it all.
            Who::Known(account) => self.accounts.get(account).is_none_or(|taken| *taken < (kept / 2).max(1)),
        }
    }

    /// A line a minute at most: anyone can be turned away as often as they like.
    fn tell_the_log(&mut self) {
        self.turned_away += 1;
        let now = std::time::Instant::now();
        if self.told_at.is_none_or(|told| now.duration_since(told) >= Duration::from_secs(60)) {
            tracing::warn!(turned_away = self.turned_away, "more passwords come than can be checked");
            (self.told_at, self.turned_away) = (Some(now), 0);
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.gate.taken();
        taken.places -= 1;
        match &self.who {
            Who::Stranger(Some(network)) => give_back(&mut taken.networks, network),
            Who::Stranger(None) => {}
            Who::Known(account) => give_back(&mut taken.accounts, account),
        }
    }
}

fn give_back<K: Eq + Hash>(counts: &mut HashMap<K, usize>, key: &K) {
    if let Some(count) = counts.get_mut(key) {
        *count -= 1;
        if *count == 0 {
            counts.remove(key);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, Ipv4Addr};

    use super::*;

    /// Twenty places: two cores, a quarter of a second for each hash of a thousand units, and two and a half seconds.
    fn gate() -> Gate {
        let gate = Gate::new(2, Duration::from_millis(2500), 2);
        gate.0.unit_nanos.store(250_000, Ordering::Relaxed);
        assert_eq!(gate.places(1000), 20);
        gate
    }

    fn enter(gate: &Gate, who: Who) -> Result<Place, Full> {
        gate.enter(who, 1000)
    }

    fn stranger(number: u8) -> Who {
        Who::Stranger(Some(Network::from(IpAddr::from(Ipv4Addr::new(192, 0, 2, number)))))
    }

    fn known(name: &str) -> Who {
        Who::Known(name.to_owned())
    }

    #[test]
    fn strangers_leave_a_quarter_to_known_devices() {
        let gate = gate();
        let taken: Vec<Place> = (0..15).map(|number| enter(&gate, stranger(number)).unwrap()).collect();
        assert!(enter(&gate, stranger(99)).is_err() && enter(&gate, Who::Stranger(None)).is_err());
        let owner = enter(&gate, known("anna")).unwrap();
        drop(taken);
        assert!(enter(&gate, stranger(99)).is_ok(), "places are given back");
        drop(owner);
        assert!(gate.taken().accounts.is_empty() && gate.taken().networks.is_empty() && gate.taken().places == 0);
    }

    #[test]
    fn one_account_does_not_take_all_that_is_kept() {
        let gate = gate();
        let _strangers: Vec<Place> = (0..15).map(|number| enter(&gate, stranger(number)).unwrap()).collect();
        let mut attacker: Vec<Place> = (0..25).filter_map(|_| enter(&gate, known("attacker")).ok()).collect();
        assert_eq!(attacker.len(), 2);
        let _owner = enter(&gate, known("owner")).unwrap();
        attacker.pop();
        assert!(enter(&gate, known("attacker")).is_ok(), "one for each that ends");
    }

    #[test]
    fn one_network_or_account_fills_half_and_no_more() {
        for who in [stranger(1), known("anna")] {
            let gate = gate();
            let class: Vec<Place> = std::iter::from_fn(|| enter(&gate, who.clone()).ok()).take(30).collect();
            assert_eq!(class.len(), 10, "{who:?}");
            let _others: Vec<Place> = [2, 2, 3].map(|number| enter(&gate, stranger(number)).unwrap()).into();
            assert!(enter(&gate, stranger(2)).is_err(), "two of a network, once half of all are taken");
        }
    }

    #[test]
    fn dear_hashes_leave_some_places_and_cheap_ones_not_too_many() {
        let gate = gate();
        assert_eq!(gate.places(100_000), 4);
        assert_eq!(gate.places(0), MOST);
        assert_eq!(gate.places(u64::MAX), 4);
    }

    #[test]
    fn a_slower_machine_has_fewer_places() {
        let gate = gate();
        (0..100).for_each(|_| gate.learn(1000, Duration::from_millis(500)));
        assert_eq!(gate.places(1000), 10);
        gate.learn(0, Duration::MAX);
        assert_eq!(gate.places(1000), 4, "nothing overflows");
    }
}
