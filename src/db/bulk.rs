//! Many rows in one statement, which the connection type that stands for every engine can't do.

use diesel::insertable::Insertable;
use diesel::prelude::*;
use diesel::query_builder::InsertStatement;
use diesel::query_dsl::methods::ExecuteDsl;

use super::DbConnection;

/// Inserts rows, of which no value is left to the table's defaults. Their number times that of their columns must be
/// below 32,766, the most values that a statement may have on SQLite.
pub(crate) fn insert_all<T, V>(connection: &mut DbConnection, table: T, rows: V) -> QueryResult<usize>
where
    V: Insertable<T>,
    InsertStatement<T, V::Values>: ExecuteDsl<SqliteConnection>,
    T: Table,
{
    match connection {
        DbConnection::Sqlite(sqlite) => ExecuteDsl::execute(diesel::insert_into(table).values(rows), sqlite),
    }
}
