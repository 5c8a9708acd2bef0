//! Queries that are asked often, put straight to the engine's own connection.
//!
//! `DbConnection` writes the text of a query twice each time it is asked, which takes longer than SQLite takes to find
//! a few rows by an index. The engine's connection knows a query by its type and writes it once. The query is still
//! written once, for all engines: it must not name a backend, so it selects columns instead of `as_select()`.

use diesel::prelude::*;
use diesel::query_dsl::methods::LoadQuery;

use super::DbConnection;
use super::connection::MultiBackend;

/// The columns that make up a row, without a backend in their type.
pub(crate) type Columns<Row> = <Row as Selectable<MultiBackend>>::SelectExpression;

/// The columns that make up a row.
pub(crate) fn columns<Row: Selectable<MultiBackend>>() -> Columns<Row> {
    Row::construct_selection()
}

/// All rows of a query.
pub(crate) fn load<'query, Q, Row>(connection: &mut DbConnection, query: Q) -> QueryResult<Vec<Row>>
where
    Q: RunQueryDsl<SqliteConnection> + LoadQuery<'query, SqliteConnection, Row>,
{
    match connection {
        DbConnection::Sqlite(sqlite) => query.load(sqlite),
    }
}

/// The one row of a query.
///
/// # Errors
/// [`diesel::NotFound`] when there is none.
pub(crate) fn get_result<'query, Q, Row>(connection: &mut DbConnection, query: Q) -> QueryResult<Row>
where
    Q: RunQueryDsl<SqliteConnection> + LoadQuery<'query, SqliteConnection, Row>,
{
    match connection {
        DbConnection::Sqlite(sqlite) => query.get_result(sqlite),
    }
}
