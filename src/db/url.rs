//! Where the database is: `sqlite:PATH` or `postgres://USER@HOST/DATABASE`.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

#[cfg(feature = "postgres")]
use super::PostgresUrl;

/// The address of a database, checked to be of an engine that this build knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    /// A SQLite file.
    Sqlite(PathBuf),
    /// A database of a PostgreSQL server.
    #[cfg(feature = "postgres")]
    Postgres(PostgresUrl),
}

/// A database address that this build can't open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidDatabaseUrl {
    /// It looks like none.
    #[error(
        "a database looks like sqlite:PATH or postgres://USER@HOST/DATABASE, such as \
         sqlite:/var/lib/vestibule/vestibule.db"
    )]
    Malformed,
    /// It is of an engine that was left out of this build.
    #[error(
        "this program was built without PostgreSQL: build it with `cargo build --release --features postgres`, or use \
         sqlite:PATH"
    )]
    NotBuilt,
}

impl DatabaseUrl {
    /// The SQLite file that is used when nothing else is configured.
    pub fn in_folder(data_dir: &Path) -> DatabaseUrl {
        DatabaseUrl::Sqlite(data_dir.join("vestibule.db"))
    }

    /// The same, where a relative path starts from this folder.
    pub fn relative_to(self, folder: &Path) -> DatabaseUrl {
        match self {
            DatabaseUrl::Sqlite(path) => DatabaseUrl::Sqlite(folder.join(path)),
            #[cfg(feature = "postgres")]
            DatabaseUrl::Postgres(url) => DatabaseUrl::Postgres(url),
        }
    }

    /// The file of a database that was never opened: it isn't there, or nothing is in it.
    pub fn missing_file(&self) -> Option<&Path> {
        match self {
            DatabaseUrl::Sqlite(path) => {
                let is_there = path.metadata().is_ok_and(|file| !file.is_file() || file.len() > 0);
                (!is_there).then_some(path)
            }
            #[cfg(feature = "postgres")]
            DatabaseUrl::Postgres(_) => None,
        }
    }

    /// Whether the database is beyond a network, or another process, and not in this one.
    pub fn is_remote(&self) -> bool {
        !matches!(self, DatabaseUrl::Sqlite(_))
    }
}

/// For messages; never with a password.
impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DatabaseUrl::Sqlite(path) => path.display().fmt(f),
            #[cfg(feature = "postgres")]
            DatabaseUrl::Postgres(url) => url.fmt(f),
        }
    }
}

impl FromStr for DatabaseUrl {
    type Err = InvalidDatabaseUrl;

    fn from_str(text: &str) -> Result<DatabaseUrl, InvalidDatabaseUrl> {
        #[cfg(feature = "postgres")]
        if PostgresUrl::is_meant(text) {
            return PostgresUrl::parse(text).map(DatabaseUrl::Postgres).ok_or(InvalidDatabaseUrl::Malformed);
        }
        #[cfg(not(feature = "postgres"))]
        if text.starts_with("postgres") {
            return Err(InvalidDatabaseUrl::NotBuilt);
        }
        let path = text.strip_prefix("sqlite:").ok_or(InvalidDatabaseUrl::Malformed)?;
        let path = path.strip_prefix("//").unwrap_or(path);
        if path.is_empty() || path.contains('?') || path == ":memory:" {
            return Err(InvalidDatabaseUrl::Malformed);
        }
        Ok(DatabaseUrl::Sqlite(PathBuf::from(path)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_and_servers_are_understood() {
        let file = |path: &str| Ok(DatabaseUrl::Sqlite(PathBuf::from(path)));
        assert_eq!("sqlite:data/v.db".parse(), file("data/v.db"));
        assert_eq!("sqlite:///srv/v.db".parse(), file("/srv/v.db"));
        for bad in ["", "sqlite:", "sqlite::memory:", "mysql://db/vestibule", "v.db"] {
            assert_eq!(bad.parse::<DatabaseUrl>(), Err(InvalidDatabaseUrl::Malformed), "{bad}");
        }
        let server = "postgres://db/vestibule".parse::<DatabaseUrl>();
        assert_eq!(server.is_ok(), cfg!(feature = "postgres"), "{server:?}");
        assert!(server.is_ok() || server == Err(InvalidDatabaseUrl::NotBuilt));
    }
}
