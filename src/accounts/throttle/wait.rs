//! How long someone is told to wait, for people and for programs.

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
    pub fn in_words(self) -> String {
        let (count, unit) = match self.seconds() {
            seconds @ ..120 => (seconds, "second"),
            seconds @ ..7200 => ((seconds + 59) / 60, "minute"),
            seconds => ((seconds + 3599) / 3600, "hour"),
        };
        format!("{count} {unit}{}", if count == 1 { "" } else { "s" })
    }
}
