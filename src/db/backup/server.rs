//! Backups of a database of PostgreSQL, which are the same files: its rows are copied into one, and from one into it.

use std::path::Path;

use diesel::Connection as _;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;

use super::error::{Error, Result};
use super::files::open;
use crate::db::copy::{CopyError, into_file, refill};
use crate::db::{self, Db, DbConnection, PostgresUrl, migrate_alone, postgres, refuse_unknown};

/// Copies what is there now into an empty file.
pub(super) fn copy(url: &PostgresUrl, file: &Path, to: &Path) -> Result<()> {
    let mut from = postgres::open(url)?;
    let mut copied = open(file, "mode=rw")?;
    // Half of it is worthless, so nothing has to be undone; and the whole file is synced at the end.
    copied.batch_execute("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -16000")?;
    into_file(&mut from, copied).map_err(|why| match why {
        CopyError::Database(error @ (db::Error::Newer { .. } | db::Error::Unreachable(_))) => error.into(),
        // Of both it is what failed; a server says of itself that it does not answer.
        CopyError::Database(db::Error::Migration(why)) => Error::Rows { to: to.to_owned(), why: why.to_string() },
        CopyError::Database(db::Error::Statement(why)) => Error::Rows { to: to.to_owned(), why: why.to_string() },
        why => Error::Rows { to: to.to_owned(), why: why.to_string() },
    })
}

/// Refuses a database that others use, or whose tables a newer version has made.
pub(super) fn demand_alone(url: &PostgresUrl) -> Result<()> {
    let DbConnection::Postgres(mut server) = postgres::open(url)? else { return Ok(()) };
    refuse_others(&mut server, url)?;
    match refuse_unknown(postgres::migrations(&mut server)?) {
        Err(db::Error::Newer { unknown, .. }) => Err(Error::IntoNewer { database: url.to_string(), unknown }),
        other => Ok(other?),
    }
}

/// Brings it up to date and replaces everything in it, in one transaction during which nobody else can start.
pub(super) fn replace(url: &PostgresUrl, from: &Db) -> Result<()> {
    let mut to = postgres::open(url)?;
    let mut at_commit = false;
    let replaced = to.transaction(|to| {
        if let DbConnection::Postgres(server) = to {
            postgres::take_migration_lock(server)?;
            refuse_others(server, url)?;
            migrate_alone(server)?;
        }
        refill(from, to)?;
        at_commit = true;
        Ok(())
    });
    replaced.map_err(|error| match error {
        Error::Database(error) | Error::Replace(CopyError::Database(error)) => {
            postgres::what_was_done(error, at_commit).map_or_else(Error::Database, Error::NotReplaced)
        }
        other => other,
    })
}

/// Waits until nobody replaces everything in it any more: a server goes on for a moment after its client was killed.
pub(super) fn wait_until_replaced(url: &PostgresUrl) -> Result<()> {
    let mut connection = postgres::open(url)?;
    connection.transaction(|connection| match connection {
        DbConnection::Postgres(server) => Ok(postgres::take_migration_lock(server)?),
        DbConnection::Sqlite(_) => Ok(()),
    })
}

fn refuse_others(server: &mut PgConnection, url: &PostgresUrl) -> Result<()> {
    match postgres::others(server)? {
        Some(by) => Err(Error::InUse { database: url.to_string(), by }),
        None => Ok(()),
    }
}

/// Takes the lock of whoever brings the database up to date, and waits for it.
pub(super) fn turn_to_upgrade(url: &PostgresUrl) -> Result<DbConnection> {
    let mut connection = postgres::open(url)?;
    if let DbConnection::Postgres(server) = &mut connection {
        postgres::take_upgrade_lock(server)?;
    }
    Ok(connection)
}

/// Takes the lock of whoever makes the backup that is due; none when another node has it.
pub(super) fn turn(url: &PostgresUrl) -> Result<Option<DbConnection>> {
    let mut connection = postgres::open(url)?;
    let DbConnection::Postgres(server) = &mut connection else { return Ok(None) };
    Ok(postgres::try_backup_lock(server)?.then_some(connection))
}
