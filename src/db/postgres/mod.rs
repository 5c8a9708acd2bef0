//! What PostgreSQL needs for itself: how a connection is opened, the lock of those who write, and that of migrations.

mod collation;
mod deadlock;
mod others;
mod url;

use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;

use super::{DbConnection, Error, Result};

pub use self::url::PostgresUrl;
pub(super) use collation::compare_by_bytes;
pub(super) use deadlock::met_one as met_a_deadlock;
pub(super) use others::others;

/// Connections for reading that one process has at most.
pub(super) const READERS: u32 = 8;

/// Connections for writing: one works, the others wait for the lock already, or for the disk.
pub(super) const WRITERS: u32 = 4;

/// Threads that open connections. More than one, since a server may keep each waiting for a while.
pub(super) const OPENERS: usize = 6;

/// How long a caller waits for a connection.
pub(super) const CONNECTION_WAIT: Duration = Duration::from_secs(2);

/// How long a request waits for its answer in any case, even from a server that is frozen: for its turn, and for the
/// slowest statement.
pub(super) const ANSWER_WAIT: Duration = Duration::from_secs(10);

/// No statement may take longer, and none is awaited for longer inside of a transaction.
const BOUNDS: &str = "SET statement_timeout = '5s'; SET idle_in_transaction_session_timeout = '10s'; \
                      SET default_transaction_isolation = 'read committed'";

/// Who holds this writes, in whatever process; all others wait. It is what a SQLite file gives by itself.
const WRITE_LOCK: i64 = 0x7665_7374_6962_0001;

/// Who holds this changes the schema.
const MIGRATION_LOCK: i64 = 0x7665_7374_6962_0002;

/// Who holds this makes the backup that is due.
const BACKUP_LOCK: i64 = 0x7665_7374_6962_0003;

/// Who holds this brings the database up to date, after a backup.
const UPGRADE_LOCK: i64 = 0x7665_7374_6962_0004;

/// Opens a connection.
pub(super) fn open(url: &PostgresUrl) -> Result<DbConnection> {
    let opened = PgConnection::establish(&url.for_libpq());
    let mut connection = opened.map_err(|error| Error::Unreachable(in_one_line(&error.to_string())))?;
    connection.batch_execute(BOUNDS)?;
    deadlock::watch(&mut connection);
    Ok(DbConnection::Postgres(connection))
}

/// Takes the lock of those who write until the end of the transaction, and waits for it no longer than that. The wait
/// for the lock of a row is bounded the same.
///
/// The commit does not wait for the disk, or the lock would be held as long: see [`wait_for_disk`].
pub(super) fn take_write_lock(connection: &mut PgConnection, wait: Duration) -> QueryResult<()> {
    // Zero would be no bound.
    let wait = wait.as_millis().max(1);
    connection.batch_execute(&format!(
        "SET LOCAL lock_timeout = {wait}; SET LOCAL synchronous_commit = off; SELECT pg_advisory_xact_lock({WRITE_LOCK})"
    ))
}

/// Waits until a transaction that was committed is on the disk, and on whichever standby the server waits for. Nobody is
/// told before that it was done.
///
/// The log of the server is one sequence: once this message is on the disk, all that came before it is. Those who wait
/// at the same time wait for the disk together.
pub(super) fn wait_for_disk(connection: &mut PgConnection) -> QueryResult<()> {
    connection.batch_execute("SELECT pg_logical_emit_message(true, 'vestibule', '')")
}

/// Takes the lock of those who change the schema until the end of the transaction. Migrations may take longer than what
/// people wait for.
pub(super) fn take_migration_lock(connection: &mut PgConnection) -> QueryResult<()> {
    connection.batch_execute(&format!(
        "SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = '10min'; \
         SELECT pg_advisory_xact_lock({MIGRATION_LOCK})"
    ))
}

/// Waits until no migration runs, and lets none begin until [`let_migrations_in`] or the end of this connection, on which
/// nothing is bounded any more that people wait for.
pub(super) fn keep_migrations_out(connection: &mut PgConnection) -> QueryResult<()> {
    connection.batch_execute(&format!(
        "SET statement_timeout = 0; SET lock_timeout = '10min'; SELECT pg_advisory_lock_shared({MIGRATION_LOCK})"
    ))
}

/// Lets migrations begin again.
pub(super) fn let_migrations_in(connection: &mut PgConnection) -> QueryResult<()> {
    connection.batch_execute(&format!("SELECT pg_advisory_unlock_shared({MIGRATION_LOCK})"))
}

