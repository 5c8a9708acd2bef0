//! Passwords: what people type, what a new one has to be like, and how hashes are made and checked.
//!
//! The bcrypt crate is used below this folder only.

mod bcrypt_sha256;
pub mod change;
mod dearest;
mod equal_time;
mod foreign;
mod format;
mod gate;
mod hasher;
mod identify;
pub mod metrics;
mod names;
mod rules;
pub mod speed;
pub mod survey;
mod threads;
mod weak;

use unicode_normalization::UnicodeNormalization;

pub use dearest::Survey;
pub use format::{Format, Unusable};
pub use gate::{Full, Place, Who};
pub use hasher::{Hasher, Verdict};
pub use identify::identify;
pub use names::Owner;
pub use rules::{NewPassword, Rejected, Rules};
pub(in crate::accounts) use threads::in_background;
pub use weak::Weak;

/// What someone typed as a password, in Unicode's NFC, so that two keyboards that spell one letter
/// differently agree. Nothing shows it: `Debug` prints dots.
#[derive(Clone)]
pub struct Password {
    text: String,
    /// What was typed, where NFC changed it: other programs hashed that.
    as_typed: Option<String>,
}

impl Password {
    /// Takes what was typed; nothing is trimmed.
    pub fn typed(text: &str) -> Password {
        let normal: String = text.nfc().collect();
        let as_typed = (normal != text).then(|| text.to_owned());
        Password { text: normal, as_typed }
    }

    fn as_str(&self) -> &str {
        &self.text
    }

    /// What another program may have hashed: the NFC form, then the bytes as they were typed if these differ.
    fn spellings(&self) -> impl Iterator<Item = &str> {
        [Some(self.text.as_str()), self.as_typed.as_deref()].into_iter().flatten()
    }
}

impl Password {
    /// The longest spelling.
    fn longest(&self) -> &str {
        self.spellings().max_by_key(|spelling| spelling.len()).unwrap_or_default()
    }
}

/// Two spellings of one text are one password.
impl PartialEq for Password {
    fn eq(&self, other: &Password) -> bool {
        self.text == other.text
    }
}

impl Eq for Password {}

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password(…)")
    }
}

/// A random password of 24 characters, or of a few more than the rules ask for (a name may come about in it), whose owner
/// gets to see it once.
pub fn random(rules: &Rules) -> Password {
    use base64::Engine;
    let bytes: [u8; 96] = crate::accounts::secret::random_bytes();
    let mut text = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes);
    text.truncate((rules.min_length() + 8).max(24));
    Password { text, as_typed: None }
}

impl Password {
    /// The text itself, to show it to its owner once.
    pub fn reveal(&self) -> &str {
        &self.text
    }
}
