//! The kinds of values that settings take, and how messages describe them.

use std::ops::RangeInclusive;

use rocket::figment::value::Value;

/// What a setting takes.
#[derive(Debug, Clone)]
pub enum Kind {
    /// `true` or `false`.
    Switch,
    /// A whole number within bounds.
    Number(RangeInclusive<u64>),
    /// One of these words.
    Word(&'static [&'static str]),
    /// Scheme, host and port, nothing behind them.
    Origin,
    /// Where people report a weakness.
    Contact,
    /// Whom mail is from.
    Mailbox,
    /// An IP address.
    Ip,
    /// An IP address with a port.
    Socket,
    /// The path of a file.
    File,
    /// The path of a folder.
    Folder,
    /// A list, with an example in TOML.
    List(&'static str),
    /// A list of some of these words.
    Words(&'static [&'static str]),
    /// Words for people, with the most characters.
    Text(usize),
    /// A colour.
    Colour,
    /// Text that is never repeated, with what it has to be. It may also come from a file, by `VESTIBULE_<KEY>_FILE`.
    Secret(&'static str),
}

impl Kind {
    /// What it takes, as in "use a number from 4 to 16".
    pub fn takes(&self) -> String {
        match self {
            Kind::Switch => "true or false".to_owned(),
            Kind::Number(range) => format!("a number from {} to {}", range.start(), range.end()),
            Kind::Word(words) => either(words),
            Kind::Origin => "an address such as https://login.example.com, without a path".to_owned(),
            Kind::Contact => "a URL such as mailto:security@example.com or https://example.com/security".to_owned(),
            Kind::Mailbox => "an address such as login@example.com or Example <login@example.com>".to_owned(),
            Kind::Ip => "an IP address such as 127.0.0.1".to_owned(),
            Kind::Socket => "an IP address with a port, such as 127.0.0.1:9464".to_owned(),
            Kind::File => "the path of a file".to_owned(),
            Kind::Folder => "the path of a folder".to_owned(),
            Kind::List(example) => format!("a list such as {example}"),
            Kind::Words(words) => format!("a list such as [{:?}], with any of {}", words[0], words.join(", ")),
            Kind::Text(most) => format!("a text of at most {most} characters"),
            Kind::Colour => "a colour such as #1c4cb6".to_owned(),
            Kind::Secret(text) => (*text).to_owned(),
        }
    }

    /// Whether a value is within the rules that its type can't hold.
    pub(in crate::config) fn is_within(&self, value: &Value) -> bool {
        match self {
            Kind::Number(range) => {
                let number = value.to_num().and_then(|number| number.to_u128_lossy());
                number.is_some_and(|number| range.contains(&u64::try_from(number).unwrap_or(u64::MAX)))
            }
            Kind::File | Kind::Folder => value.as_str() != Some(""),
            _ => true,
        }
    }

    /// Whether it is text whatever it looks like; other values are read as TOML would.
    pub(in crate::config) fn is_text(&self) -> bool {
        matches!(self, Kind::Text(_) | Kind::Colour | Kind::Socket | Kind::Secret(_))
    }

    pub(in crate::config) fn is_secret(&self) -> bool {
        matches!(self, Kind::Secret(_))
    }
}

/// "a, b or c".
fn either(words: &[&str]) -> String {
    match words {
        [first @ .., last] if !first.is_empty() => format!("{} or {last}", first.join(", ")),
        _ => words.concat(),
    }
}
