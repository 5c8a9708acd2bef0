//! What an admin has just done, in words for the next page.

use serde::{Deserialize, Serialize};

use crate::texts::{Message, Worded};

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

impl Worded for Done {
    fn words(&self) -> Message {
        match self {
            Done::Approved(name) => Message::new("admin-done-approved").with("name", name.as_str()),
            Done::Rejected(name) => Message::new("admin-done-rejected").with("name", name.as_str()),
            Done::Disabled(name) => Message::new("admin-done-disabled").with("name", name.as_str()),
            Done::Enabled(name) => Message::new("admin-done-enabled").with("name", name.as_str()),
            Done::Saved(name) => Message::new("admin-done-saved").with("name", name.as_str()),
            Done::SessionsEnded(name) => Message::new("admin-done-sessions-ended").with("name", name.as_str()),
            Done::SessionEnded => Message::new("admin-done-session-ended"),
            Done::ThrottleLifted(name) => Message::new("admin-done-throttle-lifted").with("name", name.as_str()),
            Done::Deleted(name) => Message::new("admin-done-deleted").with("name", name.as_str()),
            Done::InvitationRevoked => Message::new("admin-done-invitation-revoked"),
        }
    }
}
