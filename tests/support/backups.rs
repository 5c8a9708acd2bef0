//! What is in the file of a backup, which is one of SQLite whatever engine it was made of.

use std::path::Path;

use super::Connection;

/// All rows of a table, each in one text; without what a restore changes of keys.
pub fn rows(file: &Path, table: &str) -> Vec<String> {
    let mut connection = Connection::to_sqlite(file);
    let names = connection.sql(&format!("SELECT name FROM pragma_table_info('{table}') WHERE name <> 'retired_at'"));
    let values: Vec<String> = names.iter().map(|name| format!("quote({name})")).collect();
    let mut rows = connection.sql(&format!("SELECT {} FROM {table}", values.join(" || ', ' || ")));
    rows.sort();
    rows
}

/// What makes its tables and indexes.
pub fn schema(file: &Path) -> Vec<String> {
    Connection::to_sqlite(file).sql("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name")
}
