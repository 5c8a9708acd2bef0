//! Session tokens: 256 random bits, which only the browser keeps.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use crate::accounts::random::random_bytes;

/// The secret that a session is recognised by. `Debug` shows nothing of it.
#[derive(Clone)]
pub struct SessionToken([u8; 32]);

impl SessionToken {
    /// A new one.
    pub(in crate::accounts) fn generate() -> SessionToken {
        SessionToken(random_bytes())
    }

    /// Reads the text of a cookie; none when it was never one of ours.
    pub fn parse(text: &str) -> Option<SessionToken> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        Some(SessionToken(bytes.try_into().ok()?))
    }

    /// The text for the cookie.
    pub fn to_text(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }

    /// The secret itself.
    pub(in crate::accounts) fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// What the database holds: SHA-256, in hex. The token is random, so nothing slower is needed.
    pub(in crate::accounts) fn digest(&self) -> String {
        Sha256::digest(self.0).iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

impl std::fmt::Debug for SessionToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SessionToken(…)")
    }
}
