//! Why there is no account.

use super::rules::EmailRefused;
use crate::accounts::captcha::Unsolved;
use crate::accounts::password::Full;
use crate::accounts::throttle::Wait;
use crate::accounts::user;
use crate::texts::{Message, Worded};

/// Why there is no account. The text is for the person who wanted one.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.words())]
pub enum Refused {
    /// Signing up is not open.
    Closed,
    /// Signing up takes an invitation.
    NotInvited,
    /// The invitation does not work. Nobody learns why.
    Invitation,
    /// The invitation is for another address: this one.
    InvitedAddress(String),
    /// Too many from this network.
    Throttled(Wait),
    /// Too many passwords wait already.
    Busy(Full),
    /// The name is kept for the site itself.
    ReservedUsername,
    /// Neither a username nor an address.
    NoName,
    /// The address is missing, or not one that people may sign up with.
    #[error(transparent)]
    Email(#[from] EmailRefused),
    /// A captcha is to be solved first.
    #[error(transparent)]
    Captcha(Unsolved),
    /// The name or the address is taken, or the database does not answer.
    #[error(transparent)]
    User(user::Error),
}

impl Worded for Refused {
    fn words(&self) -> Message {
        match self {
            Refused::Closed => Message::new("sign-up-closed"),
            Refused::NotInvited => Message::new("sign-up-not-invited"),
            Refused::Invitation => Message::new("sign-up-invitation-invalid"),
            Refused::InvitedAddress(address) => {
                Message::new("sign-up-invited-address").with("address", address.as_str())
            }
            Refused::Throttled(wait) => wait.throttled(),
            Refused::Busy(full) => Message::new("sign-up-busy").with("wait", full.0.words()),
            Refused::ReservedUsername => Message::new("sign-up-username-reserved"),
            Refused::NoName => Message::new("sign-up-no-name"),
            Refused::Email(refused) => refused.words(),
            Refused::Captcha(unsolved) => unsolved.words(),
            Refused::User(error) => error.words(),
        }
    }
}

impl<E: Into<user::Error>> From<E> for Refused {
    fn from(error: E) -> Refused {
        Refused::User(error.into())
    }
}
