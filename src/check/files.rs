//! Checks the data folder and what is in it: the secret key, the database, the backups.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, absolute};

use chrono::{NaiveDateTime, TimeDelta};
use rustix::fs::{Access, access, statvfs};

use super::finding::{Finding, note, ok, wrong};
use crate::accounts::audit::Event;
use crate::accounts::key_check;
use crate::backup;
use crate::config::{Config, SecretKey};
use crate::db::{self, condition};
use crate::notation::moment;

const FOLDER: &str = "data folder";
const KEY: &str = "secret key";
const DATABASE: &str = "database";
const BACKUPS: &str = "backups";

/// With less free space than this, writing will soon fail.
const LITTLE: u64 = 100 << 20;

/// The data folder.
pub fn data_folder(config: &Config) -> Vec<Finding> {
    let folder = config.settings.data_dir();
    let shown = absolute(&folder).unwrap_or(folder.clone());
    let shown = shown.display();
    if !folder.exists() {
        if let Err(error) = can_be_made(&folder) {
            return vec![wrong(FOLDER, format!("{shown} is not there, and can't be made: {error}"))];
        }
        return vec![note(FOLDER, format!("{shown} is not there yet; the first start makes it"))];
    }
    if let Err(error) = try_to_write(&folder) {
        let what_to_do = "the account that the server runs as has to own it, and the disk needs room";
        return vec![wrong(FOLDER, format!("{shown} can't be written: {error}; {what_to_do}"))];
    }
    let mut findings = vec![ok(FOLDER, format!("{shown} can be written"))];
    findings.extend(room(config));
    findings
}

/// Whether the folder that is nearest to one that is missing lets this account make it.
fn can_be_made(folder: &Path) -> io::Result<()> {
    let folder = absolute(folder)?;
    let nearest = folder.ancestors().find(|above| above.exists()).unwrap_or(Path::new("/"));
    if !nearest.is_dir() {
        return Err(io::Error::from(io::ErrorKind::NotADirectory));
    }
    Ok(access(nearest, Access::WRITE_OK | Access::EXEC_OK)?)
}

/// Whether the disk of the data folder is nearly full.
pub fn room(config: &Config) -> Option<Finding> {
    let disk = statvfs(config.settings.data_dir()).ok()?;
    let free = disk.f_bavail.saturating_mul(disk.f_frsize);
    (free < LITTLE).then(|| note(FOLDER, format!("only {} MB of its disk are free", free >> 20)))
}

/// Writes a file, syncs it to the disk, and removes it again.
fn try_to_write(folder: &Path) -> io::Result<()> {
    let path = folder.join(format!("check.{}", db::new_id()));
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path)?;
    let written = file.write_all(&[0; 4096]).and_then(|()| file.sync_all());
    fs::remove_file(&path)?;
    written
}

/// The secret key; nothing is said where that is no news.
pub fn secret_key(config: &Config) -> Option<Finding> {
    // For a database on a server, the start tells whether a missing key is an error.
    let has_database = config.database.missing_file().is_none() && !config.database.is_remote();
    Some(match SecretKey::load(config) {
        Err(error) => wrong(KEY, error.to_string()),
        Ok(Some(_)) if SecretKey::is_configured(config) => ok(KEY, "it is configured".to_owned()),
        Ok(Some(_)) => ok(KEY, format!("{} can be used", SecretKey::file(config).display())),
        Ok(None) if has_database => wrong(
            KEY,
            format!(
                "there is a database, but no {}: restore the key from a backup, or say where it is with \
                 VESTIBULE_SECRET_KEY_FILE",
                SecretKey::file(config).display()
            ),
        ),
        Ok(None) => note(KEY, "there is none yet; the first start makes it".to_owned()),
    })
}

