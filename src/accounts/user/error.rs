//! What can go wrong when accounts are read or changed.

use crate::accounts::session::Revoked;
use crate::accounts::version::Stale;
use crate::db;
use crate::texts::{Message, Worded};

/// Why an account was not changed. The text says what to do next.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.words())]
pub enum Error {
    /// There is no such account.
    NotFound(String),
    /// Another account has this username.
    UsernameTaken,
    /// Another account has this email address.
    EmailTaken,
    /// The account of this username may not log in, so nothing is made by which it could.
    Disabled(String),
    /// The account of this username does not wait for anything.
    NotWaiting(String),
    /// It would leave nobody who can administer.
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

impl Worded for Error {
    fn words(&self) -> Message {
        match self {
            Error::NotFound(name) => Message::new("user-not-found").with("name", format!("{name:?}")),
            Error::UsernameTaken => Message::new("user-username-taken"),
            Error::EmailTaken => Message::new("user-email-taken"),
            Error::Disabled(name) => Message::new("user-disabled").with("name", name.as_str()),
            Error::NotWaiting(name) => Message::new("user-not-waiting").with("name", name.as_str()),
            Error::LastAdmin => Message::new("user-last-admin"),
            Error::Stale(stale) => stale.words(),
            Error::Revoked(revoked) => revoked.words(),
            Error::Database(_) => Message::new("error-503-text"),
        }
    }
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
