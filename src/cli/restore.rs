//! `vestibule restore`: replaces the database with a backup.

use std::path::PathBuf;

use clap::Args;

use super::error::Error;
use super::output::{moment, say};
use crate::backup;
use crate::config::Config;

/// Put a backup in the place of the database; the server has to be stopped.
///
/// With PostgreSQL, every node has to be. The secret key of the backup takes its place too. All sessions and tokens end: everyone has to log in again. A backup
/// of what was there before is made first.
#[derive(Debug, Args)]
pub(super) struct Restore {
    /// The backup
    file: PathBuf,
    /// Go on with the present secret key, whatever the backup brings
    #[arg(long)]
    keep_key: bool,
}

impl Restore {
    pub(super) fn run(self) -> Result<(), Error> {
        let config = Config::load()?;
        let restored = backup::restore(&config, &self.file, self.keep_key)?;
        let made_at = restored.made_at.map(|at| format!(", made {}", moment(at))).unwrap_or_default();
        say(&format!(
            "Restored {}{made_at}. Accounts: {}. Everyone has to log in again.",
            self.file.display(),
            restored.accounts
        ));
        if let Some(former) = restored.former {
            say(&format!("What was there before is in {}", former.display()));
        }
        Ok(())
    }
}
