//! What can go wrong with a backup, said so that the operator knows which file it is about.

use std::io;
use std::path::{Path, PathBuf};

use crate::db::copy::CopyError;

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
    /// The rows of a server's database can't be copied.
    #[error("{} can't be made: {why}", to.display())]
    Rows {
        /// The backup.
        to: PathBuf,
        /// Why not.
        why: String,
    },
    /// What a restore replaces is kept first, and the rows of a server's database can't be.
    #[error(
        "the present database can't be kept before it is replaced, and nothing was changed: {0}. If the database is \
         damaged, make a new and empty one, name it in `database_url`, and restore there"
    )]
    NotKept(Box<Error>),
    /// What a server's database was to be replaced by can't be put into it. It is as it was.
    #[error("the backup can't be restored, and nothing was changed: {0}")]
    Replace(#[from] CopyError),
    /// A server did not replace its database, or perhaps it did; the sentence says so.
    #[error("the backup was not restored: {0}")]
    NotReplaced(String),
    /// Others are connected to the database of a server.
    #[error(
        "the database {database} is in use, by these connections: {by}. Stop all nodes and every other program on it, and \
         restore then"
    )]
    InUse {
        /// The database.
        database: String,
        /// Who they are.
        by: String,
    },
    /// A newer version has changed the tables of a server's database, and no version makes them older.
    #[error(
        "the database {database} is of a newer version of Vestibule (the migration {unknown} has run on it), whose tables \
         can't be changed back: make a new and empty database, name it in `database_url`, and restore there"
    )]
    IntoNewer {
        /// The database.
        database: String,
        /// The newest migration that ran and is not one of ours.
        unknown: String,
    },
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
