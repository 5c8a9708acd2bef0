//! Between a server and a file that nobody else uses: for backups, and for what is restored from them.

use diesel::Connection as _;
use diesel::prelude::*;

use super::error::CopyError;
use super::{copy_tables, read, write};
use crate::db::connection::of_sqlite;
use crate::db::tables::{make_tables, tables};
use crate::db::{Db, DbConnection, deadline, postgres, refuse_unknown};

/// Copies all rows of a server's database as they are now into an empty file. Those migrations run on the file that have
/// run on the server, so that a database of an older version is copied as it is.
///
/// # Errors
/// When the database is of a newer version, or one of both did not do as it was asked.
pub(in crate::db) fn into_file(from: &mut DbConnection, mut file: SqliteConnection) -> Result<(), CopyError> {
    let DbConnection::Postgres(server) = from else { return Ok(()) };
    postgres::keep_migrations_out(server)?;
    let versions = postgres::migrations(server)?;
    refuse_unknown(versions.clone())?;
    let tables = make_tables(&mut file, &versions)?;
    let mut file = of_sqlite(file);
    from.transaction(|from| {
        read::hold_still(from, &tables)?;
        if let DbConnection::Postgres(server) = from {
            postgres::let_migrations_in(server)?;
        }
        file.transaction(|file| copy_tables(from, file, &tables, &mut |_| ()))
    })?;
    Ok(())
}

/// Replaces all rows of a server's database by those of a file, in the transaction that has begun there. Both are up to
/// date, and nobody else uses them.
///
/// # Errors
/// When the rows can't be replaced; the transaction has to be rolled back then.
pub(in crate::db) fn refill(from: &Db, to: &mut DbConnection) -> Result<(), CopyError> {
    let tables = tables()?;
    write::prepare(to, deadline())?;
    if let DbConnection::Postgres(server) = to {
        write::empty(server, &tables)?;
    }
    from.on_one_connection(|from| from.transaction(|from| copy_tables(from, to, &tables, &mut |_| ())))?;
    Ok(())
}
