//! Backups: the whole database in one SQLite file, written while others go on, with the secret key in a table of its
//! own; and what is needed to put one in the place of a database, so that a process that is killed in between leaves
//! the one or the other.
//!
//! What a restore makes is written to `….restoring`. Renaming it to `….restored` decides: from then on the restore
//! happens, and whoever opens the database next finishes it ([`Restored`]). On a server one transaction decides.

mod error;
mod files;
mod restored;
#[cfg(feature = "postgres")]
mod server;
mod stored;

use std::path::Path;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text, Timestamp};

use super::DbConnection;
use super::draft::{Draft, remove_abandoned};
use super::{DatabaseUrl, Db, now};
use error::{Result, about};
use files::{copy, demand_room};
pub(super) use files::{damage, open};
pub use files::{file_of, files_of};

pub use error::Error;
pub use restored::{Restored, remove_prepared};
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
    let draft = Draft::of(to).map_err(about(to, "written"))?;
    let made_at = now();
    match database {
        DatabaseUrl::Sqlite(path) => {
            let mut connection = open(path, "mode=rw")?;
            demand_room(&mut connection, to)?;
            copy(&mut connection, path, draft.path())?;
        }
        #[cfg(feature = "postgres")]
        DatabaseUrl::Postgres(url) => server::copy(url, draft.path(), to)?,
    }
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

/// Refuses the database of a server when others are connected to it, or when it is of a newer version. Who uses a file is
/// told by the data folder, and there is no file that can't be replaced.
///
/// # Errors
/// Who uses it, or what to do with a newer one.
pub fn demand_alone(database: &DatabaseUrl) -> Result<()> {
    match database {
        DatabaseUrl::Sqlite(_) => Ok(()),
        #[cfg(feature = "postgres")]
        DatabaseUrl::Postgres(url) => server::demand_alone(url),
    }
}

/// Replaces everything in the database of a server by what was prepared, in one transaction. A file is replaced by
/// [`Restored`].
///
/// # Errors
/// Why it was not replaced; then it is as it was, unless the error says that this is not known.
#[cfg_attr(not(feature = "postgres"), allow(unused_variables, reason = "there is no server"))]
pub fn replace(database: &DatabaseUrl, prepared: &Db) -> Result<()> {
    match database {
        DatabaseUrl::Sqlite(_) => Ok(()),
        #[cfg(feature = "postgres")]
        DatabaseUrl::Postgres(url) => server::replace(url, prepared),
    }
}

/// Waits until a restore into the database of a server is over, whose process was killed.
///
/// # Errors
/// When the database can't be reached.
pub fn wait_until_replaced(database: &DatabaseUrl) -> Result<()> {
    match database {
        DatabaseUrl::Sqlite(_) => Ok(()),
        #[cfg(feature = "postgres")]
        DatabaseUrl::Postgres(url) => server::wait_until_replaced(url),
    }
}

/// The turn to do something that one of several nodes does at a time, as long as it is held. A file has no nodes.
#[derive(Default)]
pub struct Turn {
    /// Whose lock is the turn.
    _connection: Option<DbConnection>,
}

impl Turn {
    /// Takes the turn to make the backup that is due, unless another node has it.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub fn take(database: &DatabaseUrl) -> Result<Option<Turn>> {
        match database {
            DatabaseUrl::Sqlite(_) => Ok(Some(Turn::default())),
            #[cfg(feature = "postgres")]
            DatabaseUrl::Postgres(url) => {
                Ok(server::turn(url)?.map(|connection| Turn { _connection: Some(connection) }))
            }
        }
    }

    /// Takes the turn to bring the database up to date, after a backup. Waits for another node that has it, which has
    /// perhaps done it then.
    ///
    /// # Errors
    /// When the database can't be reached, or the other node has the turn for very long.
    pub fn to_upgrade(database: &DatabaseUrl) -> Result<Turn> {
        match database {
            DatabaseUrl::Sqlite(_) => Ok(Turn::default()),
            #[cfg(feature = "postgres")]
            DatabaseUrl::Postgres(url) => Ok(Turn { _connection: Some(server::turn_to_upgrade(url)?) }),
        }
    }
}
