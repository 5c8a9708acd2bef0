//! `vestibule migrate`

use super::database::{Opened, open_database};
use super::error::Error;
use super::output::say;
use crate::backup;
use crate::config::Config;

pub(super) fn run() -> Result<(), Error> {
    let config = Config::load()?;
    let lock = config.lock_data_dir()?;
    let _in_use = config.use_data_dir()?;
    backup::finish(&config)?;
    let Opened { ran, made, .. } = open_database(&config)?;
    drop(lock);
    if let Some(made) = made {
        say(&made);
    }
    match ran.as_slice() {
        [] => say("The database is up to date."),
        ran => say(&format!("The database is now up to date. Migrations that ran: {}", ran.join(", "))),
    }
    Ok(())
}
