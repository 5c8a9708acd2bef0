//! The queue before the hashing threads, for monitoring.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use crate::metrics::Histogram;

/// How many passwords wait for a thread, and how long those did that were begun with.
#[derive(Debug, Default)]
pub struct QueueNumbers {
    waiting: AtomicU64,
    waits: Histogram,
}

/// A password that waits for a thread, until this is dropped.
pub(super) struct Waiting {
    numbers: Arc<QueueNumbers>,
    since: Instant,
}

impl QueueNumbers {
    /// How many wait.
    pub fn waiting(&self) -> u64 {
        self.waiting.load(Ordering::Relaxed)
    }

    /// How long they waited.
    pub fn waits(&self) -> &Histogram {
        &self.waits
    }

    /// One more waits from now on.
    pub(super) fn wait(numbers: &Arc<QueueNumbers>) -> Waiting {
        numbers.waiting.fetch_add(1, Ordering::Relaxed);
        Waiting { numbers: Arc::clone(numbers), since: Instant::now() }
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.numbers.waiting.fetch_sub(1, Ordering::Relaxed);
        self.numbers.waits.note(self.since.elapsed());
    }
}
