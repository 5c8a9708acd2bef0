//! Puts what was restored in the place of the database, and finishes that when it was interrupted.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text};

use super::error::{Error, Result, about};
use super::files::{beside, has_table, open, remove, remove_with_logs};
use crate::db::draft::sync_folder_of;

/// What a restore has made, ready to take the place of the database, which it does when [`Restored::finish`] is called.
/// Nobody else may use the database in the meantime.
pub struct Restored {
    path: PathBuf,
    restored: PathBuf,
}

impl Restored {
    /// Decides that what was prepared takes the place of the database. All connections to it have
    /// been closed. The key is the one that belongs to it, if the present one does not.
    ///
    /// # Errors
    /// When it can't be written; then the database stays as it is.
    pub fn decide(path: &Path, secret_key: Option<&str>) -> Result<Restored> {
        let (restoring, restored) = (restoring(path), beside(path, ".restored"));
        let mut connection = open(&restoring, "mode=rw")?;
        leave_the_log(&mut connection)?;
        connection.batch_execute(
            "PRAGMA secure_delete = ON; DROP TABLE IF EXISTS vestibule_backup; \
             DROP TABLE IF EXISTS vestibule_restored; CREATE TABLE vestibule_restored (secret_key TEXT)",
        )?;
        diesel::sql_query("INSERT INTO vestibule_restored (secret_key) VALUES (?)")
            .bind::<Nullable<Text>, _>(secret_key)
            .execute(&mut connection)?;
        drop(connection);
        let renamed = fs::File::open(&restoring).and_then(|file| {
            file.sync_all()?;
            fs::rename(&restoring, &restored)?;
            sync_folder_of(&restored)
        });
        renamed.map_err(about(&restored, "written"))?;
        Ok(Restored { path: path.to_owned(), restored })
    }

    /// What was decided and not finished, because the process was killed. What was not decided is removed.
    ///
    /// # Errors
    /// When a file can't be removed.
    pub fn unfinished(path: &Path) -> Result<Option<Restored>> {
        remove_prepared(path)?;
        let restored = beside(path, ".restored");
        Ok(restored.exists().then(|| Restored { path: path.to_owned(), restored }))
    }

    /// Puts the key into its place with `keep_key`, and the database too. It can be done again when it was interrupted.
    ///
    /// # Errors
    /// Those of `keep_key`, and when a file can't be written.
    pub fn finish<E: From<Error>>(
        self,
        keep_key: impl FnOnce(&str) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let Restored { path, restored } = self;
        let mut connection = open(&restored, "mode=rw")?;
        // Without the table, this has been done already.
        if has_table(&mut connection, "vestibule_restored").map_err(Error::from)? {
            let keys = diesel::sql_query("SELECT secret_key FROM vestibule_restored").load(&mut connection);
            let mut keys: Vec<Key> = keys.map_err(Error::from)?;
            if let Some(Key { secret_key: Some(key) }) = keys.pop() {
                keep_key(&key)?;
            }
        }
        let forget = "PRAGMA secure_delete = ON; PRAGMA synchronous = FULL; DROP TABLE IF EXISTS vestibule_restored";
        connection.batch_execute(forget).map_err(Error::from)?;
        drop(connection);
        // The log of the former database must not be read into the new one.
        let replaced = ["-wal", "-shm", "-journal"].iter().try_for_each(|end| remove(&beside(&path, end)));
        let replaced = replaced.and_then(|()| fs::rename(&restored, &path)).and_then(|()| sync_folder_of(&path));
        Ok(replaced.map_err(about(&path, "written"))?)
    }
}

/// Puts what is in the log into the file itself. That works only when nobody else has it open, and the threads of a pool
/// close their connections a moment after it was dropped.
fn leave_the_log(connection: &mut SqliteConnection) -> Result<()> {
    let give_up = Instant::now() + Duration::from_secs(5);
    loop {
        match connection.batch_execute("PRAGMA journal_mode = DELETE") {
            Err(_) if Instant::now() < give_up => std::thread::sleep(Duration::from_millis(10)),
            left => return Ok(left?),
        }
    }
}

/// Removes what was prepared beside a database and not decided.
///
/// # Errors
/// When a file can't be removed.
pub fn remove_prepared(database: &Path) -> Result<()> {
    let restoring = restoring(database);
    remove_with_logs(&restoring).map_err(about(&restoring, "removed"))
}

/// Where a restore prepares what takes the place of a database.
pub(super) fn restoring(database: &Path) -> PathBuf {
    beside(database, ".restoring")
}

#[derive(QueryableByName)]
struct Key {
    #[diesel(sql_type = Nullable<Text>)]
    secret_key: Option<String>,
}
