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
    /// Whether an answer is under way that is made while it is sent; unless it is not read, the silence is ours, too.
    under_way: AtomicBool,
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
            under_way: AtomicBool::new(false),
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

    /// What waited to leave has left. Where nothing waited this tells nothing about the client.
    pub(super) fn flushed(&self) {
        if self.is_blocked() {
            self.sent(true);
        }
    }

    /// An answer goes out while it is being made, until the guard is dropped.
    pub(super) fn under_way(&self) -> UnderWay<'_> {
        self.under_way.store(true, Ordering::Relaxed);
        UnderWay(self)
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
        let being_made = self.under_way.load(Ordering::Relaxed) && !self.is_blocked();
        if self.running.load(Ordering::Relaxed) || being_made {
            return limit;
        }
        let silent = self.began.elapsed().saturating_sub(Duration::from_micros(self.last.load(Ordering::Relaxed)));
        limit.saturating_sub(silent)
    }

    /// Whether nothing is expected of the client.
    fn is_idle(&self) -> bool {
        !self.awaited.load(Ordering::Relaxed) && !self.is_blocked() && !self.under_way.load(Ordering::Relaxed)
    }

    fn is_blocked(&self) -> bool {
        self.blocked.load(Ordering::Relaxed)
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

/// An answer that is sent while it is being made.
pub(super) struct UnderWay<'a>(&'a Activity);

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.0.note();
        self.0.under_way.store(false, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SILENCE: Duration = Duration::from_secs(3600);

    /// How long a connection has left that went silent before its keep-alive time began.
    fn left(activity: &Activity) -> Duration {
        activity.left(SILENCE, Duration::ZERO)
    }

    #[test]
    fn an_answer_that_is_being_made_is_no_idle_connection() {
        let activity = Activity::new(Instant::now());
        let answering = activity.answering();
        let under_way = activity.under_way();
        drop(answering);
        assert_eq!(left(&activity), SILENCE, "the silence is ours");
        activity.sent(false);
        assert!(left(&activity) < SILENCE && !activity.is_idle(), "now it is the client's");
        activity.sent(true);
        assert_eq!(left(&activity), SILENCE);
        drop(under_way);
        assert_eq!(left(&activity), Duration::ZERO, "nothing is expected of the client");
    }

    #[test]
    fn what_is_flushed_counts_only_where_it_waited() {
        let activity = Activity::new(Instant::now());
        drop(activity.answering());
        let last = activity.last();
        std::thread::sleep(Duration::from_millis(1));
        activity.flushed();
        assert_eq!(activity.last(), last, "each look at an idle connection flushes");
        activity.sent(false);
        assert!(!activity.is_idle(), "the client does not read");
        activity.flushed();
        assert!(activity.is_idle() && activity.last() > last);
    }
}
