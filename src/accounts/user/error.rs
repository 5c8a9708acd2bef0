//! What can go wrong when accounts are read or changed.

use crate::accounts::session::Revoked;
use crate::accounts::version::Stale;
use crate::db;

/// Why an account was not changed. The text says what to do next.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such account.
    #[error("No user named {0:?}.")]
    NotFound(String),
    /// Another account has this username.
    #[error("This username is taken.")]
    UsernameTaken,
    /// Another account has this email address.
    #[error("This email address belongs to another account.")]
    EmailTaken,
    /// The account of this username may not log in, so nothing is made by which it could.
    #[error("{0} is disabled: enable the account first.")]
    Disabled(String),
    /// The account of this username does not wait for anything.
    #[error("{0} does not wait for approval.")]
    NotWaiting(String),
    /// It would leave nobody who can administer.
    #[error("This is the last admin: give the role admin to someone else first.")]
    LastAdmin,
    /// It is another version than the one that the change is for.
    #[error(transparent)]
    Stale(#[from] Stale),
    /// Who wanted it has lost the right to.
    #[error(transparent)]
    Revoked(#[from] Revoked),
    /// The database did not do as it was asked.
    #[error(transparent)]
    Database(#[from] db::Error),
}

impl From<diesel::result::Error> for Error {
    fn from(error: diesel::result::Error) -> Error {
        // Another node took the name between our look and our insert.
        match db::taken_column(&error).as_deref() {
            Some("email_canonical") => Error::EmailTaken,
            Some("username") => Error::UsernameTaken,
            _ => Error::Database(error.into()),
        }
    }
}
