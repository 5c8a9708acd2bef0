//! The name that someone logs in by.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::EmailAddress;
use super::reserved::RESERVED;
use crate::texts::{Message, Worded};

/// A username in its canonical form: 2 to 32 characters of `[a-z0-9._-]`, the first a letter or digit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Username(String);

/// A text that is no username, said to the person who typed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.words())]
pub struct InvalidUsername;

impl Worded for InvalidUsername {
    fn words(&self) -> Message {
        Message::new("names-username-invalid")
    }
}

impl Username {
    /// The fewest characters.
    pub const MIN: usize = 2;

    /// The most characters.
    pub const MAX: usize = 32;

    /// What it is made of, as a regular expression of JSON Schema. Case does not matter to [`Username::parse`].
    pub const PATTERN: &str = "^[A-Za-z0-9][A-Za-z0-9._-]*$";

    /// Reads what someone typed; case does not matter.
    ///
    /// # Errors
    /// When it can't be a username.
    pub fn parse(typed: &str) -> Result<Username, InvalidUsername> {
        let name = typed.trim().to_ascii_lowercase();
        let first = name.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit());
        let rest = name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"._-".contains(&b));
        if first && rest && (Username::MIN..=Username::MAX).contains(&name.len()) {
            Ok(Username(name))
        } else {
            Err(InvalidUsername)
        }
    }

    /// Whether it is kept for the site itself: nobody may sign up as someone whom others would trust. `root.` and
    /// `admin1` look like such a name, too, so digits, dots, dashes and underscores make no difference.
    pub fn is_reserved(&self) -> bool {
        let letters = |text: &str| text.chars().filter(char::is_ascii_alphabetic).collect::<String>();
        let plain = letters(&self.0);
        RESERVED.iter().any(|reserved| *reserved == self.0 || letters(reserved) == plain)
    }

    /// A username for someone from whose address none can be made that isn't reserved.
    pub(in crate::accounts) fn neutral() -> Username {
        Username("member".to_owned())
    }

    /// A username like the part of an address before the @.
    pub fn from_email(email: &EmailAddress) -> Username {
        Username::from_text(email.canonical().split('@').next().unwrap_or_default())
    }

    /// A username like a text that is none: letters without their accents, and dashes for what can't be in one.
    pub(in crate::accounts) fn from_text(text: &str) -> Username {
        let letters = text.trim().nfkd().filter(|c| !is_combining_mark(*c));
        let mut plain = String::new();
        for letter in letters.flat_map(char::to_lowercase) {
            let letter = if letter.is_ascii_alphanumeric() || "._".contains(letter) { letter } else { '-' };
            if letter != '-' || !plain.ends_with('-') {
                plain.push(letter);
            }
        }
        let start: String = plain.trim_matches(['.', '_', '-']).chars().take(24).collect();
        Username::parse(&start).unwrap_or_else(|_| Username(format!("user{start}")))
    }

    /// The same with a suffix.
    pub(in crate::accounts) fn with_suffix(&self, suffix: &str) -> Username {
        let start: String = self.0.chars().take(Username::MAX - suffix.len().min(30)).collect();
        Username(start + suffix)
    }

    /// The canonical text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usernames_are_lower_cased_and_checked() {
        assert_eq!(Username::parse(" Roy.B-1_x ").unwrap().as_str(), "roy.b-1_x");
        for bad in ["", "a", "-ab", ".ab", "a b", "a@b", "ünal", "a\0b", &"a".repeat(33)] {
            assert_eq!(Username::parse(bad), Err(InvalidUsername), "{bad:?}");
        }
    }

    #[test]
    fn a_name_that_looks_like_a_reserved_one_is_reserved() {
        let reserved = |name: &str| Username::parse(name).unwrap().is_reserved();
        for name in ["root", "root.", "admin1", "1admin", "a.d-m_i.n", "no_reply", "noreply.", "mailer.daemon", "me2"] {
            assert!(reserved(name), "{name}");
        }
        for name in ["roots", "badmin", "anna", "2024", "member", "support-er", "adm1n", "theadmin"] {
            assert!(!reserved(name), "{name}");
        }
        assert!(!Username::neutral().is_reserved());
    }

    #[test]
    fn an_address_makes_a_username() {
        let name = |address: &str| Username::from_email(&EmailAddress::parse(address).unwrap()).0;
        assert_eq!(name("Anna.Maria+shop@example.com"), "anna.maria-shop");
        assert_eq!(name("_x@example.com"), "userx");
        assert_eq!(name("#@example.com"), "user");
        let long = name(&format!("{}@example.com", "a".repeat(64)));
        assert!(Username::parse(&long).unwrap().with_suffix("4294967295").0.len() <= 32);
    }

    #[test]
    fn a_text_that_is_no_username_makes_one() {
        for (text, name) in [
            ("Zoë Q.", "zoe-q"),
            ("x", "userx"),
            ("ÅNGSTRÖM", "angstrom"),
            ("山田", "user"),
            ("  Roy  B ", "roy-b"),
            ("---", "user"),
            ("ﬁn", "fin"),
        ] {
            assert_eq!(Username::from_text(text).0, name, "{text}");
            assert!(Username::parse(name).is_ok());
        }
    }
}
