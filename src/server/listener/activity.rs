//! What happens on one connection, and when nothing has happened for too long.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use tokio::sync::Notify;

/// What a connection does.
pub(super) struct Activity {
    began: Instant,
    /// Microseconds from `began` to the last byte that went in or out.
    last: AtomicU64,
    /// Whether a request is being answered; the silence is then ours.
    running: AtomicBool,
    /// Whether the first bytes of a request have come since the last answer, or it is the first request.
    awaited: AtomicBool,
    /// Whether any byte has come.
    received: AtomicBool,
    /// Whether the client does not read what it was sent.
    blocked: AtomicBool,
    close: Notify,
}

impl Activity {
    /// That of a connection that has just been opened. Times are counted from `began`.
    pub(super) fn new(began: Instant) -> Activity {
        let activity = Activity {
            began,
            last: AtomicU64::new(0),
            running: AtomicBool::new(false),
            awaited: AtomicBool::new(true),
            received: AtomicBool::new(false),
            blocked: AtomicBool::new(false),
            close: Notify::new(),
        };
        activity.note();
        activity
    }

    /// Bytes came in.
    pub(super) fn received(&self) {
        self.note();
        self.awaited.store(true, Ordering::Relaxed);
        self.received.store(true, Ordering::Relaxed);
    }

    /// Whether any byte has ever come in.
    pub(super) fn has_received(&self) -> bool {
        self.received.load(Ordering::Relaxed)
    }

    /// Bytes went out, or could not because the client does not read.
    pub(super) fn sent(&self, some: bool) {
        self.blocked.store(!some, Ordering::Relaxed);
        if some {
            self.note();
        }
    }

    /// A request has arrived whole, and is being answered until the guard is dropped.
    pub(super) fn answering(&self) -> Answering<'_> {
        self.running.store(true, Ordering::Relaxed);
        Answering(self)
    }

    /// Closes the connection.
    pub(super) fn close(&self) {
        self.close.notify_one();
    }

    /// Whether a request is being answered.
    pub(super) fn is_answering(&self) -> bool {
        self.running.load(Ordering::Relaxed)
    }

    /// When bytes last went in or out; the smaller, the longer ago.
    pub(super) fn last(&self) -> u64 {
        self.last.load(Ordering::Relaxed)
    }

    /// Waits until the connection has been silent for too long, or is to be closed to make room. Answers whether it was
    /// silent although a request was awaited, or an answer was not read.
    pub(super) async fn closed(&self, silence: Duration, keep_alive: Duration) -> bool {
        loop {
            let left = self.left(silence, keep_alive);
            if left.is_zero() {
                return !self.is_idle();
            }
            tokio::select! {
                () = self.close.notified() => return false,
                () = tokio::time::sleep(left) => {}
            }
        }
    }

    /// How long until it is closed if nothing happens.
    fn left(&self, silence: Duration, keep_alive: Duration) -> Duration {
        let limit = if self.is_idle() { keep_alive } else { silence };
        if self.running.load(Ordering::Relaxed) {
            return limit;
        }
        let silent = self.began.elapsed().saturating_sub(Duration::from_micros(self.last.load(Ordering::Relaxed)));
        limit.saturating_sub(silent)
    }

    /// Whether nothing is expected of the client.
    fn is_idle(&self) -> bool {
        !self.awaited.load(Ordering::Relaxed) && !self.blocked.load(Ordering::Relaxed)
    }

    fn note(&self) {
        let now = u64::try_from(self.began.elapsed().as_micros()).unwrap_or(u64::MAX);
        self.last.store(now, Ordering::Relaxed);
    }
}

/// A request that is being answered.
pub(super) struct Answering<'a>(&'a Activity);

impl Drop for Answering<'_> {
    fn drop(&mut self) {
        self.0.note();
        self.0.awaited.store(false, Ordering::Relaxed);
        self.0.running.store(false, Ordering::Relaxed);
    }
}
