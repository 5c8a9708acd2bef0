//! Why there is no account.

use super::rules::EmailRefused;
use crate::accounts::captcha::Unsolved;
use crate::accounts::password::Full;
use crate::accounts::throttle::Wait;
use crate::accounts::user;

/// Why there is no account. The text is for the person who wanted one.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// Signing up is not open.
    #[error("Signing up is closed here. Ask an administrator for an account.")]
    Closed,
    /// Signing up takes an invitation.
    #[error("Signing up takes an invitation here. Ask an administrator for one.")]
    NotInvited,
    /// The invitation does not work. Nobody learns why.
    #[error("This invitation does not work, or does not work any more. Ask for a new one.")]
    Invitation,
    /// The invitation is for another address: this one.
    #[error("This invitation is for {0}. Sign up with this address.")]
    InvitedAddress(String),
    /// Too many from this network.
    #[error("Too many attempts. Wait {}, then try again.", .0.in_words())]
    Throttled(Wait),
    /// Too many passwords wait already.
    #[error("The server is busy just now. Wait {}, then try again.", .0.0.in_words())]
    Busy(Full),
    /// The name is kept for the site itself.
    #[error("This name is kept for the site. Choose another one.")]
    ReservedUsername,
    /// Neither a username nor an address.
    #[error("Enter a username, or an email address to make one from.")]
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

impl<E: Into<user::Error>> From<E> for Refused {
    fn from(error: E) -> Refused {
        Refused::User(error.into())
    }
}
