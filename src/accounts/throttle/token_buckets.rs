//! Token buckets in memory, for what comes from one network or account, and for what need not be written down twice a
//! minute.
//!
//! They hold a bounded number of keys and forget at a restart: the budgets that matter are in the database.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::Wait;

/// More keys than this are not kept at once: about 5 MB.
const MOST_KEYS: usize = 50_000;

/// A bucket per key, which holds `size` tokens and gets one back after each `refill`.
#[derive(Debug, Clone)]
pub struct TokenBuckets<K> {
    size: u32,
    refill: Duration,
    /// When each bucket will be full again; a full one has no entry.
    full_at: Arc<Mutex<HashMap<K, Instant>>>,
}

impl<K: Eq + Hash + Clone> TokenBuckets<K> {
    /// Full buckets.
    pub fn new(size: u32, refill: Duration) -> TokenBuckets<K> {
        TokenBuckets { size, refill, full_at: Arc::default() }
    }

    /// Buckets of `size` tokens, which come back within an hour, one by one.
    pub fn per_hour(size: u32) -> TokenBuckets<K> {
        TokenBuckets::new(size, Duration::from_secs(3600) / size.max(1))
    }

    /// Takes one token.
    ///
    /// # Errors
    /// How long until the next one, when the bucket is empty.
    pub fn take(&self, key: impl Into<K>) -> Result<(), Wait> {
        self.take_at(key.into(), Instant::now())
    }

    /// Gives one back that was taken for nothing.
    pub fn give_back(&self, key: &K) {
        let mut buckets = self.full_at.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(earlier) = buckets.get(key).and_then(|full_at| full_at.checked_sub(self.refill)) {
            buckets.insert(key.clone(), earlier);
        }
    }

    /// Whether there is nothing left to take.
    pub fn is_empty(&self, key: &K) -> bool {
        let buckets = self.full_at.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        let full_at = buckets.get(key).copied().unwrap_or(now).max(now) + self.refill;
        full_at.duration_since(now) > self.refill * self.size
    }

    fn take_at(&self, key: K, now: Instant) -> Result<(), Wait> {
        let mut buckets = self.full_at.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= MOST_KEYS && !buckets.contains_key(&key) {
            make_room(&mut buckets, now);
        }
        let full_at = buckets.get(&key).copied().unwrap_or(now).max(now) + self.refill;
        match full_at.duration_since(now).checked_sub(self.refill * self.size) {
            Some(missing) if !missing.is_zero() => {
                Err(Wait::new(chrono::Duration::from_std(missing).unwrap_or(chrono::Duration::MAX)))
            }
            _ => {
                buckets.insert(key, full_at);
                Ok(())
            }
        }
    }
}

/// Drops the full buckets, and if there are none, those that will be full first: they matter least.
fn make_room<K: Eq + Hash + Clone>(buckets: &mut HashMap<K, Instant>, now: Instant) {
    buckets.retain(|_, full_at| *full_at > now);
    if buckets.len() < MOST_KEYS {
        return;
    }
    let mut times: Vec<Instant> = buckets.values().copied().collect();
    let (_, &mut middle, _) = times.select_nth_unstable(MOST_KEYS / 10);
    buckets.retain(|_, full_at| *full_at > middle);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_of_thirty_refills_one_by_one() {
        let buckets: TokenBuckets<&str> = TokenBuckets::new(30, Duration::from_secs(2));
        let now = Instant::now();
        let from = "192.0.2.1";
        for _ in 0..30 {
            assert_eq!(buckets.take_at(from, now), Ok(()));
        }
        assert_eq!(buckets.take_at(from, now).map_err(Wait::seconds), Err(2));
        assert_eq!(buckets.take_at("192.0.2.2", now), Ok(()), "the neighbour has a bucket of its own");
        assert_eq!(buckets.take_at(from, now + Duration::from_secs(2)), Ok(()));
        assert!(buckets.take_at(from, now + Duration::from_secs(2)).is_err());
        buckets.give_back(&from);
        assert_eq!(buckets.take_at(from, now + Duration::from_secs(2)), Ok(()), "one that was given back");
        assert!(buckets.take_at(from, now + Duration::from_secs(2)).is_err());
    }

    #[test]
    fn memory_is_bounded() {
        let buckets: TokenBuckets<u32> = TokenBuckets::new(1, Duration::from_secs(60));
        let now = Instant::now();
        for key in 0..(MOST_KEYS as u32 + 10) {
            let _ = buckets.take_at(key, now + Duration::from_micros(key.into()));
        }
        assert!(buckets.full_at.lock().unwrap().len() <= MOST_KEYS);
        assert!(buckets.take_at(MOST_KEYS as u32 + 9, now).is_err(), "the newest are still remembered");
    }
}
