//! The name that pages greet someone by.

use unicode_normalization::UnicodeNormalization;

use super::Username;
use crate::notation::{is_forbidden, is_invisible};
use crate::texts::{Message, Worded};

/// A name of 1 to 60 characters in Unicode's NFC, without control characters and without the characters
/// that turn the direction of the text around them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DisplayName(String);

/// A text that can't be shown as a name, said to the person who typed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.words())]
pub struct InvalidDisplayName;

impl Worded for InvalidDisplayName {
    fn words(&self) -> Message {
        Message::new("names-display-name-invalid")
    }
}

impl DisplayName {
    /// The most characters.
    pub const MAX: usize = 60;

    /// Reads what someone typed.
    ///
    /// # Errors
    /// When it can't be shown as a name.
    pub fn parse(typed: &str) -> Result<DisplayName, InvalidDisplayName> {
        let name: String = typed.nfc().collect::<String>().trim().to_owned();
        let length = name.chars().count();
        let visible = name.chars().any(|c| !is_invisible(c) && !c.is_whitespace());
        if (1..=DisplayName::MAX).contains(&length) && visible && !name.contains(is_forbidden) {
            Ok(DisplayName(name))
        } else {
            Err(InvalidDisplayName)
        }
    }

    /// The name of someone who gave none.
    pub fn of(username: &Username) -> DisplayName {
        DisplayName(username.as_str().to_owned())
    }

    /// The name in NFC.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_any_script_are_fine_and_tricks_are_not() {
        for good in ["Admin", " Zoë ", "<b>Roy</b>", "山田太郎", "José Ñ."] {
            assert!(DisplayName::parse(good).is_ok(), "{good}");
        }
        assert_eq!(DisplayName::parse("Zoe\u{308}").unwrap().as_str(), "Zoë", "NFC");
        for bad in ["", "  ", "a\u{202E}b", "a\nb", "a\u{2066}", "\u{200B}\u{200D}", &"x".repeat(61)] {
            assert_eq!(DisplayName::parse(bad), Err(InvalidDisplayName), "{bad:?}");
        }
    }
}
