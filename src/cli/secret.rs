//! `vestibule secret`: the secret key, which encrypts cookies and from which other keys are derived.
//!
//! The new key is first written beside the current one. From then on the rotation counts as decided: if the process is
//! killed, the next one that opens the database completes it ([`finish`]).

use clap::Subcommand;

use super::database::{Opened, demand_database, open_database};
use super::error::Error;
use super::output::say;
use crate::accounts::audit::Source;
use crate::accounts::{Accounts, key_check, secret_rotation};
use crate::backup;
use crate::config::{Config, SecretKey};

/// Replace the secret key.
#[derive(Debug, Subcommand)]
pub(super) enum Secret {
    /// Make a new secret key, such as when the present one has leaked; the server has to be stopped
    Rotate,
}

impl Secret {
    pub(super) fn run(self) -> Result<(), Error> {
        match self {
            Secret::Rotate => rotate(),
        }
    }
}

fn rotate() -> Result<(), Error> {
    let config = Config::load()?;
    if SecretKey::is_configured(&config) {
        return Err(Error::Failed(
            "the secret key is configured (`secret_key`, VESTIBULE_SECRET_KEY or VESTIBULE_SECRET_KEY_FILE), so it is \
             replaced there: stop the server, configure another one, such as that of `openssl rand -base64 64 | tr -d \
             '\\n'`, start the server, and run `vestibule session end --all`"
                .to_owned(),
        ));
    }
    demand_database(&config)?;
    let _starting = config.lock_data_dir()?;
    let _alone = config.use_data_dir_alone()?;
    backup::finish(&config)?;
    if SecretKey::next(&config)?.is_none() {
        // Done before the rotation is decided, since the database may be unreadable or of a newer version.
        drop(open_database(&config)?);
        SecretKey::make_next(&config)?;
    }
    let ended = finish(&config)?.unwrap_or_default();
    say(&format!(
        "The secret key is a new one. Start the server again.\n\
         Everyone who was logged in with a browser has to log in again: {ended} sessions ended. Browsers are unknown \
         until they do.\n\
         Programs go on with their refresh tokens; their access tokens are no longer valid.\n\
         Mail that was not sent yet is lost, and links in earlier mail no longer work.\n\
         Backups from before this hold the former key, and bring it back when they are restored: make a new one."
    ));
    Ok(())
}

/// Replaces the current key with a new one that was written. Returns how many sessions ended, or none if there is no
/// new key. The caller must hold the lock of the data folder.
pub(super) fn finish(config: &Config) -> Result<Option<usize>, Error> {
    if SecretKey::is_configured(config) {
        return Ok(None);
    }
    let Some(next) = SecretKey::next(config)? else { return Ok(None) };
    let Opened { db, .. } = open_database(config)?;
    // From here on, other nodes can't start with the former key.
    key_check::is_right(&db, &next, true)?;
    let ended = secret_rotation::settle(&Accounts::new(config, db, next), Source::operator())?;
    SecretKey::use_next(config)?;
    Ok(Some(ended))
}
