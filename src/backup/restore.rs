//! Replaces the database with a backup. If the process is killed in between, either the former database or the restored
//! one is there, and the next process that opens it finishes what was decided (`db::backup::Restored`). On a server one
//! transaction replaces everything, and what it keeps of its key tells the next process whether that has happened.

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
    /// When the backup was made, in UTC, if it says so.
    pub made_at: Option<NaiveDateTime>,
    /// How many accounts there are now.
    pub accounts: i64,
    /// Where the former database is, if there was one.
    pub former: Option<PathBuf>,
}

/// Restores a backup, unless the data folder or the database is in use. All sessions and tokens end. With `keep_key` the current secret
/// key stays, even if the backup contains one.
///
/// # Errors
/// Why it was not restored; then nothing has changed.
pub fn restore(config: &Config, file: &Path, keep_key: bool) -> Result<Restored, Error> {
    super::refuse_own(config, file)?;
    let starting = config.lock_data_dir()?;
    let alone = config.use_data_dir_alone()?;
    finish(config)?;
    db::backup::demand_alone(&config.database)?;
    let mut backup = Backup::open(file)?;
    let (key, brought) = key_for(config, &backup, keep_key)?;
    let former = keep_former(config, file)?;
    let draft = backup.prepare(&place(config))?;
    let made_at = backup.made_at;
    drop(backup);
    let prepared = Db::open(&draft)?;
    let accounts = settle(config, draft, prepared.clone(), key, file, made_at)?;
    let decided = decide(config, prepared, brought.as_ref());
    // A server may have decided although its answer was lost.
    let finished = finish(config);
    decided?;
    finished?;
    drop((alone, starting));
    Ok(Restored { made_at, accounts, former })
}

/// Beside which file a restore is prepared: the database, or what would be it if that were not on a server.
fn place(config: &Config) -> PathBuf {
    let file = db::backup::file_of(&config.database).map(Path::to_owned);
    file.unwrap_or_else(|| config.settings.data_dir().join("vestibule.db"))
}

/// Lets what was prepared take the place of the database, with the key that it brings.
fn decide(config: &Config, prepared: Db, brought: Option<&SecretKey>) -> Result<(), Error> {
    if let Some(file) = db::backup::file_of(&config.database) {
        drop(prepared);
        db::backup::Restored::decide(file, brought.map(SecretKey::to_base64).as_deref())?;
        return Ok(());
    }
    if let Some(key) = brought {
        key.keep_for_restore(config)?;
    }
    Ok(db::backup::replace(&config.database, &prepared)?)
}

/// Finishes a restore whose process was killed after it was decided, and removes the files of one that was not decided.
/// The caller must hold [`Config::lock_data_dir`].
///
/// # Errors
/// When a file can't be written.
pub fn finish(config: &Config) -> Result<(), Error> {
    SecretKey::remove_drafts(config)?;
    let Some(file) = db::backup::file_of(&config.database) else { return finish_on_server(config) };
    let Some(restored) = db::backup::Restored::unfinished(file)? else { return Ok(()) };
    restored.finish(|key| {
        let key = SecretKey::parse(key).ok_or(Error::BrokenKey)?;
        Ok(key.keep(config)?)
    })
}

/// The same for a database on a server: only the key may be missing that belongs to what was restored.
fn finish_on_server(config: &Config) -> Result<(), Error> {
    db::backup::remove_prepared(&place(config))?;
    let Some(key) = SecretKey::of_restore(config)? else { return Ok(()) };
    db::backup::wait_until_replaced(&config.database)?;
    let db = Db::open(&config.database)?;
    // A restore brings the database up to date, so one of before that migration is the former one.
    let has_happened = db.has_run(key_check::MIGRATION)? && key_check::is_kept(&db, &key)?;
    Ok(SecretKey::settle_restore(config, has_happened)?)
}

/// The key of the restored database, and the same again if it has to be written to the data folder.
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

/// Makes a backup of the database that is about to be replaced. If it can't be read, its files are copied as they are,
/// unless it is on a server. Fails if there is no room for a backup. The backup that is being restored is never pruned.
fn keep_former(config: &Config, restored: &Path) -> Result<Option<PathBuf>, Error> {
    let is_remote = config.database.is_remote();
    if config.database.missing_file().is_some() || is_remote && Db::open(&config.database)?.is_blank()? {
        return Ok(None);
    }
    // An unusable key must not prevent the restore: it may be the reason for it.
    let key = SecretKey::load(config).ok().flatten();
    match make_beside(config, key.as_ref(), Occasion::Restore, Some(restored)) {
        Err(Error::Backup(error @ db::backup::Error::NoRoom { .. })) => Err(error.into()),
        Err(Error::Backup(error @ db::backup::Error::Rows { .. })) => {
            Err(db::backup::Error::NotKept(Box::new(error)).into())
        }
        made if is_remote => made.map(Some),
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
            // An incomplete copy is useless.
            let _ = fs::remove_dir_all(&folder);
            Err(Error::Folder(folder, error))
        }
    }
}

/// Brings the copy of a backup up to date, and ends everything that must not stay valid in it, such as sessions and
/// tokens.
fn settle(
    config: &Config,
    draft: db::DatabaseUrl,
    db: Db,
    key: SecretKey,
    file: &Path,
    made_at: Option<NaiveDateTime>,
) -> Result<i64, Error> {
    db.migrate()?;
    // The restored database continues with this key, whichever one it was used with before.
    key_check::is_right(&db, &key, true)?;
    let accounts = Accounts::new(&Config { database: draft, ..config.clone() }, db, key);
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let from = match made_at {
        Some(made_at) => format!("{name}, made at {} UTC", made_at.format("%Y-%m-%d %H:%M:%S")),
        None => name.into_owned(),
    };
    Ok(restored::end_everything(&accounts, Source::operator(), &from)?)
}
