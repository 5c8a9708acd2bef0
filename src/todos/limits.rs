//! How many todos there may be, and how many are public.

use crate::config::Settings;

/// The limits, as configured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// How many open ones an account may have.
    pub open_per_account: u32,
    /// How many of the latest ones strangers see.
    pub public: u32,
}

impl Limits {
    /// The limits of these settings.
    pub fn new(settings: &Settings) -> Limits {
        Limits { open_per_account: settings.open_todos_per_account, public: settings.public_todos }
    }
}
