//! `vestibule backup`: writes everything into one file, while a server may run.

use std::path::PathBuf;

use clap::Args;

use super::database::demand_database;
use super::error::Error;
use super::output::{print, say};
use crate::backup::{self, Occasion};
use crate::config::{Config, SecretKey};

/// Write everything into one file, while the server runs.
///
/// The file has the database and the secret key, so that `vestibule restore` needs nothing else. It is printed where it
/// is.
#[derive(Debug, Args)]
pub(super) struct Backup {
    /// The file; without it, one in the folder of the backups (`backup_dir`)
    file: Option<PathBuf>,
    /// Leave out the secret key: whoever reads the file can't forge cookies or tokens with it
    #[arg(long)]
    without_key: bool,
    /// Replace the file if it is there
    #[arg(long, requires = "file")]
    force: bool,
}

impl Backup {
    pub(super) fn run(self) -> Result<(), Error> {
        let config = Config::load()?;
        let lock = config.lock_data_dir()?;
        let _in_use = config.use_data_dir()?;
        backup::finish(&config)?;
        demand_database(&config)?;
        let key = if self.without_key { None } else { Some(key(&config)?) };
        drop(lock);
        let file = match self.file {
            None => backup::make(&config, key.as_ref(), Occasion::Asked)?,
            Some(file) => {
                if file.exists() && !self.force {
                    let file = file.display();
                    return Err(Error::Exists(format!("{file} is there already: choose another name, or add --force")));
                }
                backup::write(&config, key.as_ref(), &file)?;
                file
            }
        };
        if key.is_some() {
            say("The backup holds the secret key: keep it where nobody else can read it.");
        }
        print(&file.display().to_string())
    }
}

fn key(config: &Config) -> Result<SecretKey, Error> {
    SecretKey::load(config)?.ok_or_else(|| {
        Error::Failed(format!(
            "there is no secret key {}: say where it is with VESTIBULE_SECRET_KEY_FILE, or leave it out of the backup \
             with --without-key",
            SecretKey::file(config).display()
        ))
    })
}
