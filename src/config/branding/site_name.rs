//! `site_name`: what pages and mail call this server.

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use crate::notation::{is_forbidden, is_invisible};

/// A name in Unicode's NFC, without control characters and without those that turn the direction of the text around
/// them.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(try_from = "String", into = "String")]
pub struct SiteName(String);

/// Why a text is no name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("it has to be a text of 1 to 64 characters")]
pub struct InvalidSiteName;

impl SiteName {
    /// The most characters.
    pub const MAX: usize = 64;

    /// The name in NFC.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for SiteName {
    fn default() -> SiteName {
        SiteName("Vestibule".to_owned())
    }
}

impl TryFrom<String> for SiteName {
    type Error = InvalidSiteName;

    fn try_from(text: String) -> Result<Self, InvalidSiteName> {
        let name: String = text.trim().nfc().collect();
        let shows = name.chars().any(|c| !is_invisible(c) && !c.is_whitespace());
        let is_fine = shows && name.chars().count() <= SiteName::MAX && !name.contains(is_forbidden);
        if is_fine { Ok(SiteName(name)) } else { Err(InvalidSiteName) }
    }
}

impl From<SiteName> for String {
    fn from(name: SiteName) -> String {
        name.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_any_script_are_fine_and_tricks_are_not() {
        let longest = "x".repeat(64);
        for fine in [" Zoë & Söhne ", "<script>alert(1)</script>", "“Acme” \"'", "🦊👩‍👩‍👧", "شركة", &longest]
        {
            assert!(SiteName::try_from(fine.to_owned()).is_ok(), "{fine}");
        }
        for bad in ["", "  ", "a\nb", "a\r\nBcc: b", "\u{1b}[31m", "a\u{202e}b", "\u{200b}", &"x".repeat(65)] {
            assert_eq!(SiteName::try_from(bad.to_owned()), Err(InvalidSiteName), "{bad:?}");
        }
    }
}