/// Takes the lock of whoever makes the backup that is due, until the end of this connection, unless another node has it.
pub(super) fn try_backup_lock(connection: &mut PgConnection) -> QueryResult<bool> {
    let locked = diesel::dsl::sql::<diesel::sql_types::Bool>(&format!("pg_try_advisory_lock({BACKUP_LOCK})"));
    diesel::select(locked).get_result(connection)
}

/// Takes the lock of whoever brings the database up to date, until the end of this connection, and waits for another node
/// that has it: for its backup and its migrations.
pub(super) fn take_upgrade_lock(connection: &mut PgConnection) -> QueryResult<()> {
    connection.batch_execute(&format!(
        "SET statement_timeout = 0; SET lock_timeout = '10min'; SELECT pg_advisory_lock({UPGRADE_LOCK})"
    ))
}

/// Keeps everybody else from writing until the end of the transaction of a migration. A node takes this lock first and
/// the tables then, so whoever changes the tables takes them in the same order, or each would wait for the other.
///
/// Behind a change that waits for a table, as for the end of a backup, everyone waits who wants to read it. So it waits
/// for three seconds, and is given up then.
pub(super) fn keep_writers_out(connection: &mut PgConnection) -> QueryResult<()> {
    connection.batch_execute(&format!("SET LOCAL lock_timeout = '3s'; SELECT pg_advisory_xact_lock({WRITE_LOCK})"))
}

/// The failure of migrations, with what to do next; `at_commit` when it was the commit that failed. What PostgreSQL says
/// is in its own language, so that it waited too long can't be told from the rest.
pub(super) fn say_what_was_done(error: Error, at_commit: bool) -> Error {
    match what_was_done(error, at_commit) {
        Ok(why) => Error::Migration(why.into()),
        Err(other) => other,
    }
}

/// The same of any change of the whole database, as a sentence; what says by itself what to do stays as it is.
pub(super) fn what_was_done(error: Error, at_commit: bool) -> std::result::Result<String, Error> {
    let (why, next) = match error {
        Error::Statement(why) if at_commit && is_connection_gone(&why) => (why.to_string(), PERHAPS),
        Error::Statement(why) => (why.to_string(), NOTHING),
        Error::Migration(why) => (why.to_string(), NOTHING),
        other => return Err(other),
    };
    Ok(format!("{}. {next}", in_one_line(&why)))
}

const NOTHING: &str = "Nothing was changed. If something else was using the tables, such as a backup or a long \
                       transaction, try again when it has ended";

const PERHAPS: &str = "The connection was lost at the very end, so either all of it was done or nothing. Try again, \
                       which does what is missing";

/// Whether a statement failed because nobody answered, and not because the server refused it.
fn is_connection_gone(error: &diesel::result::Error) -> bool {
    use diesel::result::DatabaseErrorKind::{ClosedConnection, UnableToSendCommand};
    use diesel::result::Error::DatabaseError;
    matches!(error, DatabaseError(ClosedConnection | UnableToSendCommand, _))
}

/// The versions of the migrations that have run. Changes nothing, unlike Diesel, which makes the table of them first.
pub(super) fn migrations(connection: &mut PgConnection) -> QueryResult<Vec<String>> {
    use diesel::dsl::sql;
    use diesel::sql_types::Bool;
    let has = sql::<Bool>("to_regclass('__diesel_schema_migrations') IS NOT NULL");
    if !diesel::select(has).get_result(connection)? {
        return Ok(Vec::new());
    }
    sql::<Text>("SELECT version FROM __diesel_schema_migrations").load(connection)
}

/// Whether a transaction may write: on a standby none may.
pub(super) fn can_write(connection: &mut PgConnection) -> QueryResult<bool> {
    let may = diesel::dsl::sql::<diesel::sql_types::Bool>("current_setting('transaction_read_only') = 'off'");
    diesel::select(may).get_result(connection)
}

/// Refuses a database that can't hold what people are called.
pub(super) fn refuse_other_encoding(connection: &mut PgConnection) -> Result<()> {
    #[derive(QueryableByName)]
    struct Encoding {
        #[diesel(sql_type = Text)]
        server_encoding: String,
    }
    let Encoding { server_encoding } = diesel::sql_query("SHOW server_encoding").get_result(connection)?;
    if server_encoding == "UTF8" {
        return Ok(());
    }
    Err(Error::Unreachable(format!(
        "its encoding is {server_encoding}: make another one with ENCODING 'UTF8' TEMPLATE template0"
    )))
}

/// libpq writes some lines, indented by tabs.
fn in_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
