//! `help_text`: what people read who can't log in.

use serde::{Deserialize, Serialize};

/// Words of the operator's for people who can't log in: plain text, perhaps of several lines.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(try_from = "String", into = "String")]
pub struct HelpText(String);

/// Why a text can't be shown.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("it has to be a text of at most 1000 characters")]
pub struct InvalidHelpText;

impl HelpText {
    /// The most characters.
    pub const MAX: usize = 1000;

    /// Its lines that say something.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        self.0.lines().map(str::trim).filter(|line| !line.is_empty())
    }
}

impl TryFrom<String> for HelpText {
    type Error = InvalidHelpText;

    fn try_from(text: String) -> Result<Self, InvalidHelpText> {
        let is_fine = !text.trim().is_empty()
            && text.chars().count() <= HelpText::MAX
            && !text.contains(|c: char| c.is_control() && c != '\n');
        if is_fine { Ok(HelpText(text)) } else { Err(InvalidHelpText) }
    }
}

impl From<HelpText> for String {
    fn from(text: HelpText) -> String {
        text.0
    }
}
