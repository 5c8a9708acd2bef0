//! The folder for backups that name no file, and how many of them are kept.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveDateTime;

use super::{Error, same_file};
use crate::config::{Config, SecretKey, make_private_folder};
use crate::db;

/// The occasion of a backup. Each kind is pruned separately, so that many of one kind don't displace the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Occasion {
    /// An operator requested one, without naming a file.
    Asked,
    /// The next scheduled backup is due.
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

/// The format of times in file names: they sort by time.
const STAMP: &str = "%Y%m%dT%H%M%S%.3fZ";

/// Makes a backup in the configured folder, and removes the oldest ones of its kind beyond the number to keep. Returns
/// its path.
///
/// # Errors
/// When the database can't be read, or the folder or file can't be written.
pub fn make(config: &Config, key: Option<&SecretKey>, occasion: Occasion) -> Result<PathBuf, Error> {
    make_beside(config, key, occasion, None)
}

/// The same, but never removes the `needed` file.
pub(super) fn make_beside(
    config: &Config,
    key: Option<&SecretKey>,
    occasion: Occasion,
    needed: Option<&Path>,
) -> Result<PathBuf, Error> {
    let folder = config.settings.backup_dir();
    make_private_folder(&folder).map_err(|error| Error::Folder(folder.clone(), error))?;
    // Removes drafts that killed processes left. Their names are unique, so no later backup would replace them.
    db::backup::remove_drafts(&folder, |name| name.starts_with("vestibule-") && name.ends_with(".db"))?;
    let path = folder.join(format!("vestibule-{}-{}.db", db::now().format(STAMP), occasion.as_str()));
    super::write(config, key, &path)?;
    let keep = config.settings.backup_keep as usize;
    prune(&folder, occasion, keep, |file| {
        same_file(file, &path) || needed.is_some_and(|needed| same_file(file, needed))
    });
    Ok(path)
}

/// When the newest backup of a kind was made, in UTC. Backups with a date in the future are ignored: the clock was
/// ahead when they were made.
pub(super) fn newest_of(config: &Config, occasion: Occasion) -> Option<NaiveDateTime> {
    let made = of_kind(&config.settings.backup_dir(), occasion).into_iter().map(|(at, _)| at);
    made.filter(|at| *at <= db::now()).max()
}

/// The same for any kind.
pub fn newest(config: &Config) -> Option<NaiveDateTime> {
    let kinds = [Occasion::Asked, Occasion::Timer, Occasion::Upgrade, Occasion::Restore];
    kinds.into_iter().filter_map(|kind| newest_of(config, kind)).max()
}

/// Removes all but the newest backups, up to the number to keep, and those that are needed. Backups with a date in the
/// future go first: the clock was ahead when they were made, so they are older than those made now.
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

/// The backups of a kind, each with the time when it was made.
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
