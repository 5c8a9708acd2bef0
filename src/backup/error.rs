//! Why a backup or a restore did not happen.

use std::path::PathBuf;

use crate::{config, db};

/// Why.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file of the server's own, where a backup was meant.
    #[error("{} is a file of the server itself: name another one", .0.display())]
    OwnFile(PathBuf),
    /// The folder of the backups.
    #[error("the folder of the backups {} can't be used: {}; see the setting `backup_dir`", .0.display(), .1)]
    Folder(PathBuf, std::io::Error),
    /// The key of the backup and the one that is configured differ.
    #[error(
        "the backup has another secret key than the one that is configured. Configure that of the backup, or none, so \
         that it is restored into the data folder; or go on with the configured one by --keep-key"
    )]
    OtherKey,
    /// There is no key for what is restored.
    #[error(
        "the backup brings no secret key, and there is none here: put the key that belongs to it at {}, or say where it \
         is with VESTIBULE_SECRET_KEY_FILE",
        .0.display()
    )]
    NoKey(PathBuf),
    /// The key in a backup is not one.
    #[error("the secret key in the backup is not one; restore it with --keep-key, to go on with the present one")]
    BrokenKey,
    /// The configuration, or a file in the data folder, can't be used.
    #[error(transparent)]
    Config(#[from] config::Invalid),
    /// The backup or the database.
    #[error(transparent)]
    Backup(#[from] db::backup::Error),
    /// The database that is restored.
    #[error(transparent)]
    Database(#[from] db::Error),
}
