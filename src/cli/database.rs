//! How commands open the database of the configuration, and what they say when it is not there.

use std::path::absolute;

use super::error::Error;
use crate::backup::{self, Occasion};
use crate::config::{Config, SecretKey};
use crate::db::{Db, backup::Turn};

/// Tells how to insist on a new key or database.
pub(super) const INSIST: &str = "start once with VESTIBULE_ALLOW_NEW_KEY_OR_DATABASE=true";

/// Refuses to run without a database: in the wrong folder, a new and empty one would be taken for the real one.
pub(super) fn demand_database(config: &Config) -> Result<(), Error> {
    if let Some(file) = config.database.missing_file() {
        return Err(no_database(file.display()));
    }
    // On a database server there is no file to look for, so the database itself has to be asked.
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

/// A database that is up to date.
pub(super) struct Opened {
    pub db: Db,
    /// The migrations that ran.
    pub ran: Vec<String>,
    /// What to say about a database that was not there before. In the wrong folder, or by the wrong address, it would be
    /// one that no server reads.
    pub made: Option<String>,
}

/// Opens the database, creates it if it doesn't exist, and brings it up to date, after a backup if it is not empty.
pub(super) fn open_database(config: &Config) -> Result<Opened, Error> {
    let lost = is_database_lost(config);
    // Checked before the database is opened, which would create the file.
    let missing = config.database.missing_file().map(|file| absolute(file).unwrap_or(file.to_owned()));
    if lost && missing.is_some() {
        return Err(database_lost(config));
    }
    let db = Db::open(&config.database)?;
    // The file alone can be blank when it was copied without its write-ahead log.
    let is_blank = db.is_blank()?;
    if lost && is_blank {
        return Err(database_lost(config));
    }
    // Two nodes of a new version that start at once would make a backup each, behind which the other one's migration
    // gives up; and the backup of the later one would be of the new tables.
    let turn = if is_blank || db.is_up_to_date()? { None } else { Some(take_turn(config)?) };
    if turn.is_some() && !db.is_up_to_date()? {
        // An unusable key is not reported here, but by the commands that need it.
        let key = SecretKey::load(config).ok().flatten();
        backup::make(config, key.as_ref(), Occasion::Upgrade).map_err(|error| {
            Error::Failed(format!("no backup can be made before the database is brought up to date: {error}"))
        })?;
    }
    let ran = db.migrate()?;
    drop(turn);
    let made = match missing {
        Some(file) => Some(format!("Made a new database, since there was none: {}", file.display())),
        // A server has the database already, and nothing in it. Of two that start at once, the second made nothing.
        None if config.database.is_remote() && is_blank && !ran.is_empty() => {
            Some(format!("Made the tables of a new database, since there were none: {}", config.database))
        }
        None => None,
    };
    Ok(Opened { db, ran, made })
}

/// Waits for the turn to bring the database up to date.
fn take_turn(config: &Config) -> Result<Turn, Error> {
    Turn::to_upgrade(&config.database).map_err(|error| {
        Error::Failed(format!(
            "the database has to be brought up to date, and the turn of this node to do that did not come: {error}. This \
             node has changed nothing. If another one needs so long for it, try again when it has ended"
        ))
    })
}

/// Whether a missing database must have existed before, because its key file does. A key in the settings proves
/// nothing: many set one before the first start.
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
