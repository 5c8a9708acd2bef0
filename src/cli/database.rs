//! How commands open the database of the configuration, and what they say when it is not there.

use super::error::Error;
use crate::backup::{self, Occasion};
use crate::config::{Config, SecretKey};
use crate::db::Db;

/// How to insist on a new key or database.
pub(super) const INSIST: &str = "start once with VESTIBULE_ALLOW_NEW_KEY_OR_DATABASE=true";

/// Refuses a folder without a database: in a wrong one, an empty database would answer for the real one.
pub(super) fn demand_database(config: &Config) -> Result<(), Error> {
    if let Some(file) = config.database.missing_file() {
        return Err(no_database(file.display()));
    }
    // A server has no file, and what is missing is seen once it is asked.
    if config.database.is_remote() && Db::open(&config.database)?.is_blank()? {
        return Err(no_database(&config.database));
    }
    Ok(())
}

fn no_database(place: impl std::fmt::Display) -> Error {
    Error::Failed(format!(
        "there is no database {place}, or nothing in it: run this in the folder that the server runs in and with its \
         settings, or make a new database with `vestibule migrate`"
    ))
}

/// Opens the database, which is made when it isn't there, and brings it up to date, after a backup of a file that has
/// something in it. Answers which migrations that took.
pub(super) fn open_database(config: &Config) -> Result<(Db, Vec<String>), Error> {
    let lost = is_database_lost(config);
    // Before it is opened, which would make the file.
    if lost && config.database.missing_file().is_some() {
        return Err(database_lost(config));
    }
    let db = Db::open(&config.database)?;
    // A copy of the file without the write-ahead log beside it can be like this.
    let is_blank = db.is_blank()?;
    if lost && is_blank {
        return Err(database_lost(config));
    }
    // A server's database is backed up by its own tools, and there a migration that fails leaves it as it was.
    if !is_blank && !config.database.is_remote() && !db.is_up_to_date()? {
        // A key that can't be used is told elsewhere, to those who need one.
        let key = SecretKey::load(config).ok().flatten();
        backup::make(config, key.as_ref(), Occasion::Upgrade).map_err(|error| {
            Error::Failed(format!("no backup can be made before the database is brought up to date: {error}"))
        })?;
    }
    let ran = db.migrate()?;
    Ok((db, ran))
}

/// Whether a database that is missing was there before. A key that is configured tells nothing: many give one to the
/// first start.
pub(super) fn is_database_lost(config: &Config) -> bool {
    !config.settings.allow_new_key_or_database && SecretKey::file(config).exists()
}

fn database_lost(config: &Config) -> Error {
    let (database, key) = (&config.database, SecretKey::file(config));
    Error::Failed(format!(
        "the database {database} is missing or empty, but its secret key {} is there: restore the database, or check \
         `vestibule.data_dir`, `vestibule.database_url` and what is mounted there. To begin with an empty one, remove \
         the key too, or {INSIST}",
        key.display()
    ))
}
