//! Refusals that are in no table yet, counted in memory until the next one of their kind is written, or the next sweep.
//! The end of the program loses what was counted since, of ten minutes at most.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::kind::Kind;

/// How many there are of each kind.
#[derive(Debug, Clone, Default)]
pub(super) struct Tally(Arc<Mutex<HashMap<Kind, i64>>>);

impl Tally {
    pub fn add(&self, kind: Kind, count: i64) {
        *self.lock().entry(kind).or_default() += count;
    }

    /// Takes what there is of a kind, to write it down.
    pub fn take(&self, kind: Kind) -> Taken {
        let count = self.lock().remove(&kind).unwrap_or(0);
        Taken { tally: self.clone(), kind, count }
    }

    /// The kinds of which some are counted.
    pub fn kinds(&self) -> Vec<Kind> {
        self.lock().keys().copied().collect()
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Kind, i64>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What was taken. It goes back when this is dropped, as it is with a transaction that failed.
#[derive(Debug)]
pub(super) struct Taken {
    tally: Tally,
    kind: Kind,
    count: i64,
}

impl Taken {
    pub fn count(&self) -> i64 {
        self.count
    }

    /// It has been written down.
    pub fn settle(mut self) {
        self.count = 0;
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        if self.count > 0 {
            self.tally.add(self.kind, self.count);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::audit::Refusal;

    #[test]
    fn what_could_not_be_written_is_counted_again() {
        let (tally, kind) = (Tally::default(), Kind { refusal: Refusal::LoginFailed, about_account: true });
        tally.add(kind, 3);
        let taken = tally.take(kind);
        assert_eq!((taken.count(), tally.kinds().len()), (3, 0));
        tally.add(kind, 1);
        drop(taken);
        let taken = tally.take(kind);
        assert_eq!(taken.count(), 4);
        taken.settle();
        assert_eq!(tally.take(kind).count(), 0);
    }
}
