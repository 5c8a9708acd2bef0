//! How long sessions live.

use chrono::{Duration, NaiveDateTime};

use super::Session;
use crate::config::Settings;
use crate::db;

/// A session's use is written down at most this often.
const TOUCH_EVERY: Duration = Duration::minutes(1);

/// How long sessions live, with and without "remember me".
#[derive(Debug, Clone)]
pub struct Lifetimes {
    idle: [Duration; 2],
    absolute: [Duration; 2],
}

impl Lifetimes {
    /// The lifetimes of these settings.
    pub fn new(settings: &Settings) -> Lifetimes {
        Lifetimes {
            idle: [
                Duration::minutes(settings.session_idle_minutes.into()),
                Duration::days(settings.remember_idle_days.into()),
            ],
            absolute: [Duration::hours(settings.session_hours.into()), Duration::days(settings.remember_days.into())],
        }
    }

    /// After how long without use a session ends.
    pub fn idle(&self, remembered: bool) -> Duration {
        self.idle[usize::from(remembered)]
    }

    /// After how long a session ends in any case.
    pub fn absolute(&self, remembered: bool) -> Duration {
        self.absolute[usize::from(remembered)]
    }
}

impl Session {
    /// Whether its last use was noted so long ago that it is time again.
    pub fn wants_touch(&self) -> bool {
        db::now() - self.last_seen_at >= TOUCH_EVERY
    }

    /// Until when it lives if it is not used again.
    pub fn ends_at(&self) -> NaiveDateTime {
        self.idle_expires_at.min(self.expires_at)
    }
}
