//! How long someone is told to wait, for people and for programs.

use crate::texts::Message;
use chrono::Duration;

/// How long to wait before the next attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Wait(Duration);

impl Wait {
    /// At least a second, so that nobody is told to wait for nothing.
    pub fn new(duration: Duration) -> Wait {
        Wait(duration.max(Duration::seconds(1)))
    }

    /// Whole seconds, rounded up: for `Retry-After`.
    pub fn seconds(self) -> i64 {
        (self.0.num_milliseconds() + 999) / 1000
    }

    /// For people, such as "8 seconds" or "3 hours".
    pub fn words(self) -> Message {
        match self.seconds() {
            seconds @ ..120 => Message::new("throttle-seconds").with("count", seconds),
            seconds @ ..7200 => Message::new("throttle-minutes").with("count", (seconds + 59) / 60),
            seconds => Message::new("throttle-hours").with("count", (seconds + 3599) / 3600),
        }
    }

    /// What someone is told who has tried too often.
    pub fn throttled(self) -> Message {
        Message::new("throttle-wait").with("wait", self.words())
    }
}
