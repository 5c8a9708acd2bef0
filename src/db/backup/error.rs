//! What can go wrong with a backup, said so that the operator knows which file it is about.

use std::io;
use std::path::{Path, PathBuf};

/// What went wrong with a backup.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file or folder can't be read or written.
    #[error("{} can't be {what}: {error}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// What was tried.
        what: &'static str,
        /// Why not.
        error: io::Error,
    },
    /// Nothing that a backup could be restored from.
    #[error("{} is not a backup of Vestibule: {why}", path.display())]
    NotABackup {
        /// The file.
        path: PathBuf,
        /// What is missing or wrong.
        why: String,
    },
    /// Only a SQLite file is ours to copy.
    #[error(
        "the database is one of PostgreSQL, which makes its own backups and restores them: use `pg_dump --format=custom` \
         and `pg_restore`, and copy the secret key too"
    )]
    OfAServer,
    /// There is not enough room on its disk.
    #[error(
        "{} can't be written, because the disk is full: a backup needs {} MB, and {} MB are free",
        path.display(), needs.div_ceil(1 << 20), free >> 20
    )]
    NoRoom {
        /// The backup.
        path: PathBuf,
        /// How many bytes have to be free.
        needs: u64,
        /// How many are.
        free: u64,
    },
    /// SQLite can't copy.
    #[error("{} can't be copied to {}: {why}", from.display(), to.display())]
    Copy {
        /// The database.
        from: PathBuf,
        /// The copy.
        to: PathBuf,
        /// What SQLite says.
        why: String,
    },
    /// The database did not do as it was asked, or is of a newer version.
    #[error(transparent)]
    Database(#[from] crate::db::Error),
}

impl From<diesel::result::Error> for Error {
    fn from(error: diesel::result::Error) -> Error {
        Error::Database(error.into())
    }
}

pub(super) type Result<T> = std::result::Result<T, Error>;

/// Says which file an error is about.
pub(super) fn about(path: &Path, what: &'static str) -> impl FnOnce(io::Error) -> Error {
    let path = path.to_owned();
    move |error| Error::File { path, what, error }
}
