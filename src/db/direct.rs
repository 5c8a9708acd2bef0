//! Queries that are asked often, put straight to the engine's own connection.
//!
//! A `DbConnection` that stands for several engines writes the text of a query twice each time it is asked, which takes
//! longer than SQLite takes to find a few rows by an index. The engine's connection knows a query by its type and writes
//! its text once. There is still one query for all engines: it must not name a backend, so it selects columns instead of
//! `as_select()`.

use diesel::prelude::*;
use diesel::query_dsl::methods::LoadQuery;

use super::connection::Backend;
use super::{DbConnection, Engine, engine};

/// The columns that make up a row, without a backend in their type.
pub(crate) type Columns<Row> = <Row as Selectable<Backend>>::SelectExpression;

/// The columns that make up a row.
pub(crate) fn columns<Row: Selectable<Backend>>() -> Columns<Row> {
    Row::construct_selection()
}

/// What every engine of this build can answer with such rows.
#[cfg(feature = "postgres")]
pub(crate) trait Query<'query, Row>:
    OnSqlite<'query, Row> + RunQueryDsl<PgConnection> + LoadQuery<'query, PgConnection, Row>
{
}

#[cfg(feature = "postgres")]
impl<'query, Row, Q> Query<'query, Row> for Q where
    Q: OnSqlite<'query, Row> + RunQueryDsl<PgConnection> + LoadQuery<'query, PgConnection, Row>
{
}

/// What every engine of this build can answer with such rows.
#[cfg(not(feature = "postgres"))]
pub(crate) trait Query<'query, Row>: OnSqlite<'query, Row> {}

#[cfg(not(feature = "postgres"))]
impl<'query, Row, Q: OnSqlite<'query, Row>> Query<'query, Row> for Q {}

/// What SQLite can answer with such rows.
pub(crate) trait OnSqlite<'query, Row>:
    RunQueryDsl<SqliteConnection> + LoadQuery<'query, SqliteConnection, Row>
{
}

impl<'query, Row, Q> OnSqlite<'query, Row> for Q where
    Q: RunQueryDsl<SqliteConnection> + LoadQuery<'query, SqliteConnection, Row>
{
}

/// All rows of a query.
pub(crate) fn load<'query, Q: Query<'query, Row>, Row>(
    connection: &mut DbConnection,
    query: Q,
) -> QueryResult<Vec<Row>> {
    match engine(connection) {
        Engine::Sqlite(sqlite) => RunQueryDsl::<SqliteConnection>::load(query, sqlite),
        #[cfg(feature = "postgres")]
        Engine::Postgres(postgres) => RunQueryDsl::<PgConnection>::load(query, postgres),
    }
}

/// The one row of a query.
///
/// # Errors
/// [`diesel::NotFound`] when there is none.
pub(crate) fn get_result<'query, Q: Query<'query, Row>, Row>(
    connection: &mut DbConnection,
    query: Q,
) -> QueryResult<Row> {
    match engine(connection) {
        Engine::Sqlite(sqlite) => RunQueryDsl::<SqliteConnection>::get_result(query, sqlite),
        #[cfg(feature = "postgres")]
        Engine::Postgres(postgres) => RunQueryDsl::<PgConnection>::get_result(query, postgres),
    }
}
