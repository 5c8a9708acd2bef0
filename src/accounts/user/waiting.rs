//! What an account can wait for before anyone may log in to it.

use crate::texts::{Message, Worded};

/// What an account waits for. Its text is for whoever showed that they are the owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.words())]
pub enum WaitsFor {
    /// An admin has to say yes.
    Approval,
    /// The link has to be opened that went to the address of a sign-up. No account has this yet.
    Link,
}

impl Worded for WaitsFor {
    fn words(&self) -> Message {
        match self {
            WaitsFor::Approval => Message::new("approval-waits"),
            WaitsFor::Link => Message::new("sign-up-look"),
        }
    }
}

impl WaitsFor {
    /// Reads that name.
    pub(super) fn parse(text: &str) -> Option<WaitsFor> {
        (text == WaitsFor::Approval.as_str()).then_some(WaitsFor::Approval)
    }

    /// The name for programs, and in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            WaitsFor::Approval => "approval",
            WaitsFor::Link => "link",
        }
    }
}
