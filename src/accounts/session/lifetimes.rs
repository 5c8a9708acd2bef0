//! How long sessions live, and how many at a time.

use chrono::{Duration, NaiveDateTime};

use super::{Kind, Session};
use crate::config::Settings;
use crate::db;

/// A session's use is written down at most this often.
pub(super) const TOUCH_EVERY: Duration = Duration::minutes(1);

/// For how long a password that was asked for is proof enough for a sensitive act.
const RECENT: Duration = Duration::minutes(10);

/// How long sessions live, with and without "remember me".
#[derive(Debug, Clone)]
pub struct Lifetimes {
    browser: Lifetime,
    remembered: Lifetime,
    /// A session of tokens lives as long as its refresh tokens.
    token: Lifetime,
    access_token: Duration,
    /// How many of one account live at a time.
    pub(super) at_a_time: u32,
}

/// After how long without use a session ends, and after how long in any case.
#[derive(Debug, Clone)]
struct Lifetime {
    idle: Duration,
    absolute: Duration,
}

impl Lifetimes {
    /// The lifetimes of these settings.
    pub fn new(settings: &Settings) -> Lifetimes {
        Lifetimes {
            browser: Lifetime {
                idle: Duration::minutes(settings.session_idle_minutes.into()),
                absolute: Duration::hours(settings.session_hours.into()),
            },
            remembered: Lifetime {
                idle: Duration::days(settings.remember_idle_days.into()),
                absolute: Duration::days(settings.remember_days.into()),
            },
            token: Lifetime {
                idle: Duration::days(settings.refresh_token_days.into()),
                absolute: Duration::days(settings.refresh_token_days.into()),
            },
            access_token: Duration::minutes(settings.access_token_minutes.into()),
            at_a_time: settings.sessions_per_account,
        }
    }

    /// The same, with sessions of tokens that live this long.
    pub fn with_token(&self, lifetime: Duration) -> Lifetimes {
        Lifetimes { token: Lifetime { idle: lifetime, absolute: lifetime }, ..self.clone() }
    }

    /// How long an access token is valid.
    pub fn access_token(&self) -> Duration {
        self.access_token
    }

    /// How long any access token can be valid: those that an operator issued, up to 30 days.
    pub fn longest_access_token(&self) -> Duration {
        Duration::days(30).max(self.access_token)
    }

    /// After how long without use, and after how long in any case, the longest session of this kind ends. Those of
    /// tokens that an operator issued have a lifetime of their own.
    pub(super) fn longest(&self, kind: Kind) -> (Duration, Duration) {
        match kind {
            Kind::Browser { .. } => (self.idle(kind), self.absolute(kind)),
            Kind::Token => (self.longest_access_token(), self.longest_access_token()),
        }
    }

    /// After how long without use a session ends.
    pub(super) fn idle(&self, kind: Kind) -> Duration {
        self.of(kind).idle
    }

    /// After how long a session ends in any case.
    pub(super) fn absolute(&self, kind: Kind) -> Duration {
        self.of(kind).absolute
    }

    fn of(&self, kind: Kind) -> &Lifetime {
        match kind {
            Kind::Browser { remembered: false } => &self.browser,
            Kind::Browser { remembered: true } => &self.remembered,
            Kind::Token => &self.token,
        }
    }
}

impl Session {
    /// Whether its last use was noted so long ago that it is time again.
    pub fn wants_touch(&self) -> bool {
        db::now() - self.last_seen_at >= TOUCH_EVERY
    }

    /// Whether a password was asked for so lately that its owner need not be asked again before a sensitive act.
    pub fn is_recent(&self) -> bool {
        // One from when the clock was ahead says nothing about now.
        self.authenticated_at <= super::clock::latest_beginning() && db::now() - self.authenticated_at < RECENT
    }

    /// Until when it lives if it is not used again.
    pub fn ends_at(&self) -> NaiveDateTime {
        self.idle_expires_at.min(self.expires_at)
    }
}
