//! `vestibule migrate`

use std::path::absolute;

use super::database::open_database;
use super::error::Error;
use super::output::say;
use crate::backup;
use crate::config::Config;

pub(super) fn run() -> Result<(), Error> {
    let config = Config::load()?;
    let missing = config.database.missing_file().map(|file| absolute(file).unwrap_or(file.to_owned()));
    let lock = config.lock_data_dir()?;
    let _in_use = config.use_data_dir()?;
    backup::finish(&config)?;
    let (_, ran) = open_database(&config)?;
    drop(lock);
    if let Some(file) = missing {
        say(&format!("Made a new database, since there was none: {}", file.display()));
    }
    match ran.as_slice() {
        [] => say("The database is up to date."),
        ran => say(&format!("The database is now up to date. Migrations that ran: {}", ran.join(", "))),
    }
    Ok(())
}
