//! JSON: an object on each line, or one object keyed by name.

use std::fmt;
use std::io::{BufRead, BufReader};

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, Visitor};
use serde_json::{Map, Value};

use super::columns::{Column, Columns};
use super::feed::{Feed, Read, Stop};
use super::filling::Filling;
use super::input::{Input, Place};
use crate::accounts::user::import::Wrong;

/// Reads an object on each line; empty lines are ignored.
pub(super) fn lines(input: Input, columns: &mut Columns, feed: &mut Feed) -> Result<(), Stop> {
    let (rows, place) = input.into_rows();
    let mut rows = BufReader::new(rows);
    let (mut text, mut line) = (Vec::new(), 0);
    loop {
        text.clear();
        place.begin_row();
        line += 1;
        let length = rows.read_until(b'\n', &mut text);
        if length.map_err(|error| Stop::Broken(format!("line {line}: {error}")))? == 0 {
            return Ok(());
        }
        if !text.trim_ascii().is_empty() {
            let object = serde_json::from_slice(&text).map_err(|error| Wrong::new(line, said(&error)));
            feed.push(object.and_then(|object| row(line, object, columns)))?;
        }
    }
}

/// Reads one object, whose keys are the usernames. A value is an object, or a text that holds one, or just the password
/// hash.
pub(super) fn keyed(input: Input, columns: &mut Columns, feed: &mut Feed) -> Result<(), Stop> {
    let (rows, place) = input.into_rows();
    let mut reader = serde_json::Deserializer::from_reader(rows);
    let mut stopped = None;
    let each = Each {
        place,
        then: |line, name: String, value| {
            let pushed = feed.push(named(line, name, value, columns));
            pushed.map_err(|stop| stopped = Some(stop))
        },
    };
    let read = each.deserialize(&mut reader).and_then(|()| reader.end());
    match (stopped, read) {
        (Some(stop), _) => Err(stop),
        (None, Err(error)) => Err(Stop::Broken(format!("line {}: {}", error.line(), said(&error)))),
        (None, Ok(())) => Ok(()),
    }
}

fn named(line: u64, name: String, value: Value, columns: &mut Columns) -> Read {
    let object = match value {
        Value::Object(object) => object,
        Value::String(text) => match serde_json::from_str(&text) {
            Ok(Value::Object(object)) => object,
            _ => Map::from_iter([("password_hash".to_owned(), Value::String(text))]),
        },
        _ => return Err(Wrong::new(line, format!("what belongs to {name:?} is neither an object nor a text"))),
    };
    let mut row = row(line, object, columns)?;
    row.username = Some(name);
    Ok(row)
}

/// An object as a row.
pub(super) fn row(line: u64, object: Map<String, Value>, columns: &mut Columns) -> Read {
    let chosen = columns.choose(object.keys().map(String::as_str));
    let mut filling = Filling::at(line);
    for ((name, value), column) in object.into_iter().zip(chosen) {
        if let Some(column) = column
            && !filling.value(column, value)
        {
            return Err(Wrong::new(line, format!("{name} is an object or a list, where a text is expected")));
        }
    }
    Ok(filling.done())
}

/// The same for a table, where `data` is JSON as text.
pub(super) fn row_of_texts(line: u64, object: Map<String, Value>, columns: &mut Columns) -> Read {
    let chosen = columns.choose(object.keys().map(String::as_str));
    let mut filling = Filling::at(line);
    for ((_, value), column) in object.into_iter().zip(chosen) {
        match (column, value) {
            (None, _) | (Some(Column::Data), Value::Null) => {}
            (Some(Column::Data), Value::String(text)) => filling.text(Column::Data, text),
            (Some(column), value) => drop(filling.value(column, value)),
        }
    }
    Ok(filling.done())
}

/// What is wrong with the JSON, without the line number, which the message has already.
pub(super) fn said(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let text = text.split(" at line ").next().unwrap_or_default();
    if error.is_io() { text.to_owned() } else { format!("it is no JSON as expected: {text}") }
}

/// Reads the entries of an object one by one.
struct Each<F> {
    place: Place,
    then: F,
}

impl<'de, F: FnMut(u64, String, Value) -> Result<(), ()>> DeserializeSeed<'de> for Each<F> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de, F: FnMut(u64, String, Value) -> Result<(), ()>> Visitor<'de> for Each<F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object keyed by name")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        loop {
            self.place.begin_row();
            let Some(name) = map.next_key()? else { return Ok(()) };
            let line = self.place.line();
            (self.then)(line, name, map.next_value()?).map_err(|()| A::Error::custom("stopped"))?;
        }
    }
}
