//! What a page's context holds in place of words: messages, days, moments and numbers. The renderer says them, so that
//! whoever makes a context needs no catalogue.

use chrono::{DateTime, NaiveDate, NaiveDateTime};
use serde_json::{Value, json};

use super::catalogue::Catalogue;
use super::message::{Given, Message};

/// The keys that mark such a value. Nothing that a visitor sends becomes the key of a context.
const MESSAGE: &str = "$message";
const DAY: &str = "$day";
const MOMENT: &str = "$moment";
const NUMBER: &str = "$number";

/// A day for people.
pub fn day(day: NaiveDate) -> Value {
    json!({ DAY: day.and_time(chrono::NaiveTime::MIN).and_utc().timestamp() })
}

/// A moment for people, with its zone.
pub fn moment(at: NaiveDateTime) -> Value {
    json!({ MOMENT: at.and_utc().timestamp() })
}

/// A number for people.
pub fn number(number: i64) -> Value {
    json!({ NUMBER: number })
}

/// In the context of a template: the renderer says it.
impl From<Message> for Value {
    fn from(message: Message) -> Value {
        let given: Vec<Value> =
            message.given.into_iter().map(|(name, value)| json!([name, Value::from(value)])).collect();
        json!({ MESSAGE: message.key, "given": given })
    }
}

impl From<Given> for Value {
    fn from(given: Given) -> Value {
        match given {
            Given::Text(text) => text.into(),
            Given::Number(number) => number.into(),
            Given::Message(message) => message.into(),
            Given::Moment(at) => moment(at),
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

impl Catalogue {
    /// Puts words in place of all that stands for words in this value.
    pub fn say_all(&self, value: &mut Value) {
        match value {
            Value::Object(fields) => match fields.iter().next() {
                Some((key, _)) if key == MESSAGE => *value = Value::String(self.say(&message(value))),
                Some((key, number)) if key == NUMBER => {
                    *value = Value::String(self.number(number.as_i64().unwrap_or_default()));
                }
                Some((key, day)) if key == DAY => *value = Value::String(self.day(at(day).date())),
                Some((key, moment)) if key == MOMENT => *value = Value::String(self.moment(at(moment))),
                _ => fields.values_mut().for_each(|value| self.say_all(value)),
            },
            Value::Array(values) => values.iter_mut().for_each(|value| self.say_all(value)),
            _ => {}
        }
    }
}

fn at(timestamp: &Value) -> NaiveDateTime {
    let at = timestamp.as_i64().and_then(|seconds| DateTime::from_timestamp(seconds, 0));
    at.unwrap_or_default().naive_utc()
}

/// The message in such a value.
fn message(value: &Value) -> Message {
    let given = value["given"].as_array().into_iter().flatten().map(|pair| {
        let name = pair[0].as_str().unwrap_or_default().to_owned();
        (name.into(), given(&pair[1]))
    });
    Message { key: value[MESSAGE].as_str().unwrap_or_default().to_owned().into(), given: given.collect() }
}

fn given(value: &Value) -> Given {
    match value {
        Value::Number(number) => Given::Number(number.as_i64().unwrap_or_default()),
        Value::Object(fields) if fields.contains_key(MOMENT) => Given::Moment(at(&fields[MOMENT])),
        Value::Object(_) => Given::Message(message(value)),
        _ => Given::Text(value.as_str().unwrap_or_default().to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_that_stands_for_words_becomes_words() {
        let catalogue = Catalogue::load(None).unwrap();
        let wait = Message::new("throttle-seconds").with("count", 1_i64);
        let mut context = json!({
            "errors": { "name": Message::new("throttle-wait").with("wait", wait) },
            "rows": [{ "at": moment(NaiveDateTime::default()), "day": day(NaiveDate::default()) }],
            "number": number(1_000),
            "typed": "$message",
        });
        catalogue.say_all(&mut context);
        assert_eq!(
            context,
            json!({
                "errors": { "name": "Too many attempts. Wait 1 second, then try again." },
                "rows": [{ "at": "1\u{a0}January\u{a0}1970, 00:00\u{a0}UTC", "day": "1\u{a0}January\u{a0}1970" }],
                "number": "1,000",
                "typed": "$message",
            })
        );
    }
}
