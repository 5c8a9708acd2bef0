//! What a todo says: its title and its description.

use crate::accounts::names::is_invisible;
use crate::texts::{Message, Worded};

/// A line of 1 to 200 characters, some of which can be seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Title(String);

/// A text that is no title, said to the person who typed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.words())]
pub enum InvalidTitle {
    /// It is empty, or has no visible characters.
    Empty,
    /// It is too long.
    TooLong,
    /// It has line breaks or control characters.
    NotOneLine,
}

impl Worded for InvalidTitle {
    fn words(&self) -> Message {
        match self {
            InvalidTitle::Empty => Message::new("todos-title-missing"),
            InvalidTitle::TooLong => Message::new("todos-title-too-long"),
            InvalidTitle::NotOneLine => Message::new("todos-title-not-one-line"),
        }
    }
}

impl Title {
    /// The most characters.
    pub const MAX: usize = 200;

    /// Reads what someone typed; spaces around it do not count.
    ///
    /// # Errors
    /// When it can't be a title.
    pub fn parse(typed: &str) -> Result<Title, InvalidTitle> {
        let title = typed.trim();
        if title.contains(|c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')) {
            return Err(InvalidTitle::NotOneLine);
        }
        // Nobody could find a todo, or click on it, that seems to have no title.
        if title.chars().all(|c| c.is_whitespace() || is_invisible(c)) {
            return Err(InvalidTitle::Empty);
        }
        if title.chars().count() > Title::MAX { Err(InvalidTitle::TooLong) } else { Ok(Title(title.to_owned())) }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::str::FromStr for Title {
    type Err = InvalidTitle;

    fn from_str(typed: &str) -> Result<Title, InvalidTitle> {
        Title::parse(typed)
    }
}

/// At most 4000 characters, perhaps in several lines; may be empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Description(String);

/// A text that is no description, said to the person who typed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.words())]
pub enum InvalidDescription {
    /// It is too long.
    TooLong,
    /// It has control characters.
    NotText,
}

impl Worded for InvalidDescription {
    fn words(&self) -> Message {
        match self {
            InvalidDescription::TooLong => Message::new("todos-description-too-long"),
            InvalidDescription::NotText => Message::new("todos-description-not-text"),
        }
    }
}

impl Description {
    /// The most characters.
    pub const MAX: usize = 4000;

    /// Reads what someone typed. Browsers end lines with CR LF, which would count twice: they end with LF here.
    ///
    /// # Errors
    /// When it can't be a description.
    pub fn parse(typed: &str) -> Result<Description, InvalidDescription> {
        let text = typed.replace("\r\n", "\n").replace('\r', "\n");
        if text.contains(|c: char| c.is_control() && !matches!(c, '\n' | '\t')) {
            return Err(InvalidDescription::NotText);
        }
        if text.chars().count() > Description::MAX {
            return Err(InvalidDescription::TooLong);
        }
        Ok(Description(if text.trim().is_empty() { String::new() } else { text }))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::str::FromStr for Description {
    type Err = InvalidDescription;

    fn from_str(typed: &str) -> Result<Description, InvalidDescription> {
        Description::parse(typed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_one_line_that_can_be_seen() {
        let longest = "ü".repeat(200);
        for (typed, title) in [(" Water the plants ", "Water the plants"), ("<b>", "<b>"), (&longest, &longest)] {
            assert_eq!(Title::parse(typed).unwrap().as_str(), title);
        }
        for empty in ["", " \n ", "\u{200B}\u{3164} \u{FEFF}"] {
            assert_eq!(Title::parse(empty), Err(InvalidTitle::Empty), "{empty:?}");
        }
        for bad in ["a\nb", "a\0b", "a\tb", "a\u{7F}", "a\u{2028}b"] {
            assert_eq!(Title::parse(bad), Err(InvalidTitle::NotOneLine), "{bad:?}");
        }
        assert_eq!(Title::parse(&"ü".repeat(201)), Err(InvalidTitle::TooLong));
    }

    #[test]
    fn a_description_is_lines_of_text() {
        assert_eq!(Description::parse("a\r\n\tb\rc\n").unwrap().as_str(), "a\n\tb\nc\n");
        assert_eq!(Description::parse(" \r\n ").unwrap(), Description::default());
        assert!(Description::parse(&"\r\n".repeat(4000)).is_ok());
        assert_eq!(Description::parse(&"ü".repeat(4001)), Err(InvalidDescription::TooLong));
        for bad in ["\0", "a\u{1B}[2J", "a\u{85}b"] {
            assert_eq!(Description::parse(bad), Err(InvalidDescription::NotText), "{bad:?}");
        }
    }
}
