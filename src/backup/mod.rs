//! Backups of everything: the database and the secret key, in one file. Made on demand, by the server at intervals, and
//! before something replaces or changes the whole database.

mod error;
mod folder;
mod restore;
mod schedule;

use std::path::Path;

use crate::config::{Config, SecretKey};
use crate::db;

pub use error::Error;
pub use folder::{Occasion, make, newest};
pub use restore::{Restored, finish, restore};
pub use schedule::{due_in, make_due};

/// Writes a backup to a file of the operator's choice.
///
/// # Errors
/// When the file is one of the server's own or no file, and when the database can't be read or the file can't be written.
pub fn write(config: &Config, key: Option<&SecretKey>, file: &Path) -> Result<(), Error> {
    refuse_own(config, file)?;
    // A device or a folder, which the backup would replace rather than write into.
    if file.metadata().is_ok_and(|there| !there.is_file()) {
        return Err(Error::NoFile(file.to_owned()));
    }
    let key = key.map(SecretKey::to_base64);
    Ok(db::backup::write(&config.database, key.as_deref(), file)?)
}

/// Refuses the paths of the database and the secret key as the file of a backup.
fn refuse_own(config: &Config, file: &Path) -> Result<(), Error> {
    let own = [db::backup::files_of(&config.database), vec![SecretKey::file(config)]].concat();
    match own.iter().any(|own| same_file(own, file)) {
        true => Err(Error::OwnFile(file.to_owned())),
        false => Ok(()),
    }
}

fn same_file(one: &Path, other: &Path) -> bool {
    matches!((one.canonicalize(), other.canonicalize()), (Ok(one), Ok(other)) if one == other)
}
