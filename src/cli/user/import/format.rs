//! The formats that an import reads, and how they are detected.

use clap::ValueEnum;
use serde_json::{Map, Value};

use super::columns::{Column, Columns};
use super::feed::{Feed, Stop};
use super::input::Input;
use super::{csv_rows, django, json_rows, table};
use crate::cli::error::Error;
use crate::db::{ForeignTable, SQLITE_MAGIC};

/// The format of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// By its first bytes
    Auto,
    /// A heading, then a row per account; separated by commas, semicolons or tabs
    Csv,
    /// A JSON object per line
    Jsonl,
    /// One JSON object, keyed by name
    JsonObject,
    /// What Django's `manage.py dumpdata` writes
    Django,
    /// A SQLite file with a table of users
    Sqlite,
}

/// A file that is ready to be read.
pub(super) enum Opened {
    Text(Format, Option<String>, Input),
    Table(Box<ForeignTable>),
}

impl Opened {
    /// Opens the input as a file of this format.
    ///
    /// # Errors
    /// When it has another format.
    pub(super) fn new(format: Format, table: Option<String>, input: Input, columns: &Columns) -> Result<Opened, Error> {
        let format = if format == Format::Auto { detected(&input.beginning, columns) } else { format };
        if format != Format::Sqlite {
            if table.is_some() && format != Format::Django {
                let what = format.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default();
                return Err(Error::Usage(format!("--table is for SQLite files and Django's dumps; this is {what}")));
            }
            return Ok(Opened::Text(format, table, input));
        }
        let Some(path) = &input.path else {
            return Err(Error::Usage("a SQLite database can't be read from stdin: give the name of the file".into()));
        };
        let unreadable = |error| Error::Failed(format!("{} can't be read: {error}", path.display()));
        Ok(Opened::Table(Box::new(ForeignTable::open(path, table.as_deref()).map_err(unreadable)?)))
    }

    /// How many rows there are, if that is known.
    ///
    /// # Errors
    /// When the file can't be read.
    pub(super) fn rows(&mut self) -> Result<Option<u64>, Error> {
        match self {
            Opened::Text(..) => Ok(None),
            Opened::Table(table) => table.count().map(Some).map_err(|error| Error::Failed(error.to_string())),
        }
    }

    /// Reads all of it.
    pub(super) fn read(self, columns: &mut Columns, feed: &mut Feed) -> Result<(), Stop> {
        match self {
            Opened::Table(table) => table::read(*table, columns, feed),
            Opened::Text(Format::Jsonl, _, input) => json_rows::lines(input, columns, feed),
            Opened::Text(Format::JsonObject, _, input) => json_rows::keyed(input, columns, feed),
            Opened::Text(Format::Django, model, input) => django::read(input, model.as_deref(), columns, feed),
            Opened::Text(_, _, input) => csv_rows::read(input, columns, feed),
        }
    }
}

fn detected(beginning: &[u8], columns: &Columns) -> Format {
    if beginning.starts_with(SQLITE_MAGIC) {
        return Format::Sqlite;
    }
    let text = beginning.trim_ascii_start();
    match text.first() {
        Some(b'[') => Format::Django,
        Some(b'{') => {
            let line = text.split(|byte| *byte == b'\n').next().unwrap_or_default();
            let object: Map<String, Value> = serde_json::from_slice(line).unwrap_or_default();
            if tells_who(&object, columns) { Format::Jsonl } else { Format::JsonObject }
        }
        _ => Format::Csv,
    }
}

/// Whether an object is a single account, rather than many accounts keyed by name.
fn tells_who(object: &Map<String, Value>, columns: &Columns) -> bool {
    let chosen = columns.clone().choose(object.keys().map(String::as_str));
    object.values().zip(chosen).any(|(value, column)| {
        let tells = matches!(column, Some(Column::Username | Column::Email));
        tells && !value.is_object() && !value.is_array()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_is_known_by_its_first_bytes() {
        for (beginning, format) in [
            ("username,password\nroy,x", Format::Csv),
            ("", Format::Csv),
            ("SQLite format 3\0…", Format::Sqlite),
            ("\n [{\"model\": \"auth.user\"", Format::Django),
            ("{\"username\": \"roy\"}\n{", Format::Jsonl),
            ("{\"email\": \"a@b.example\", \"x\": {}}", Format::Jsonl),
            ("{\"roy\": {\"password\": \"x\"}}", Format::JsonObject),
            ("{\"user\": {\"password\": \"x\"}}", Format::JsonObject),
            ("{\n  \"roy\": \"{}\"\n}", Format::JsonObject),
        ] {
            assert_eq!(detected(beginning.as_bytes(), &Columns::default()), format, "{beginning}");
        }
        let mapped = Columns::new(&["who=username".to_owned()]).unwrap();
        assert_eq!(detected(b"{\"who\": \"roy\"}\n", &mapped), Format::Jsonl);
    }
}
