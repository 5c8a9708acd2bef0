//! The folder of the backups that the program makes by itself, and how many of them it keeps.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveDateTime;

use super::{Error, same_file};
use crate::config::{Config, SecretKey, make_private_folder};
use crate::db;

/// What a backup is made for. Each kind is kept apart, so that many of one don't displace the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Occasion {
    /// An operator wants one, and names no file.
    Asked,
    /// It is time.
    Timer,
    /// Migrations are about to run.
    Upgrade,
    /// A restore is about to replace the database.
    Restore,
}

impl Occasion {
    fn as_str(self) -> &'static str {
        match self {
            Occasion::Asked => "asked",
            Occasion::Timer => "timer",
            Occasion::Upgrade => "before-upgrade",
            Occasion::Restore => "before-restore",
        }
    }
}

/// As names of files have moments: they sort by time.
const STAMP: &str = "%Y%m%dT%H%M%S%.3fZ";

/// Makes a backup in the folder of the configuration, and removes the oldest of its kind past those that are kept.
/// Answers where it is.
///
/// # Errors
/// When the database can't be read, or the folder or file can't be written.
pub fn make(config: &Config, key: Option<&SecretKey>, occasion: Occasion) -> Result<PathBuf, Error> {
    make_beside(config, key, occasion, None)
}

/// The same, but does not remove a file that is still needed.
pub(super) fn make_beside(
    config: &Config,
    key: Option<&SecretKey>,
    occasion: Occasion,
    needed: Option<&Path>,
) -> Result<PathBuf, Error> {
    db::backup::file_of(&config.database)?;
    let folder = config.settings.backup_dir();
    make_private_folder(&folder).map_err(|error| Error::Folder(folder.clone(), error))?;
    // Each has a name of its own, so no later one would come upon them.
    db::backup::remove_drafts(&folder, |name| name.starts_with("vestibule-") && name.ends_with(".db"))?;
    let path = folder.join(format!("vestibule-{}-{}.db", db::now().format(STAMP), occasion.as_str()));
    super::write(config, key, &path)?;
    let keep = config.settings.backup_keep as usize;
    prune(&folder, occasion, keep, |file| {
        same_file(file, &path) || needed.is_some_and(|needed| same_file(file, needed))
    });
    Ok(path)
}

/// When the newest of a kind was made, in UTC. What a clock that was ahead has dated into the future does not count.
pub(super) fn newest_of(config: &Config, occasion: Occasion) -> Option<NaiveDateTime> {
    let made = of_kind(&config.settings.backup_dir(), occasion).into_iter().map(|(at, _)| at);
    made.filter(|at| *at <= db::now()).max()
}

/// The same of any kind.
pub fn newest(config: &Config) -> Option<NaiveDateTime> {
    let kinds = [Occasion::Asked, Occasion::Timer, Occasion::Upgrade, Occasion::Restore];
    kinds.into_iter().filter_map(|kind| newest_of(config, kind)).max()
}

/// Removes all but so many, and what is needed. What a clock that was ahead has dated into the future goes first: it is
/// older than what is made now.
fn prune(folder: &Path, occasion: Occasion, keep: usize, is_needed: impl Fn(&Path) -> bool) {
    let (mut backups, now) = (of_kind(folder, occasion), db::now());
    backups.sort_by_key(|(at, path)| (*at <= now, *at, path.clone()));
    let too_many = backups.len().saturating_sub(keep);
    for (_, path) in backups[..too_many].iter().filter(|(_, path)| !is_needed(path)) {
        if let Err(error) = fs::remove_file(path) {
            tracing::warn!(%error, file = %path.display(), "an old backup was not removed");
        }
    }
}

/// The backups of a kind, with when they were made.
fn of_kind(folder: &Path, occasion: Occasion) -> Vec<(NaiveDateTime, PathBuf)> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let dated = |path: PathBuf| {
        let name = path.file_name()?.to_str()?.strip_prefix("vestibule-")?.strip_suffix(".db")?;
        let (stamp, kind) = name.split_once('-')?;
        let at = NaiveDateTime::parse_from_str(stamp, STAMP).ok()?;
        (kind == occasion.as_str()).then_some((at, path))
    };
    entries.flatten().filter_map(|entry| dated(entry.path())).collect()
}
