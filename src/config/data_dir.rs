//! The data folder: all that the program writes, for the eyes of its own account only; and who uses it.

use std::fs::{DirBuilder, File, OpenOptions, Permissions, TryLockError};
use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;
use std::time::Duration;

use super::{Config, Invalid};

/// Locked by each process that uses the folder, for reading; for writing by one that replaces what is in it.
const USED: &str = "use.lock";

/// Locked by the server.
const SERVED: &str = "serve.lock";

/// How often a server tries to lock it, and how long it waits in between.
const TRIES: u32 = 10;
const PAUSE: Duration = Duration::from_millis(20);

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
        locked.map_err(|error| not_locked(&folder, &error))
    }

    /// Says that this process uses the folder, together with others, as long as the answer is held. Whoever asks holds
    /// [`Config::lock_data_dir`], so that nobody waits for long.
    ///
    /// # Errors
    /// When the folder can't be locked.
    pub fn use_data_dir(&self) -> Result<File, Invalid> {
        let folder = self.settings.data_dir();
        let locked = lock_file(&folder.join(USED)).and_then(|file| file.lock_shared().map(|()| file));
        locked.map_err(|error| not_locked(&folder, &error))
    }

    /// The same for a process that only looks, and does not wait: none when another one replaces what is in the folder.
    ///
    /// # Errors
    /// When the folder can't be locked.
    pub fn try_use_data_dir(&self) -> Result<Option<File>, Invalid> {
        let folder = self.settings.data_dir();
        let file = lock_file(&folder.join(USED)).map_err(|error| not_locked(&folder, &error))?;
        match file.try_lock_shared() {
            Ok(()) => Ok(Some(file)),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(not_locked(&folder, &error)),
        }
    }

    /// Says that this process replaces what is in the folder, as long as the answer is held. Whoever asks holds
    /// [`Config::lock_data_dir`].
    ///
    /// # Errors
    /// At once when a server or another command uses the folder; and when it can't be locked.
    pub fn use_data_dir_alone(&self) -> Result<File, Invalid> {
        let folder = self.settings.data_dir();
        if try_lock(&folder, SERVED)?.is_none() {
            let folder = folder.display();
            return Err(Invalid(format!("a server runs on the data folder {folder}: stop it first")));
        }
        try_lock(&folder, USED)?.ok_or_else(|| {
            let folder = folder.display();
            Invalid(format!("another command uses the data folder {folder}: wait for its end, or stop it"))
        })
    }

    /// Makes the data folder when it isn't there, and says that this process is its server, as long as the answer is
    /// held.
    ///
    /// # Errors
    /// At once when another one is; and when the folder can't be made or locked.
    pub fn serve_data_dir(&self) -> Result<File, Invalid> {
        let folder = self.settings.data_dir();
        make_data_dir(&folder)?;
        // Whoever looks whether a server runs has the lock for a moment too.
        for _ in 0..TRIES {
            if let Some(locked) = try_lock(&folder, SERVED)? {
                return Ok(locked);
            }
            std::thread::sleep(PAUSE);
        }
        Err(Invalid(format!(
            "a server runs on the data folder {} already: stop it first, or give this one a folder of its own with \
             `data_dir` (VESTIBULE_DATA_DIR)",
            folder.display()
        )))
    }

    /// Lets one process at a time import users: none when another one does. It is over when the answer is dropped, or
    /// this process ends in whatever way.
    ///
    /// # Errors
    /// When the folder can't be locked.
    pub fn lock_imports(&self) -> Result<Option<File>, Invalid> {
        try_lock(&self.settings.data_dir(), "import.lock")
    }

    /// Whether a server runs on the data folder.
    ///
    /// # Errors
    /// When the folder can't be looked at.
    pub fn is_served(&self) -> Result<bool, Invalid> {
        let folder = self.settings.data_dir();
        if !folder.join(SERVED).exists() {
            return Ok(false);
        }
        // For reading: two that look at once don't take each other for a server.
        let file = lock_file(&folder.join(SERVED)).map_err(|error| not_locked(&folder, &error))?;
        match file.try_lock_shared() {
            Ok(()) => Ok(false),
            Err(TryLockError::WouldBlock) => Ok(true),
            Err(TryLockError::Error(error)) => Err(not_locked(&folder, &error)),
        }
    }
}

/// Locks a file in the folder for this process alone; none when another one has it.
fn try_lock(folder: &Path, name: &str) -> Result<Option<File>, Invalid> {
    let file = lock_file(&folder.join(name)).map_err(|error| not_locked(folder, &error))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(not_locked(folder, &error)),
    }
}

/// Opens a file that is there to be locked, and makes it when it isn't. Reading is enough for that, and everyone who
/// gets into the folder may, whoever made the file: an operator may run a command as another account.
fn lock_file(path: &Path) -> io::Result<File> {
    match OpenOptions::new().write(true).create_new(true).mode(0o644).open(path) {
        Ok(made) => made.set_permissions(Permissions::from_mode(0o644))?,
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        Err(error) => return Err(error),
    }
    File::open(path)
}

fn not_locked(folder: &Path, error: &io::Error) -> Invalid {
    let folder = folder.display();
    let mut what = format!("the data folder {folder} can't be used: {error}");
    if error.kind() == io::ErrorKind::PermissionDenied {
        let (user, group) = (rustix::process::geteuid().as_raw(), rustix::process::getegid().as_raw());
        what += &format!(
            "; run this as the account that the folder belongs to, or give the folder to this one: `chown -R \
             {user}:{group} {folder}`"
        );
    }
    Invalid(what)
}

/// Makes the data folder, closed to other accounts of this machine. One that exists is left as it is.
pub(super) fn make_data_dir(folder: &Path) -> Result<(), Invalid> {
    make_private_folder(folder)
        .map_err(|error| Invalid(format!("the data folder {} can't be made: {error}", folder.display())))
}

/// Makes a folder for our own eyes only; one that is there stays as it is.
///
/// # Errors
/// When it can't be made.
pub fn make_private_folder(folder: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder)
}
