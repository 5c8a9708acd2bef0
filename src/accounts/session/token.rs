//! Session tokens, which only the browser keeps.

use crate::accounts::secret::Secret;

/// What a session is recognised by.
#[derive(Debug, Clone)]
pub struct SessionToken(Secret);

impl SessionToken {
    /// A new one.
    pub(super) fn generate() -> SessionToken {
        SessionToken(Secret::generate())
    }

    /// Reads the text of a cookie; none when it was never one of ours.
    pub fn parse(text: &str) -> Option<SessionToken> {
        Secret::parse(text).map(SessionToken)
    }

    /// The text for the cookie.
    pub fn to_text(&self) -> String {
        self.0.to_text()
    }

    /// The secret itself.
    pub(in crate::accounts) fn as_bytes(&self) -> &[u8; 32] {
        self.0.as_bytes()
    }

    /// What the database holds.
    pub(super) fn digest(&self) -> String {
        self.0.digest()
    }
}
