//! Many rows in one statement, which a connection type that stands for several engines can't do.

use diesel::insertable::Insertable;
use diesel::prelude::*;
use diesel::query_builder::InsertStatement;
use diesel::query_dsl::methods::ExecuteDsl;

use super::{DbConnection, Engine, engine};

/// A statement that every engine of this build can execute.
#[cfg(not(feature = "postgres"))]
pub(crate) trait OnEveryEngine: ExecuteDsl<SqliteConnection> {}
#[cfg(not(feature = "postgres"))]
impl<S: ExecuteDsl<SqliteConnection>> OnEveryEngine for S {}

/// A statement that every engine of this build can execute.
#[cfg(feature = "postgres")]
pub(crate) trait OnEveryEngine: ExecuteDsl<SqliteConnection> + ExecuteDsl<PgConnection> {}
#[cfg(feature = "postgres")]
impl<S: ExecuteDsl<SqliteConnection> + ExecuteDsl<PgConnection>> OnEveryEngine for S {}

/// Inserts rows, of which no value is left to the table's defaults. Their number times that of their columns must be
/// below 32,766, the most values that a statement may have on SQLite; PostgreSQL takes twice as many.
pub(crate) fn insert_all<T, V>(connection: &mut DbConnection, table: T, rows: V) -> QueryResult<usize>
where
    V: Insertable<T>,
    InsertStatement<T, V::Values>: OnEveryEngine,
    T: Table,
{
    let insert = diesel::insert_into(table).values(rows);
    match engine(connection) {
        Engine::Sqlite(sqlite) => ExecuteDsl::<SqliteConnection>::execute(insert, sqlite),
        #[cfg(feature = "postgres")]
        Engine::Postgres(postgres) => ExecuteDsl::<PgConnection>::execute(insert, postgres),
    }
}
