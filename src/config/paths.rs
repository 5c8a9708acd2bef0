//! Settings that are paths, as the program opens them.

use std::fmt;
use std::path::PathBuf;

use rocket::figment::value::magic::RelativePathBuf;

use super::Settings;

/// The addresses of the database and of the mail server may hold a password.
impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("public_url", &self.public_url)
            .field("data_dir", &self.data_dir())
            .finish_non_exhaustive()
    }
}

impl Settings {
    /// [`Settings::data_dir`], relative to the file that names it.
    pub fn data_dir(&self) -> PathBuf {
        self.data_dir.relative()
    }

    /// [`Settings::backup_dir`], relative to the file that names it, else in the data folder.
    pub fn backup_dir(&self) -> PathBuf {
        self.backup_dir.as_ref().map_or_else(|| self.data_dir().join("backups"), RelativePathBuf::relative)
    }

    /// [`Settings::templates`], relative to the file that names it.
    pub fn templates(&self) -> Option<PathBuf> {
        self.templates.as_ref().map(RelativePathBuf::relative)
    }

    /// [`Settings::logo`], relative to the file that names it.
    pub fn logo(&self) -> Option<PathBuf> {
        self.logo.as_ref().map(RelativePathBuf::relative)
    }

    /// [`Settings::smtp_ca`], relative to the file that names it.
    pub fn smtp_ca(&self) -> Option<PathBuf> {
        self.smtp_ca.as_ref().map(RelativePathBuf::relative)
    }
}