/// The findings; when the newest event was recorded; and when the newest backup, which a node may have made elsewhere.
pub fn database(config: &Config) -> (Vec<Finding>, Option<NaiveDateTime>, Option<NaiveDateTime>) {
    let shown = &config.database;
    if config.database.missing_file().is_some() {
        let lost = SecretKey::file(config).exists() && !config.settings.allow_new_key_or_database;
        let says = match lost {
            true => wrong(
                DATABASE,
                format!(
                    "{shown} is missing or empty, but its secret key is there: restore a backup with `vestibule restore`"
                ),
            ),
            false => note(DATABASE, format!("{shown} is not there yet; the first start makes it")),
        };
        return (vec![says], None, None);
    }
    let condition = condition::look(&config.database, Event::DatabaseBackedUp.as_str());
    let mut findings: Vec<Finding> =
        condition.wrong.iter().map(|why| wrong(DATABASE, format!("{shown}: {why}"))).collect();
    if condition.is_blank {
        findings.push(note(DATABASE, format!("{shown} is empty; the first start makes its tables")));
    }
    if condition.is_older {
        let says = format!("{shown} is of an older version; the next start makes a backup and brings it up to date");
        findings.push(note(DATABASE, says));
    }
    if condition.key_check.as_deref().is_some_and(|kept| is_of_another_key(config, kept)) {
        findings.push(wrong(
            DATABASE,
            format!(
                "{shown} is used with another secret key: copy the key of the node that made it to {}, or restore both \
                 from one backup",
                SecretKey::file(config).display()
            ),
        ));
    }
    if findings.is_empty() {
        findings.push(ok(DATABASE, format!("{shown} is whole, up to date, and can be written")));
    }
    (findings, condition.newest_event, condition.newest_backup)
}

/// Whether a database that keeps this of its key was used with another one than the one that is there. That there is
/// none is told elsewhere.
fn is_of_another_key(config: &Config, kept: &str) -> bool {
    SecretKey::load(config).is_ok_and(|key| key.is_some_and(|key| !key_check::is_of(&key, kept)))
}

/// The folder of the backups, and the newest, which may be the one that the nodes have recorded.
pub fn backups(config: &Config, of_nodes: Option<NaiveDateTime>) -> Vec<Finding> {
    let folder = config.settings.backup_dir();
    let mut findings = Vec::new();
    if let Some(error) = folder.exists().then(|| try_to_write(&folder).err()).flatten() {
        findings.push(wrong(
            BACKUPS,
            format!("{} can't be written: {error}; see the setting `backup_dir`", folder.display()),
        ));
    }
    findings.push(newest_backup(config, of_nodes));
    findings
}

/// How old the newest backup is: of those in the folder here, and of the one that the nodes have recorded.
pub fn newest_backup(config: &Config, of_nodes: Option<NaiveDateTime>) -> Finding {
    let (folder, hours) = (config.settings.backup_dir(), config.settings.backup_hours);
    let own = backup::newest(config);
    match own.max(of_nodes) {
        None if hours == 0 => note(
            BACKUPS,
            "there is none, and the server makes none (backup_hours is 0): make them with `vestibule backup`"
                .to_owned(),
        ),
        None => note(BACKUPS, "there is none yet; the server makes the first a minute after its start".to_owned()),
        Some(at) if hours > 0 && at < db::now() - TimeDelta::hours(i64::from(hours) * 2) => note(
            BACKUPS,
            format!(
                "the newest is of {}, although there should be one every {hours} hours: does the server run? Its log says why one failed",
                moment(at)
            ),
        ),
        // A node records one a moment after it was made.
        Some(at) if own.is_none_or(|own| own < at - TimeDelta::minutes(10)) => ok(
            BACKUPS,
            format!(
                "the newest is of {}, on another node: `vestibule audit --event {}` tells which",
                moment(at),
                Event::DatabaseBackedUp.as_str()
            ),
        ),
        Some(at) => ok(BACKUPS, format!("the newest is of {}, in {}", moment(at), folder.display())),
    }
}
