//! `vestibule man`: the manual pages, generated from the commands.

use std::path::PathBuf;

use clap::{Args, Command};

use super::error::Error;
use super::output::{print, say};

/// Print the manual page, or write all of them to a folder.
///
/// To read it: vestibule man | man -l -
#[derive(Debug, Args)]
pub(super) struct Man {
    /// Write a page for each command to this folder, such as /usr/local/share/man/man1
    #[arg(long, value_name = "FOLDER")]
    to: Option<PathBuf>,
}

impl Man {
    pub(super) fn run(self, vestibule: Command) -> Result<(), Error> {
        // The manual needs no pages about `help`.
        let command = vestibule.disable_help_subcommand(true);
        let Some(folder) = self.to else {
            let mut page = Vec::new();
            clap_mangen::Man::new(command).render(&mut page)?;
            return print(String::from_utf8_lossy(&page).trim_end());
        };
        let failed = |error| Error::Failed(format!("the pages can't be written to {}: {error}", folder.display()));
        clap_mangen::generate_to(command, &folder).map_err(failed)?;
        say(&format!("The pages are in {}.", folder.display()));
        Ok(())
    }
}
