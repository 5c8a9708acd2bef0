//! The file with the token of the setup link: the only place where it is in clear. Only the account that
//! the server runs as can read it.

use std::fs;
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::PathBuf;

use super::{Config, private_file};

/// Where the token is while there is no admin.
#[derive(Debug, Clone)]
pub struct SetupFile(PathBuf);

impl SetupFile {
    /// Its place in the data folder.
    pub fn of(config: &Config) -> SetupFile {
        SetupFile(config.settings.data_dir().join("setup_token"))
    }

    /// Puts a token in place of the one that is there. Nobody ever sees half a token.
    ///
    /// # Errors
    /// Those of writing.
    pub fn write(&self, token: &str) -> io::Result<()> {
        let draft = self.0.with_extension(uuid::Uuid::now_v7().to_string());
        let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&draft)?;
        let written = writeln!(file, "{token}").and_then(|()| fs::rename(&draft, &self.0));
        written.inspect_err(|_| drop(fs::remove_file(&draft)))
    }

    /// The token; none when there is no file.
    ///
    /// # Errors
    /// Those of reading, and when other accounts of this machine can read it too.
    pub fn read(&self) -> io::Result<Option<String>> {
        match private_file::read(&self.0) {
            Ok(text) => Ok(Some(text.trim().to_owned())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Removes it, if it is there.
    ///
    /// # Errors
    /// Those of removing.
    pub fn remove(&self) -> io::Result<()> {
        match fs::remove_file(&self.0) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}
