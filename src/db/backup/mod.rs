//! Backups: the whole database in one SQLite file, written while others go on, with the secret key in a table of its
//! own; and what is needed to put one in the place of a database, so that a process that is killed in between leaves
//! the one or the other.
//!
//! A database of PostgreSQL is backed up by what comes with it ([`Error::OfAServer`]).
//!
//! What a restore makes is written to `….restoring`. Renaming it to `….restored` decides: from then on the restore
//! happens, and whoever opens the database next finishes it ([`Restored`]).

mod error;
mod files;
mod restored;
mod stored;

use std::path::Path;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text, Timestamp};

use super::draft::{Draft, remove_abandoned};
use super::{DatabaseUrl, now};
use error::{Result, about};
use files::{copy, demand_room};
pub(super) use files::{damage, open};
pub use files::{file_of, files_of};

pub use error::Error;
pub use restored::Restored;
pub use stored::Backup;

/// Removes what processes left behind in a folder that were killed while they wrote backups with such names.
///
/// # Errors
/// When the folder can't be read, or a file can't be removed.
pub fn remove_drafts(folder: &Path, is_meant: impl Fn(&str) -> bool) -> Result<()> {
    remove_abandoned(folder, is_meant).map_err(about(folder, "cleared of unfinished backups"))
}

/// Writes a backup of what was committed when this was called, and perhaps of what is committed until it is done.
/// The file is for our own eyes only, and takes the place of one that is there once it is whole.
///
/// # Errors
/// When the database can't be read or the file can't be written; then the file is as it was.
pub fn write(database: &DatabaseUrl, secret_key: Option<&str>, to: &Path) -> Result<()> {
    let path = file_of(database)?;
    let draft = Draft::of(to).map_err(about(to, "written"))?;
    let made_at = now();
    let mut connection = open(path, "mode=rw")?;
    demand_room(&mut connection, to)?;
    copy(&mut connection, path, draft.path())?;
    drop(connection);
    let mut copied = open(draft.path(), "mode=rw")?;
    // Nobody else sees the draft, and one of a process that is killed is worthless: no journal beside it.
    copied.batch_execute("PRAGMA journal_mode = MEMORY; DROP TABLE IF EXISTS vestibule_backup;")?;
    copied.batch_execute(
        "CREATE TABLE vestibule_backup (made_at TIMESTAMP NOT NULL, version TEXT NOT NULL, secret_key TEXT)",
    )?;
    diesel::sql_query("INSERT INTO vestibule_backup (made_at, version, secret_key) VALUES (?, ?, ?)")
        .bind::<Timestamp, _>(made_at)
        .bind::<Text, _>(env!("CARGO_PKG_VERSION"))
        .bind::<Nullable<Text>, _>(secret_key)
        .execute(&mut copied)?;
    // A backup that is not whole would be found out when it is too late.
    if let Some(why) = damage(&mut copied)? {
        return Err(Error::Copy { from: draft.path().to_owned(), to: to.to_owned(), why });
    }
    drop(copied);
    draft.finish().map_err(about(to, "written"))
}
