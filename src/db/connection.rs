//! The connection type that stands for every engine of this build. A file of its own, because what the derive writes has
//! no docs.
#![allow(missing_docs, reason = "the derive writes public items without docs")]

use diesel::prelude::*;

/// What writes the queries for it.
pub(super) type Backend = <DbConnection as Connection>::Backend;

/// A connection to the one engine that this build knows, so that nothing chooses between engines for each query.
#[cfg(not(feature = "postgres"))]
pub type DbConnection = SqliteConnection;

/// A connection to any of the engines that this build knows.
#[cfg(feature = "postgres")]
#[derive(diesel::MultiConnection)]
pub enum DbConnection {
    /// An embedded SQLite file.
    Sqlite(SqliteConnection),
    /// A PostgreSQL server.
    Postgres(PgConnection),
}

/// The engine's own connection, for what each engine does in its own way.
pub(super) enum Engine<'c> {
    Sqlite(&'c mut SqliteConnection),
    #[cfg(feature = "postgres")]
    Postgres(&'c mut PgConnection),
}

/// The engine's own connection behind one that stands for every engine.
pub(super) fn engine(connection: &mut DbConnection) -> Engine<'_> {
    #[cfg(not(feature = "postgres"))]
    return Engine::Sqlite(connection);
    #[cfg(feature = "postgres")]
    match connection {
        DbConnection::Sqlite(sqlite) => Engine::Sqlite(sqlite),
        DbConnection::Postgres(postgres) => Engine::Postgres(postgres),
    }
}

/// A connection to SQLite as one that stands for every engine.
pub(super) fn of_sqlite(sqlite: SqliteConnection) -> DbConnection {
    #[cfg(not(feature = "postgres"))]
    return sqlite;
    #[cfg(feature = "postgres")]
    DbConnection::Sqlite(sqlite)
}
