//! A text of the catalogue that code names by its key, with what it is about.

use std::borrow::Cow;
use std::fmt;

use chrono::NaiveDateTime;
use serde_json::{Value, json};

use super::Catalogue;

/// A text, before it is said in the words of a catalogue.
///
/// `Display` is the built-in English, whatever an operator's own catalogue says: for programs, the command line and the
/// log. It reads the file of its feature each time; pages ask [`Catalogue::say`].
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

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Only a catalogue that can't be read has no words, and every test that shows one would fail.
        f.write_str(&Catalogue::built_in_for(&self.key).map_or_else(|_| self.key.to_string(), |texts| texts.say(self)))
    }
}

impl fmt::Display for Given {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Given::Text(text) => f.write_str(text),
            Given::Number(number) => number.fmt(f),
            Given::Message(message) => message.fmt(f),
            Given::Moment(at) => f.write_str(&crate::notation::rfc3339(*at)),
        }
    }
}

/// In the context of a template: the renderer says it.
impl From<Message> for Value {
    fn from(message: Message) -> Value {
        let given: Vec<Value> =
            message.given.into_iter().map(|(name, value)| json!([name, Value::from(value)])).collect();
        json!({ super::said::MESSAGE: message.key, "given": given })
    }
}

impl From<Given> for Value {
    fn from(given: Given) -> Value {
        match given {
            Given::Text(text) => text.into(),
            Given::Number(number) => number.into(),
            Given::Message(message) => message.into(),
            Given::Moment(at) => super::moment(at),
        }
    }
}

impl serde::Serialize for Given {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Value::from(self.clone()).serialize(serializer)
    }
}

impl serde::Serialize for Message {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Value::from(self.clone()).serialize(serializer)
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
