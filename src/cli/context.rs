//! What a command works with: the configuration, and the accounts on an up-to-date database.
//!
//! The first start creates the data folder, then the database, and the secret key last. If only one of database and key
//! is there, the other was lost or is elsewhere. Creating a new one would hide that: all logins would end, or all
//! accounts would seem to be gone.

use std::fs::File;

use super::database::{INSIST, Opened, demand_database, is_database_lost, open_database};
use super::error::Error;
use super::output::say;
use super::secret;
use crate::accounts::user::{self, import};
use crate::accounts::{Accounts, key_check};
use crate::backup;
use crate::config::{Config, SecretKey};
use crate::db::Db;
use crate::http::links::Links;

/// What a command works with.
pub(super) struct Context {
    pub config: Config,
    pub accounts: Accounts,
    pub key: SecretKey,
    /// Prevents a restore as long as it is held.
    pub in_use: File,
}

impl Context {
    /// Opens the configured database, which must exist, and brings it up to date.
    pub fn open() -> Result<Context, Error> {
        let config = Config::load()?;
        if !is_database_lost(&config) {
            demand_database(&config)?;
        }
        Context::make(config)
    }

    /// The same for commands that may run first: creates a missing database, and says where, because in the wrong
    /// folder it would be one that no server reads.
    pub fn make_and_say(config: Config) -> Result<Context, Error> {
        let (context, made) = Context::with_what_was_made(config)?;
        if let Some(made) = made {
            say(&format!(
                "{made}\nIf your server runs already, it uses another one: run this in its folder and with its settings."
            ));
        }
        Ok(context)
    }

    /// The same without a message, for a server, which reports its data itself.
    pub fn make(config: Config) -> Result<Context, Error> {
        Ok(Context::with_what_was_made(config)?.0)
    }

    fn with_what_was_made(config: Config) -> Result<(Context, Option<String>), Error> {
        // Other processes that start at the same time wait here until everything is created.
        let lock = config.lock_data_dir()?;
        let in_use = config.use_data_dir()?;
        backup::finish(&config)?;
        secret::finish(&config)?;
        let key = SecretKey::load(&config)?;
        let Opened { db, made, .. } = open_database(&config)?;
        let key = match key {
            Some(key) => checked(&config, &db, key)?,
            None => new_key(&config, &db)?,
        };
        drop(lock);
        let accounts = Accounts::new(&config, db, key.clone());
        // Finishes an import that was killed after its commit, so that nobody sees only a part of it.
        import::finish(&accounts, |_| ())?;
        Ok((Context { config, accounts, key, in_use }, made))
    }

    /// Makes the links that people are given.
    pub fn links(&self) -> Result<Links, Error> {
        let rocket: rocket::Config = self.config.figment.extract().map_err(|error| Error::Failed(error.to_string()))?;
        Ok(Links::new(&self.config.origins, rocket.port))
    }
}

/// Creates a new key, unless the database was used with one.
fn new_key(config: &Config, db: &Db) -> Result<SecretKey, Error> {
    let insists = config.settings.allow_new_key_or_database;
    let (database, key) = (&config.database, SecretKey::file(config));
    if !insists && user::count_in(db)? > 0 {
        return Err(Error::Failed(format!(
            "there is no secret key {}, but the database {database} has accounts: restore the key from a backup, or \
             say where it is with VESTIBULE_SECRET_KEY_FILE or `vestibule.data_dir`. To go on with a new one, {INSIST}; \
             then everyone is logged out and every token stops working",
            key.display()
        )));
    }
    if !insists && key_check::has_one(db)? {
        return Err(Error::Failed(format!(
            "there is no secret key {}, but the database {database} is used with one already: copy it there from the \
             node that made it (mode 600), or give all nodes the same VESTIBULE_SECRET_KEY. To go on with a new one, \
             {INSIST}",
            key.display()
        )));
    }
    let made = SecretKey::create(config)?;
    if key_check::is_right(db, &made, insists)? {
        return Ok(made);
    }
    // Another node was faster, so this key is useless, and would prevent the next start if it stayed.
    std::fs::remove_file(&key)?;
    Err(wrong_key(config))
}

/// Returns an existing key if the database was used with it.
fn checked(config: &Config, db: &Db, key: SecretKey) -> Result<SecretKey, Error> {
    match key_check::is_right(db, &key, config.settings.allow_new_key_or_database)? {
        true => Ok(key),
        false => Err(wrong_key(config)),
    }
}

fn wrong_key(config: &Config) -> Error {
    let (database, key) = (&config.database, SecretKey::file(config));
    Error::Failed(format!(
        "the database {database} is used with another secret key: copy the key of the node that made it to {}, or give \
         all nodes the same VESTIBULE_SECRET_KEY. To go on with this one instead, {INSIST}; then everyone is logged out \
         and every token stops working",
        key.display()
    ))
}
