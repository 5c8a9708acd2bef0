//! A text of the catalogue that code names by its key, with what it is about.

use std::borrow::Cow;

use chrono::NaiveDateTime;

/// A text, before it is said in the words of a catalogue.
///
/// `Display` is the built-in English, whatever an operator's own catalogue says: for programs, the command line and the
/// log (`in_english`). Pages say it in the words of their catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    pub(super) key: Cow<'static, str>,
    pub(super) given: Vec<(Cow<'static, str>, Given)>,
}

/// What has words for people.
pub trait Worded {
    /// Its text in the catalogue.
    fn words(&self) -> Message;
}

/// The value of a variable in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Given {
    /// Words as they are.
    Text(String),
    /// A number, which decides between one and many.
    Number(i64),
    /// Another text.
    Message(Message),
    /// A moment, in UTC.
    Moment(NaiveDateTime),
}

impl Message {
    /// The text with this key. A test checks that the catalogue has it.
    pub fn new(key: &'static str) -> Message {
        Message { key: key.into(), given: Vec::new() }
    }

    /// The same with the value of one variable.
    pub fn with(mut self, name: &'static str, value: impl Into<Given>) -> Message {
        self.given.push((name.into(), value.into()));
        self
    }

    pub(super) fn value_of(&self, name: &str) -> Option<&Given> {
        self.given.iter().find(|(given, _)| given == name).map(|(_, value)| value)
    }
}

impl From<&str> for Given {
    fn from(text: &str) -> Given {
        Given::Text(text.to_owned())
    }
}

impl From<String> for Given {
    fn from(text: String) -> Given {
        Given::Text(text)
    }
}

impl From<i64> for Given {
    fn from(number: i64) -> Given {
        Given::Number(number)
    }
}

impl From<u32> for Given {
    fn from(number: u32) -> Given {
        Given::Number(number.into())
    }
}

impl From<usize> for Given {
    fn from(number: usize) -> Given {
        Given::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<NaiveDateTime> for Given {
    fn from(at: NaiveDateTime) -> Given {
        Given::Moment(at)
    }
}

impl From<Message> for Given {
    fn from(message: Message) -> Given {
        Given::Message(message)
    }
}
