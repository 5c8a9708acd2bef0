//! Errors of backups and restores.

use std::path::PathBuf;

use crate::{config, db};

/// Why a backup or a restore failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file for the backup is one of the server's own.
    #[error("{} is a file of the server itself: name another one", .0.display())]
    OwnFile(PathBuf),
    /// What has the name of the file for the backup is none.
    #[error("{} is no file that a backup could take the place of: name another one", .0.display())]
    NoFile(PathBuf),
    /// The folder for backups can't be used.
    #[error("the folder of the backups {} can't be used: {}; see the setting `backup_dir`", .0.display(), .1)]
    Folder(PathBuf, std::io::Error),
    /// The key of the backup and the one that is configured differ.
    #[error(
        "the backup has another secret key than the one that is configured. Configure that of the backup, or none, so \
         that it is restored into the data folder; or go on with the configured one by --keep-key"
    )]
    OtherKey,
    /// There is no key for the restored database.
    #[error(
        "the backup brings no secret key, and there is none here: put the key that belongs to it at {}, or say where it \
         is with VESTIBULE_SECRET_KEY_FILE",
        .0.display()
    )]
    NoKey(PathBuf),
    /// The key in the backup is invalid.
    #[error("the secret key in the backup is not one; restore it with --keep-key, to go on with the present one")]
    BrokenKey,
    /// The configuration, or a file in the data folder, can't be used.
    #[error(transparent)]
    Config(#[from] config::Invalid),
    /// The backup or the database can't be read or written.
    #[error(transparent)]
    Backup(#[from] db::backup::Error),
    /// The restored database failed.
    #[error(transparent)]
    Database(#[from] db::Error),
}
