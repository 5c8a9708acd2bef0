//! A row as JSON, with its moments as this program writes them: SQLite compares them as texts.

use chrono::{NaiveDate, NaiveDateTime};
use serde_json::{Map, Value};

use super::error::CopyError;
use crate::db::tables::{Column, Holds, Table};

/// Moments as Diesel writes them into SQLite, and as PostgreSQL reads them.
const MOMENT: &str = "%F %T%.f";
const DAY: &str = "%F";

/// What an engine told of a row, as both engines take it.
pub(super) fn as_written(table: &Table, told: &str) -> Result<Map<String, Value>, CopyError> {
    let mut row: Map<String, Value> =
        serde_json::from_str(told).map_err(|error| CopyError::Database(error_of(error)))?;
    for column in &table.columns {
        if let Some(value) = row.get_mut(&column.name).filter(|value| !value.is_null()) {
            let written = written(column.holds, value);
            *value = written.map_err(|kind| foreign(table, column, kind))?;
        }
    }
    Ok(row)
}

fn written(holds: Holds, value: &Value) -> Result<Value, &'static str> {
    let text = value.as_str();
    match holds {
        Holds::Text => text.map(Value::from).ok_or("text"),
        Holds::Number => value.as_i64().map(Value::from).ok_or("whole number"),
        // SQLite has numbers in their place.
        Holds::Switch => value.as_bool().or(value.as_i64().map(|n| n != 0)).map(Value::from).ok_or("true or false"),
        Holds::Moment => {
            let moment = text.and_then(|text| NaiveDateTime::parse_from_str(text, MOMENT).ok());
            moment.map(|at| Value::from(at.format(MOMENT).to_string())).ok_or("moment")
        }
        Holds::Day => {
            let day = text.and_then(|text| NaiveDate::parse_from_str(text, DAY).ok());
            day.map(|day| Value::from(day.format(DAY).to_string())).ok_or("day")
        }
    }
}

fn foreign(table: &Table, column: &Column, kind: &'static str) -> CopyError {
    CopyError::Foreign { table: table.name.clone(), column: column.name.clone(), kind }
}

fn error_of(error: serde_json::Error) -> crate::db::Error {
    crate::db::Error::Statement(diesel::result::Error::DeserializationError(Box::new(error)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_written_as_sqlite_has_them() {
        for (told, written_so) in [
            ("2026-11-28 06:00:00.120000", "2026-11-28 06:00:00.120"),
            ("2026-11-28 06:00:00.000000", "2026-11-28 06:00:00"),
            ("2026-11-28 06:00:00.123456", "2026-11-28 06:00:00.123456"),
        ] {
            assert_eq!(written(Holds::Moment, &Value::from(told)), Ok(Value::from(written_so)));
        }
        assert_eq!(written(Holds::Switch, &Value::from(1)), Ok(Value::from(true)));
        assert_eq!(written(Holds::Number, &Value::from(i64::MAX)), Ok(Value::from(i64::MAX)));
        assert_eq!(written(Holds::Moment, &Value::from("yesterday")), Err("moment"));
    }
}
