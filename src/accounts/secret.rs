//! Secrets that we make: 256 random bits, which whoever gets one keeps, and of which the database has a digest.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use crate::notation::hex;

/// The bits behind the token of a session, of a device, of a refresh. `Debug` shows nothing of them.
#[derive(Clone)]
pub(super) struct Secret([u8; 32]);

impl Secret {
    /// A new one.
    pub(super) fn generate() -> Secret {
        Secret(random_bytes())
    }

    /// Reads the text; none when it was never one of ours.
    pub(super) fn parse(text: &str) -> Option<Secret> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        Some(Secret(bytes.try_into().ok()?))
    }

    /// The text for whoever keeps it.
    pub(super) fn to_text(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }

    /// The bits.
    pub(super) fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// What the database holds. The secret is random, so nothing slower is needed.
    pub(super) fn digest(&self) -> String {
        digest(self.0)
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// SHA-256, in hex.
pub(super) fn digest(secret: impl AsRef<[u8]>) -> String {
    hex(&Sha256::digest(secret))
}

/// So many random bytes from the operating system.
pub(super) fn random_bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}
