//! What a new password has to be like: long enough, not a common one, not the owner's own name.
//!
//! No rules about which characters (NIST SP 800-63B-4, 3.1.1.2). The list of common passwords holds facts: the
//! most frequent of known leaks with at least 8 characters, out of the list of 20,000 by Royce Williams that
//! Django distributes under the BSD 3-clause licence (`django/contrib/auth/common-passwords.txt.gz`).

use unicode_normalization::UnicodeNormalization;

use super::Password;
use crate::config::Settings;

/// The longest new password, in characters.
const MAX_LENGTH: usize = 128;

/// In the order of their bytes, one a line, in lower case.
const COMMON: &str = include_str!("common.txt");

/// A password that keeps the rules.
#[derive(Debug, Clone)]
pub struct NewPassword(Password);

/// The rules, as configured.
#[derive(Debug, Clone)]
pub struct Rules {
    min_length: usize,
}

/// Whose password it will be; it may not be one of these texts.
#[derive(Debug, Clone, Copy, Default)]
pub struct Owner<'a> {
    /// The username.
    pub username: &'a str,
    /// The display name.
    pub display_name: &'a str,
    /// The e-mail address, when there is one.
    pub email: Option<&'a str>,
}

/// Why a password is not taken, said to the person who chose it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Rejected {
    /// Fewer characters than the setting asks for.
    #[error("The password is too short: use at least {0} characters; several words are a good way.")]
    TooShort(usize),
    /// More than 128 characters.
    #[error("The password is too long: use at most 128 characters.")]
    TooLong,
    /// One of the list.
    #[error("This password is among the most common ones, which are tried first: choose another one.")]
    Common,
    /// The owner's name or address, or the name of this program.
    #[error("The password is too close to the name or the e-mail address: choose another one.")]
    Personal,
}

impl Rules {
    /// The rules of these settings.
    pub fn new(settings: &Settings) -> Rules {
        Rules { min_length: settings.password_min_length }
    }

    /// The fewest characters.
    pub(super) fn min_length(&self) -> usize {
        self.min_length
    }

    /// Checks a password that someone chose.
    ///
    /// # Errors
    /// The first rule that it breaks.
    pub fn check(&self, password: Password, owner: Owner<'_>) -> Result<NewPassword, Rejected> {
        let length = password.as_str().chars().count();
        if length < self.min_length {
            return Err(Rejected::TooShort(self.min_length));
        }
        if length > MAX_LENGTH {
            return Err(Rejected::TooLong);
        }
        let lower = password.as_str().to_lowercase();
        if is_common(&lower) {
            return Err(Rejected::Common);
        }
        if is_personal(&lower, owner) {
            return Err(Rejected::Personal);
        }
        Ok(NewPassword(password))
    }
}

impl NewPassword {
    /// The password itself, for hashing.
    pub fn as_password(&self) -> &Password {
        &self.0
    }

    /// The same, for good.
    pub fn into_password(self) -> Password {
        self.0
    }
}

fn is_common(lower: &str) -> bool {
    let compatible: String = lower.nfkc().collect();
    COMMON.lines().any(|common| common == lower || common == compatible)
}

/// Whether the password is one of the owner's texts, perhaps with figures and marks around it or repeated.
fn is_personal(lower: &str, owner: Owner<'_>) -> bool {
    let local_part = owner.email.and_then(|email| email.split('@').next());
    let texts = [Some(owner.username), Some(owner.display_name), owner.email, local_part, Some("vestibule")];
    let core = lower.trim_matches(|c: char| !c.is_alphabetic());
    texts.into_iter().flatten().map(str::to_lowercase).filter(|text| !text.is_empty()).any(|text| {
        let text_core = text.trim_matches(|c: char| !c.is_alphabetic());
        lower == text
            || (!core.is_empty() && (core == text || core == text_core))
            || (lower.len().is_multiple_of(text.len()) && lower == text.repeat(lower.len() / text.len()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> Option<Rejected> {
        let owner = Owner { username: "jumpiness", display_name: "Jump Iness", email: Some("jump.iness@example.com") };
        Rules { min_length: 8 }.check(Password::typed(text), owner).err()
    }

    #[test]
    fn good_passwords_of_any_kind_pass() {
        for good in ["correct horse battery staple", "zwölf Boxkämpfer", "        8 spaces?", "密码很长也很好记住呀"]
        {
            assert_eq!(check(good), None, "{good}");
        }
        assert_eq!(check(&"ä".repeat(128)), None, "128 characters, not bytes");
    }

    #[test]
    fn the_reason_is_named() {
        assert_eq!(check("seven77"), Some(Rejected::TooShort(8)));
        assert_eq!(check(&"ä".repeat(129)), Some(Rejected::TooLong));
        for common in ["password1", "PASSWORD1", "ｐａｓｓｗｏｒｄ１"] {
            assert_eq!(check(common), Some(Rejected::Common), "{common}");
        }
        for personal in
            ["jumpiness", "Jumpiness1!", "jumpinessjumpiness", "jump iness", "jump.iness@example.com", "vestibule"]
        {
            assert_eq!(check(personal), Some(Rejected::Personal), "{personal}");
        }
    }
}
