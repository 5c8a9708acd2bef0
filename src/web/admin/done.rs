//! What an admin has just done, in words for the next page.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What was done. The texts are usernames.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "done", content = "whom", rename_all = "snake_case")]
pub enum Done {
    /// An account may log in that waited.
    Approved(String),
    /// An account that waited is gone.
    Rejected(String),
    /// An account can't log in any more.
    Disabled(String),
    /// An account can log in again.
    Enabled(String),
    /// An account was changed.
    Saved(String),
    /// All sessions of an account have ended.
    SessionsEnded(String),
    /// A session has ended.
    SessionEnded,
    /// Nobody has to wait because of attempts that failed.
    ThrottleLifted(String),
    /// An account is gone.
    Deleted(String),
    /// An invitation works no more.
    InvitationRevoked,
}

impl fmt::Display for Done {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Done::Approved(name) => write!(f, "{name} can log in now."),
            Done::Rejected(name) => write!(f, "{name} was rejected, and the account is gone."),
            Done::Disabled(name) => write!(f, "{name} can no longer log in, and was logged out everywhere."),
            Done::Enabled(name) => write!(f, "{name} can log in again."),
            Done::Saved(name) => write!(f, "{name} was saved."),
            Done::SessionsEnded(name) => write!(f, "{name} was logged out everywhere."),
            Done::SessionEnded => write!(f, "The session was ended."),
            Done::ThrottleLifted(name) => write!(f, "Nobody has to wait any more to log in as {name}."),
            Done::Deleted(name) => write!(f, "{name} was deleted."),
            Done::InvitationRevoked => write!(f, "The invitation no longer works."),
        }
    }
}
