//! Where the database is: `sqlite:PATH`.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// The address of a database, checked to be of an engine that this build knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    /// A SQLite file.
    Sqlite(PathBuf),
}

/// A database address that this build can't open.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("database_url has to look like sqlite:PATH; this build knows no other kind of database")]
pub struct InvalidDatabaseUrl;

impl DatabaseUrl {
    /// The SQLite file that is used when nothing else is configured.
    pub fn in_folder(data_dir: &Path) -> DatabaseUrl {
        DatabaseUrl::Sqlite(data_dir.join("vestibule.db"))
    }

    /// The same, where a relative path starts from this folder.
    pub fn relative_to(self, folder: &Path) -> DatabaseUrl {
        match self {
            DatabaseUrl::Sqlite(path) => DatabaseUrl::Sqlite(folder.join(path)),
        }
    }

    /// The file of a database that was never opened: it isn't there, or nothing is in it.
    pub fn missing_file(&self) -> Option<&Path> {
        match self {
            DatabaseUrl::Sqlite(path) => {
                let is_there = path.metadata().is_ok_and(|file| !file.is_file() || file.len() > 0);
                (!is_there).then_some(path)
            }
        }
    }
}

/// For messages; never with a password.
impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DatabaseUrl::Sqlite(path) => path.display().fmt(f),
        }
    }
}

impl FromStr for DatabaseUrl {
    type Err = InvalidDatabaseUrl;

    fn from_str(text: &str) -> Result<DatabaseUrl, InvalidDatabaseUrl> {
        let path = text.strip_prefix("sqlite:").ok_or(InvalidDatabaseUrl)?;
        let path = path.strip_prefix("//").unwrap_or(path);
        if path.is_empty() || path.contains('?') || path == ":memory:" {
            return Err(InvalidDatabaseUrl);
        }
        Ok(DatabaseUrl::Sqlite(PathBuf::from(path)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_sqlite_files_are_understood() {
        let file = |path: &str| Ok(DatabaseUrl::Sqlite(PathBuf::from(path)));
        assert_eq!("sqlite:data/v.db".parse(), file("data/v.db"));
        assert_eq!("sqlite:///srv/v.db".parse(), file("/srv/v.db"));
        for bad in ["", "sqlite:", "sqlite::memory:", "postgres://db/vestibule", "v.db"] {
            assert_eq!(bad.parse::<DatabaseUrl>(), Err(InvalidDatabaseUrl), "{bad}");
        }
    }
}
