//! The users of another program, in a SQLite file of its own, which is only read.

use std::path::Path;

use diesel::connection::DefaultLoadingMode;
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{Binary, Text};
use percent_encoding::{NON_ALPHANUMERIC, percent_encode};

/// How a SQLite file begins (its documentation, "Database File Format").
pub const MAGIC: &[u8] = b"SQLite format 3\0";

/// The tables that an app has its users in, usually.
const USUAL: [&str; 8] = ["users", "user", "auth_user", "accounts", "account", "wp_users", "members", "member"];

/// A table of a file.
pub struct ForeignTable {
    connection: SqliteConnection,
    table: String,
    columns: Vec<String>,
}

/// Why a table can't be read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file is no database, or damaged.
    #[error("{0}")]
    Unreadable(String),
    /// There is no such table, or it does not show which one has the users.
    #[error("{0}. Its tables are: {1}. Say which has the users with --table")]
    Table(String, String),
}

impl From<diesel::result::Error> for Error {
    fn from(error: diesel::result::Error) -> Error {
        Error::Unreadable(error.to_string())
    }
}

impl ForeignTable {
    /// Opens a table of a file; without a name, the one that has the users by its name.
    ///
    /// # Errors
    /// When the file can't be read, or has no such table.
    pub fn open(file: &Path, table: Option<&str>) -> Result<ForeignTable, Error> {
        use std::os::unix::ffi::OsStrExt;
        let path = percent_encode(file.as_os_str().as_bytes(), NON_ALPHANUMERIC);
        let mut connection = SqliteConnection::establish(&format!("file:{path}?mode=ro"))
            .map_err(|error| Error::Unreadable(error.to_string()))?;
        let tables =
            "name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'";
        let tables: Vec<String> = sql::<Text>(&format!("SELECT {tables} ORDER BY name")).load(&mut connection)?;
        let named = |name: &str| tables.iter().find(|table| table.eq_ignore_ascii_case(name)).cloned();
        let found = match table {
            Some(name) => named(name).ok_or(format!("it has no table {name}")),
            None => USUAL.into_iter().find_map(named).ok_or("no table is called like one of users".to_owned()),
        };
        let table = found.map_err(|why| Error::Table(why, tables.join(", ")))?;
        let columns = sql::<Text>("SELECT name FROM pragma_table_info(").bind::<Text, _>(&table).sql(") ORDER BY cid");
        let columns = columns.load(&mut connection)?;
        Ok(ForeignTable { connection, table, columns })
    }

    /// The names of its columns.
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// How many rows it has.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn count(&mut self) -> Result<u64, Error> {
        let count = format!("SELECT count(*) FROM {}", quoted(&self.table));
        let count: i64 = sql::<diesel::sql_types::BigInt>(&count).get_result(&mut self.connection)?;
        Ok(u64::try_from(count).unwrap_or_default())
    }

    /// Reads some columns of its rows one by one, each as a JSON object, and stops when that is wanted.
    ///
    /// # Errors
    /// When the file can't be read, and what the reader fails with.
    pub fn each<E: From<Error>>(
        &mut self,
        columns: &[String],
        mut row: impl FnMut(&[u8]) -> Result<(), E>,
    ) -> Result<(), E> {
        // Bytes are taken for text: some programs store hashes so. SQLite does not check that a text is UTF-8.
        let cell = |name: &String| {
            let column = quoted(name);
            format!(
                "{}, CASE typeof({column}) WHEN 'blob' THEN CAST({column} AS TEXT) ELSE {column} END",
                literal(name)
            )
        };
        let cells: Vec<String> = columns.iter().map(cell).collect();
        let rows = format!("SELECT CAST(json_object({}) AS BLOB) FROM {}", cells.join(", "), quoted(&self.table));
        let rows = sql::<Binary>(&rows).load_iter::<Vec<u8>, DefaultLoadingMode>(&mut self.connection);
        for next in rows.map_err(Error::from)? {
            row(&next.map_err(Error::from)?)?;
        }
        Ok(())
    }
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}
