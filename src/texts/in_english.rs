//! Texts in the built-in English, for programs, the command line and the log: what an operator says on pages instead
//! reaches none of them. The files of the feature are read each time, since there is no catalogue at hand; who has many to
//! tell asks a [`Catalogue`].

use std::fmt;

use super::catalogue::Catalogue;
use super::message::{Given, Message};

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
            Given::Message(message) => message.fmt(f),
            value @ (Given::Number(_) | Given::Moment(_)) => {
                let texts = Catalogue::built_in_for(DATES).map_err(|_| fmt::Error)?;
                f.write_str(&texts.say_given(value))
            }
        }
    }
}

/// One of the texts that say how days and numbers are written.
const DATES: &str = "dates-day";
