//! Passwords: what people type, what a new one has to be like, and how hashes are made and checked.
//!
//! The bcrypt crate is used below this folder only.

mod bcrypt_sha256;
mod hasher;
mod rules;

use unicode_normalization::UnicodeNormalization;

pub use hasher::{Hasher, Verdict};
pub use rules::{NewPassword, Owner, Rejected, Rules};

/// What someone typed as a password, in Unicode's NFC, so that two keyboards that spell one letter
/// differently agree. Nothing shows it: `Debug` prints dots.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

impl Password {
    /// Takes what was typed; nothing is trimmed.
    pub fn typed(text: &str) -> Password {
        Password(text.nfc().collect())
    }

    fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password(…)")
    }
}

/// 24 random characters, for an account whose owner gets to see them once.
pub fn random() -> Password {
    use base64::Engine;
    let bytes: [u8; 18] = crate::accounts::session::random_bytes();
    Password(base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes))
}

impl Password {
    /// The text itself, to show it to its owner once.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}
