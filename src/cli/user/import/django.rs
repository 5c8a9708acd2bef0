//! The output of Django's `dumpdata`: a list of objects of all kinds, of which only users and groups are used.

use std::collections::HashMap;
use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error as _, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::columns::Columns;
use super::feed::{Feed, Read, Stop};
use super::input::{Input, Place};
use super::json_rows::{row, said};
use crate::accounts::user::import::Wrong;

/// No more groups than this are remembered. In a dump, groups come before the users that belong to them.
const MOST_GROUPS: usize = 10_000;

/// An object of the dump.
#[derive(Deserialize)]
struct Object {
    model: String,
    #[serde(default)]
    pk: Value,
    fields: Map<String, Value>,
}

/// Reads the users: the objects of this model, or else of any model whose name ends with `.user`.
pub(super) fn read(input: Input, model: Option<&str>, columns: &mut Columns, feed: &mut Feed) -> Result<(), Stop> {
    let (rows, place) = input.into_rows();
    let mut reader = serde_json::Deserializer::from_reader(rows);
    let (mut groups, mut stopped) = (HashMap::new(), None);
    let wanted = |name: &str| model.map_or_else(|| name.ends_with(".user"), |model| model.eq_ignore_ascii_case(name));
    let each = Each {
        place,
        then: |line, object: Object| {
            if object.model == "auth.group" && groups.len() < MOST_GROUPS {
                let name = object.fields.get("name").and_then(Value::as_str).unwrap_or_default();
                groups.insert(object.pk.to_string(), name.to_owned());
                return Ok(());
            }
            if !wanted(&object.model.to_lowercase()) {
                return Ok(());
            }
            feed.push(user(line, object, &groups, columns)).map_err(|stop| stopped = Some(stop))
        },
    };
    let read = each.deserialize(&mut reader).and_then(|()| reader.end());
    match (stopped, read) {
        (Some(stop), _) => Err(stop),
        (None, Err(error)) => Err(Stop::Broken(format!(
            "line {}: {}. A list of plain objects becomes JSON lines with `jq -c '.[]'`",
            error.line(),
            said(&error)
        ))),
        (None, Ok(())) => Ok(()),
    }
}

fn user(line: u64, object: Object, groups: &HashMap<String, String>, columns: &mut Columns) -> Read {
    let mut fields = object.fields;
    // Permissions within Django, which mean nothing here.
    fields.remove("user_permissions");
    fields.remove("last_login");
    fields.insert("id".to_owned(), object.pk);
    if let Some(Value::Array(held)) = fields.get_mut("groups") {
        for group in held {
            let key = group.to_string();
            // With natural keys, a group is referred to by a list that holds its name.
            let name = group.get(0).and_then(Value::as_str).or_else(|| groups.get(&key).map(String::as_str));
            let name = name.ok_or_else(|| {
                Wrong::new(line, format!("the group {key} is not in the file: dump auth.group too, before the users"))
            })?;
            *group = Value::String(name.to_owned());
        }
    }
    row(line, fields, columns)
}

/// Reads the objects of a list one by one.
struct Each<F> {
    place: Place,
    then: F,
}

impl<'de, F: FnMut(u64, Object) -> Result<(), ()>> DeserializeSeed<'de> for Each<F> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de, F: FnMut(u64, Object) -> Result<(), ()>> Visitor<'de> for Each<F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of objects with model, pk and fields, as `manage.py dumpdata` writes it")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut list: A) -> Result<(), A::Error> {
        loop {
            self.place.begin_row();
            let line = self.place.line();
            let Some(object) = list.next_element()? else { return Ok(()) };
            (self.then)(line, object).map_err(|()| A::Error::custom("stopped"))?;
        }
    }
}
