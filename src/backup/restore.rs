//! Puts a backup in the place of the database. A process that is killed in between leaves either the former database or
//! the restored one, and the next one that opens it finishes what was decided (`db::backup::Restored`).

use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveDateTime;

use super::Error;
use super::folder::{Occasion, make_beside};
use crate::accounts::audit::Source;
use crate::accounts::{Accounts, key_check, restored};
use crate::config::{Config, SecretKey};
use crate::db::{self, Db, backup::Backup};

/// What a restore did.
#[derive(Debug)]
pub struct Restored {
    /// When the backup was made, in UTC, if it tells.
    pub made_at: Option<NaiveDateTime>,
    /// How many accounts there are now.
    pub accounts: i64,
    /// Where the former database is, if there was one.
    pub former: Option<PathBuf>,
}

/// Restores a backup, unless somebody uses the data folder. All sessions and tokens end. With `keep_key` the present
/// secret key stays, whatever the backup brings.
///
/// # Errors
/// Why it was not restored; then everything is as it was.
pub fn restore(config: &Config, file: &Path, keep_key: bool) -> Result<Restored, Error> {
    db::backup::file_of(&config.database)?;
    super::refuse_own(config, file)?;
    let starting = config.lock_data_dir()?;
    let alone = config.use_data_dir_alone()?;
    finish(config)?;
    let mut backup = Backup::open(file)?;
    let (key, brought) = key_for(config, &backup, keep_key)?;
    let former = keep_former(config, file)?;
    let draft = backup.prepare(&config.database)?;
    let (made_at, accounts) = (backup.made_at, settle(config, draft, key, file, backup.made_at)?);
    drop(backup);
    db::backup::Restored::decide(&config.database, brought.map(|key| key.to_base64()).as_deref())?;
    finish(config)?;
    drop((alone, starting));
    Ok(Restored { made_at, accounts, former })
}

/// Finishes a restore that was decided before its process was killed, and removes what is left of one that was not.
/// Whoever calls it holds [`Config::lock_data_dir`].
///
/// # Errors
/// When a file can't be written.
pub fn finish(config: &Config) -> Result<(), Error> {
    SecretKey::remove_drafts(config)?;
    let Some(restored) = db::backup::Restored::unfinished(&config.database)? else { return Ok(()) };
    restored.finish(|key| {
        let key = SecretKey::parse(key).ok_or(Error::BrokenKey)?;
        Ok(key.keep(config)?)
    })
}

/// The key of what is restored, and the same once more if it has to be put into the data folder.
fn key_for(config: &Config, backup: &Backup, keep_key: bool) -> Result<(SecretKey, Option<SecretKey>), Error> {
    let brought = match backup.secret_key.as_deref().filter(|_| !keep_key) {
        Some(text) => SecretKey::parse(text).ok_or(Error::BrokenKey)?,
        None => return Ok((SecretKey::load(config)?.ok_or_else(|| Error::NoKey(SecretKey::file(config)))?, None)),
    };
    if !SecretKey::is_configured(config) {
        return Ok((brought.clone(), Some(brought)));
    }
    match SecretKey::load(config)? {
        Some(configured) if configured.is(&brought) => Ok((brought, None)),
        _ => Err(Error::OtherKey),
    }
}

/// Makes a backup of what is about to be replaced. A database that can't be read any more is copied as it is, file by
/// file, unless there is no room for it. The one that is restored stays, whatever its age.
fn keep_former(config: &Config, restored: &Path) -> Result<Option<PathBuf>, Error> {
    if config.database.missing_file().is_some() {
        return Ok(None);
    }
    // A key that can't be used is no reason to stop: it may be why a backup is restored.
    let key = SecretKey::load(config).ok().flatten();
    match make_beside(config, key.as_ref(), Occasion::Restore, Some(restored)) {
        Err(Error::Backup(error @ db::backup::Error::NoRoom { .. })) => Err(error.into()),
        made => made.or_else(|_| copy_files(config)).map(Some),
    }
}

fn copy_files(config: &Config) -> Result<PathBuf, Error> {
    let folder = config.settings.backup_dir().join(format!("damaged-{}", db::new_id()));
    let copied = crate::config::make_private_folder(&folder).and_then(|()| {
        let files = [db::backup::files_of(&config.database), vec![SecretKey::file(config)]].concat();
        for file in files.iter().filter(|file| file.exists()) {
            fs::copy(file, folder.join(file.file_name().unwrap_or_default()))?;
        }
        Ok(())
    });
    match copied {
        Ok(()) => Ok(folder),
        Err(error) => {
            // Half of it is of no use.
            let _ = fs::remove_dir_all(&folder);
            Err(Error::Folder(folder, error))
        }
    }
}

/// Brings the copy of a backup up to date, and ends what must not be valid on it.
fn settle(
    config: &Config,
    draft: db::DatabaseUrl,
    key: SecretKey,
    file: &Path,
    made_at: Option<NaiveDateTime>,
) -> Result<i64, Error> {
    let db = Db::open(&draft)?;
    db.migrate()?;
    // It goes on with this one, whichever it was used with before.
    key_check::is_right(&db, &key, true)?;
    let accounts = Accounts::new(&Config { database: draft, ..config.clone() }, db, key);
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let from = match made_at {
        Some(made_at) => format!("{name}, made at {} UTC", made_at.format("%Y-%m-%d %H:%M:%S")),
        None => name.into_owned(),
    };
    Ok(restored::end_everything(&accounts, Source::operator(), &from)?)
}
