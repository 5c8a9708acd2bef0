//! On what terms someone is invited: how often, for how long, and why.

use std::fmt;
use std::str::FromStr;

use crate::accounts::names::is_forbidden;
use crate::texts::{Message, Worded};

/// How many accounts may be made with an invitation: 1 to 10,000.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Uses(u32);

/// For how many days an invitation works: 1 to 365.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days(u32);

/// What an invitation is for, in words: one line of at most 200 characters. It may be empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Note(String);

/// A number or a text that can't be one of these, said to whoever sent it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.words())]
pub enum Invalid {
    /// How often.
    Uses,
    /// For how long.
    Days,
    /// Why.
    Note,
}

impl Worded for Invalid {
    fn words(&self) -> Message {
        match self {
            Invalid::Uses => Message::new("invitation-uses-invalid"),
            Invalid::Days => Message::new("invitation-days-invalid"),
            Invalid::Note => Message::new("invitation-note-invalid"),
        }
    }
}

impl Uses {
    /// The most.
    pub const MAX: u32 = 10_000;

    /// Takes a number.
    ///
    /// # Errors
    /// When it is out of range.
    pub fn new(number: u64) -> Result<Uses, Invalid> {
        let number = u32::try_from(number).ok().filter(|number| (1..=Uses::MAX).contains(number));
        number.map(Uses).ok_or(Invalid::Uses)
    }

    pub(super) fn number(self) -> i64 {
        self.0.into()
    }
}

impl fmt::Display for Uses {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Default for Uses {
    fn default() -> Uses {
        Uses(1)
    }
}

impl FromStr for Uses {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Uses, Invalid> {
        Uses::new(text.parse().map_err(|_| Invalid::Uses)?)
    }
}

impl Days {
    /// The most.
    pub const MAX: u32 = 365;

    /// Takes a number.
    ///
    /// # Errors
    /// When it is out of range.
    pub fn new(number: u64) -> Result<Days, Invalid> {
        let number = u32::try_from(number).ok().filter(|number| (1..=Days::MAX).contains(number));
        number.map(Days).ok_or(Invalid::Days)
    }

    pub(super) fn duration(self) -> chrono::Duration {
        chrono::Duration::days(self.0.into())
    }
}

impl fmt::Display for Days {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Default for Days {
    fn default() -> Days {
        Days(7)
    }
}

impl FromStr for Days {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Days, Invalid> {
        Days::new(text.parse().map_err(|_| Invalid::Days)?)
    }
}

impl Note {
    /// The most characters.
    pub const MAX: usize = 200;

    /// Reads what someone typed; spaces around it don't count.
    ///
    /// # Errors
    /// When it is longer than a note may be, or more than one line.
    pub fn parse(typed: &str) -> Result<Note, Invalid> {
        let text = typed.trim();
        let fits = text.chars().count() <= Note::MAX && !text.contains(is_forbidden);
        if fits { Ok(Note(text.to_owned())) } else { Err(Invalid::Note) }
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Note {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Note, Invalid> {
        Note::parse(text)
    }
}
