//! The data folder: all that the program writes, for the eyes of its own account only.

use std::fs::{DirBuilder, File, TryLockError};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;

use super::{Config, Invalid};

impl Config {
    /// Makes the data folder when it isn't there, and waits until no other process starts in it. Nor does one as long
    /// as the answer is held; the system lets go of it when this process ends in whatever way.
    ///
    /// # Errors
    /// When the folder can't be made or locked.
    pub fn lock_data_dir(&self) -> Result<File, Invalid> {
        let folder = self.settings.data_dir();
        make_data_dir(&folder)?;
        // The folder itself: a file in it would belong to whoever came first, and lock all other accounts out.
        let locked = File::open(&folder).and_then(|file| file.lock().map(|()| file));
        locked.map_err(|error| Invalid(format!("the data folder {} can't be locked: {error}", folder.display())))
    }
}

impl Config {
    /// Lets one process at a time import users: none when another one does. It is over when the answer is dropped, or
    /// this process ends in whatever way.
    ///
    /// # Errors
    /// When the file can't be made or locked.
    pub fn lock_imports(&self) -> Result<Option<File>, Invalid> {
        let path = self.settings.data_dir().join("import.lock");
        let unlockable = |error| Invalid(format!("{} can't be locked: {error}", path.display()));
        let file = File::options().write(true).create(true).truncate(false).mode(0o600).open(&path);
        let file = file.map_err(unlockable)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(file)),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(unlockable(error)),
        }
    }
}

/// Makes the data folder, closed to other accounts of this machine. One that exists is left as it is.
pub(super) fn make_data_dir(folder: &Path) -> Result<(), Invalid> {
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
        .map_err(|error| Invalid(format!("the data folder {} can't be made: {error}", folder.display())))
}
