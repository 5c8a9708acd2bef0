//! What keeps those who write apart, so that a change may look first and then decide.

use std::time::Instant;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;

#[cfg(feature = "postgres")]
use super::postgres;
use super::{DbConnection, Engine, engine, sqlite};

/// From here on nobody else writes until the end of the transaction, so what it looks at stays as it is.
///
/// On SQLite a transaction that reads first and writes later fails at once when another process wrote in between. A
/// statement that writes nothing, put first, takes the write lock and waits for it.
pub(super) fn take_write_lock(connection: &mut DbConnection, deadline: Instant) -> QueryResult<()> {
    let wait = deadline.saturating_duration_since(Instant::now());
    match engine(connection) {
        Engine::Sqlite(sqlite) => {
            sqlite::wait_at_most(sqlite, wait)?;
            sqlite.batch_execute("DELETE FROM user_roles WHERE 1 = 0")
        }
        #[cfg(feature = "postgres")]
        Engine::Postgres(postgres) => postgres::take_write_lock(postgres, wait),
    }
}
