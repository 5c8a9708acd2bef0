//! A file that is written beside its place and moved there once it is whole, so that nobody ever finds half of it.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

/// What stands between the name of the file and what tells two drafts of it apart.
const MARK: &str = ".unfinished-";

/// A file that is not in its place yet. Dropped before that, it is removed. One whose process was killed is removed
/// by the next draft of the same file, or by [`remove_abandoned`]; it is known by the lock that nobody holds on it any
/// more.
pub(super) struct Draft {
    /// Holds the lock. Closed last: closing it would drop SQLite's own locks on the file.
    file: File,
    path: PathBuf,
    target: PathBuf,
}

impl Draft {
    /// Begins one beside its place, for our own eyes only.
    pub(super) fn of(target: &Path) -> io::Result<Draft> {
        let name = target.file_name().and_then(|name| name.to_str());
        let name = name.ok_or_else(|| io::Error::other("its name is not one of a file, or not UTF-8"))?;
        remove_abandoned(folder_of(target), |of| of == name)?;
        loop {
            let path = target.with_file_name(format!("{name}{MARK}{}", uuid::Uuid::now_v7()));
            let file = OpenOptions::new().read(true).write(true).create_new(true).mode(0o600).open(&path)?;
            file.lock()?;
            // Someone who looks for abandoned drafts may have come before the lock.
            if file.metadata()?.nlink() > 0 {
                return Ok(Draft { file, path, target: target.to_owned() });
            }
        }
    }

    /// Where it is written.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Moves it to its place, and returns only when it stays there even after a power cut.
    pub(super) fn finish(self) -> io::Result<()> {
        self.file.sync_all()?;
        fs::rename(&self.path, &self.target)?;
        sync_folder_of(&self.target)
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        // Gone from here when it is finished.
        let _ = fs::remove_file(&self.path);
    }
}

/// Makes the names of a file's folder stay as they are even after a power cut.
pub(super) fn sync_folder_of(file: &Path) -> io::Result<()> {
    File::open(folder_of(file))?.sync_all()
}

/// The folder that a file is in.
pub(super) fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Removes the drafts in a folder that processes left behind which were killed, of files with such names.
pub(super) fn remove_abandoned(folder: &Path, is_meant: impl Fn(&str) -> bool) -> io::Result<()> {
    for entry in fs::read_dir(folder)?.flatten() {
        if !entry.file_name().to_str().and_then(|name| name.split_once(MARK)).is_some_and(|(of, _)| is_meant(of)) {
            continue;
        }
        let Ok(file) = File::open(entry.path()) else { continue };
        if file.try_lock().is_ok() {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_drafts_that_nobody_writes_any_more_are_removed() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("a.db");
        fs::write(folder.path().join("a.db.unfinished-1"), "of a process that was killed").unwrap();
        fs::write(folder.path().join("b.db.unfinished-1"), "of another file").unwrap();
        let (one, two) = (Draft::of(&target).unwrap(), Draft::of(&target).unwrap());
        fs::write(one.path(), "one").unwrap();
        fs::write(two.path(), "two").unwrap();
        assert!(!folder.path().join("a.db.unfinished-1").exists());
        one.finish().unwrap();
        assert_eq!(fs::read_to_string(&target).unwrap(), "one");
        drop(two);
        let mut left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
        left.sort();
        assert_eq!(left, ["a.db", "b.db.unfinished-1"]);
        assert_eq!(fs::read_to_string(&target).unwrap(), "one", "what was not finished changed nothing");
    }
}
