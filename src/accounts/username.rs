//! The name that someone logs in by.

use unicode_normalization::UnicodeNormalization;

/// A username in its canonical form: 2 to 32 characters of `[a-z0-9._-]`, the first a letter or digit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Username(String);

/// A text that is no username, said to the person who typed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "A username has 2 to 32 characters: letters a to z, digits, dot, dash and underscore; \
     the first is a letter or a digit."
)]
pub struct InvalidUsername;

impl Username {
    /// Reads what someone typed; case does not matter.
    ///
    /// # Errors
    /// When it can't be a username.
    pub fn parse(typed: &str) -> Result<Username, InvalidUsername> {
        let name = typed.trim().to_ascii_lowercase();
        let first = name.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit());
        let rest = name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"._-".contains(&b));
        if first && rest && (2..=32).contains(&name.len()) { Ok(Username(name)) } else { Err(InvalidUsername) }
    }

    /// The canonical text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Every spelling of one name (case, spaces around it, full-width letters) as one text. For looking up
/// and counting; the result need not be a valid username.
pub fn canonical(typed: &str) -> String {
    typed.nfkc().collect::<String>().to_lowercase().nfkc().collect::<String>().trim().to_owned()
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
    fn one_name_has_one_canonical_spelling() {
        for typed in ["admin", "ADMIN", "  Admin\t", "ａｄｍｉｎ", "\u{3000}ＡＤＭＩＮ"] {
            assert_eq!(canonical(typed), "admin", "{typed:?}");
        }
    }
}
