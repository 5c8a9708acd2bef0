//! The connection type that stands for every engine. A file of its own, because what the derive writes has no docs.
#![allow(missing_docs, reason = "the derive writes public items without docs")]

use diesel::prelude::*;

/// A connection to any of the engines that this build knows.
#[derive(diesel::MultiConnection)]
pub enum DbConnection {
    /// An embedded SQLite file.
    Sqlite(SqliteConnection),
    /// A PostgreSQL server.
    #[cfg(feature = "postgres")]
    Postgres(PgConnection),
}
