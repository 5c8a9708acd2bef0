//! A backup as it is stored, which is looked at and copied.

use std::fmt::Display;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use chrono::NaiveDateTime;
use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text, Timestamp};

use super::error::{Error, Result, about};
use super::files::{beside, copy, damage, has_table, open, remove_with_logs};
use super::restored::restoring;
use crate::db::{DatabaseUrl, refuse_newer, sqlite};

/// A backup that can be restored: our own, or a plain copy of a database, which brings no key.
pub struct Backup {
    connection: SqliteConnection,
    file: PathBuf,
    /// When it was made, in UTC; none for a plain copy.
    pub made_at: Option<NaiveDateTime>,
    /// The secret key that belongs to it, in base64, unless it was made without.
    pub secret_key: Option<String>,
}

#[derive(QueryableByName)]
struct About {
    #[diesel(sql_type = Timestamp)]
    made_at: NaiveDateTime,
    #[diesel(sql_type = Nullable<Text>)]
    secret_key: Option<String>,
}

impl Backup {
    /// Opens one, and checks that it is whole and not of a newer version. The file is only read.
    ///
    /// # Errors
    /// Why it can't be restored.
    pub fn open(file: &Path) -> Result<Backup> {
        if !file.metadata().map_err(about(file, "read"))?.is_file() {
            return Err(Error::File { path: file.to_owned(), what: "read", error: io::ErrorKind::IsADirectory.into() });
        }
        let not_a_backup = |why: &dyn Display| Error::NotABackup { path: file.to_owned(), why: why.to_string() };
        // Without a log beside it nobody writes to it, and then SQLite needs no file beside it to read it.
        let with_log = fs::metadata(beside(file, "-wal")).is_ok_and(|log| log.len() > 0);
        let mut connection = open(file, if with_log { "mode=ro" } else { "immutable=1" })?;
        for table in ["users", "__diesel_schema_migrations"] {
            if !has_table(&mut connection, table).map_err(|error| not_a_backup(&error))? {
                return Err(not_a_backup(&format!("it has no table {table}")));
            }
        }
        if let Some(why) = damage(&mut connection)? {
            return Err(not_a_backup(&format!("it is damaged ({why})")));
        }
        refuse_newer(&mut connection)?;
        let about: Option<About> = match has_table(&mut connection, "vestibule_backup")? {
            true => diesel::sql_query("SELECT made_at, secret_key FROM vestibule_backup")
                .get_result(&mut connection)
                .optional()?,
            false => None,
        };
        let (made_at, secret_key) = about.map(|about| (about.made_at, about.secret_key)).unzip();
        Ok(Backup { connection, file: file.to_owned(), made_at, secret_key: secret_key.flatten() })
    }

    /// Copies it to where a restore prepares what takes the place of a database. Answers where that is.
    ///
    /// # Errors
    /// When it can't be written.
    pub fn prepare(&mut self, database: &Path) -> Result<DatabaseUrl> {
        let restoring = restoring(database);
        remove_with_logs(&restoring).map_err(about(&restoring, "removed"))?;
        sqlite::create(&restoring)?;
        copy(&mut self.connection, &self.file, &restoring)?;
        Ok(DatabaseUrl::Sqlite(restoring))
    }
}
