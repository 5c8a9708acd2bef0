//! A table of a SQLite file, such as that of a Flask app.

use super::columns::Columns;
use super::feed::{Feed, Stop};
use super::json_rows::{row_of_texts, said};
use crate::accounts::user::import::Wrong;
use crate::db::{ForeignTable, ForeignTableError};

impl From<ForeignTableError> for Stop {
    fn from(error: ForeignTableError) -> Stop {
        Stop::Broken(error.to_string())
    }
}

/// Reads its rows. Messages give the number of the row as the line.
pub(super) fn read(mut table: ForeignTable, columns: &mut Columns, feed: &mut Feed) -> Result<(), Stop> {
    let heading = columns.heading(table.columns()).map_err(Stop::Broken)?;
    let used = table.columns().iter().zip(heading).filter(|(_, column)| column.is_some());
    let used: Vec<String> = used.map(|(name, _)| name.clone()).collect();
    let mut line = 0;
    table.each(&used, |row| {
        line += 1;
        let object = serde_json::from_slice(row).map_err(|error| Wrong::new(line, said(&error)));
        feed.push(object.and_then(|object| row_of_texts(line, object, columns)))
    })
}
