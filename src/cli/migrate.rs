//! `vestibule migrate`

use super::error::Error;
use super::output::say;
use crate::config::Config;
use crate::db::Db;

pub(super) fn run() -> Result<(), Error> {
    let config = Config::load()?;
    let lock = config.lock_data_dir()?;
    let ran = Db::open(&config.database)?.migrate()?;
    drop(lock);
    match ran.as_slice() {
        [] => say("The database is up to date."),
        ran => say(&format!("The database is up to date now. Migrations that ran: {}", ran.join(", "))),
    }
    Ok(())
}
