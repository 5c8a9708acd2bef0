//! The budget of attempts at a password: one per account, whatever the door and however the name is spelled.
//!
//! An attempt is reserved in the database before the password is looked at, so a burst of parallel guesses gets
//! no more than a patient guesser, and a restart forgets nothing.

mod budget;
mod listing;
mod network;
mod room;
mod store;
mod subject;
mod token_buckets;
mod wait;

pub use budget::{Budget, Day, Spent};
pub use listing::{Row, Who, forget, of_account, page};
pub use network::Network;
pub use room::Room;
pub(super) use room::make_room;
pub use store::Reservation;
pub(super) use store::{Standing, forget_devices, look, reserve, settle};
pub use subject::Subject;
pub use token_buckets::TokenBuckets;
pub use wait::Wait;

use chrono::Duration;

use crate::config::Settings;

/// The limits, as configured.
#[derive(Debug, Clone)]
pub struct Limits {
    /// For an account, and for a name that nobody has.
    pub account: Budget,
    /// For a browser or program that someone has logged in with before, of which only failures count.
    pub device: Budget,
    /// For whoever is signed in and confirms it with the password.
    pub signed_in: Budget,
    /// For links for a new password that are sent by mail, and for letters to those who sign up.
    pub resets: Budget,
    /// At how many spent attempts a name is under attack.
    under_attack: i64,
}

impl Limits {
    /// The limits of these settings.
    pub fn new(settings: &Settings) -> Limits {
        let seconds = |seconds: u32| Duration::seconds(seconds.into());
        Limits {
            account: Budget {
                free: settings.attempts_free.into(),
                regain: Duration::minutes(settings.attempts_regain_minutes.into()),
                longest_wait: Some(seconds(settings.attempts_longest_wait_seconds)),
                day: Some(Day {
                    most: settings.attempts_per_day.into(),
                    then_every: Duration::minutes(settings.attempts_past_day_minutes.into()),
                }),
            },
            device: Budget::per_hour(settings.device_failures_per_hour),
            signed_in: Budget::per_hour(settings.confirmation_failures_per_hour),
            // So many in a row, then one after each ten minutes: never more in any ten. The newest link works for at least
            // that long then, however many others somebody asks for.
            resets: Budget {
                free: settings.reset_mails_in_10_minutes.into(),
                regain: Duration::minutes(10),
                longest_wait: None,
                day: Some(Day { most: settings.reset_mails_per_day.into(), then_every: Duration::hours(1) }),
            },
            under_attack: settings.captcha_after_attempts.into(),
        }
    }
}
