//! `vestibule db`: the database as a whole.

use std::path::Path;

use clap::{Args, Subcommand};
use indicatif::{ProgressBar, ProgressStyle};

use super::error::Error;
use super::output::say;
use crate::backup;
use crate::config::Config;
use crate::db::copy::{Progress, copy};
use crate::db::{self, DatabaseUrl};

#[derive(Debug, Subcommand)]
pub(super) enum Db {
    Copy(Copy),
}

/// Copy everything into another database, which has to be empty
///
/// Stop the servers first: what they write during the copy is missing from it. Then set `database_url` to the copy and start
/// them again with the same secret key; everyone stays logged in. What is copied from stays as it is.
#[derive(Debug, Args)]
pub(super) struct Copy {
    /// Where to: sqlite:PATH or postgres://USER@HOST/DATABASE
    #[arg(long, value_name = "URL")]
    to: String,
    /// Where from, if not from the database of the settings
    #[arg(long, value_name = "URL")]
    from: Option<String>,
}

impl Db {
    pub(super) fn run(self) -> Result<(), Error> {
        match self {
            Db::Copy(copy) => copy.run(),
        }
    }
}

impl Copy {
    fn run(self) -> Result<(), Error> {
        let to = address("--to", &self.to)?;
        if let Some(from) = &self.from {
            return copy_from(&address("--from", from)?, &to);
        }
        let config = Config::load()?;
        let lock = config.lock_data_dir()?;
        let _in_use = config.use_data_dir()?;
        backup::finish(&config)?;
        drop(lock);
        if config.is_served()? {
            return Err(Error::Failed(format!(
                "a server runs on the data folder {}, and what it writes from now on would be missing from the copy: \
                 stop it first",
                config.settings.data_dir().display()
            )));
        }
        copy_from(&config.database, &to)
    }
}

fn copy_from(from: &DatabaseUrl, to: &DatabaseUrl) -> Result<(), Error> {
    if let Some(file) = from.missing_file() {
        return Err(Error::Failed(format!(
            "there is no database {} to copy: name it with --from, or run this in the folder that the server runs in \
             and with its settings",
            file.display()
        )));
    }
    let source = db::Db::open(from)?;
    if source.is_blank()? || !source.is_up_to_date()? {
        return Err(Error::Failed(format!(
            "the database {from} is empty, or of an older version of Vestibule, and what is copied from stays as it \
             is: check the address, or make a backup and run `vestibule migrate` with it first"
        )));
    }
    // No migration is pending, but this fails if the database is of a newer version.
    source.migrate()?;
    let target = db::Db::open(to)?;
    if !target.is_blank()? && !target.is_up_to_date()? {
        return Err(Error::Failed(format!(
            "the database {to} is one of an older version of Vestibule, and stays as it is: copy into a new database"
        )));
    }
    target.migrate()?;
    let bar = bar();
    let copied = copy(&source, &target, |Progress { done, of }| {
        bar.set_length(of);
        bar.set_position(done);
    });
    bar.finish_and_clear();
    let copied = copied.map_err(|error| Error::Failed(error.to_string()))?;
    let rows: i64 = copied.iter().map(|table| table.rows).sum();
    let tables: Vec<String> =
        copied.iter().filter(|t| t.rows > 0).map(|table| format!("{} {}", table.rows, table.table)).collect();
    say(&format!("Copied {rows} rows from {from} to {to}: {}.", tables.join(", ")));
    say(
        "Both have the same number of rows in each table. Set `vestibule.database_url` to the copy, and keep the secret key.",
    );
    Ok(())
}

/// Reads an address from the command line, where relative paths start from the current folder.
fn address(option: &str, text: &str) -> Result<DatabaseUrl, Error> {
    let url: DatabaseUrl = text.parse().map_err(|error| Error::Usage(format!("{option}: {error}")))?;
    Ok(url.relative_to(Path::new("")))
}

/// A progress bar, shown on a terminal only.
fn bar() -> ProgressBar {
    let bar = ProgressBar::new(0);
    match ProgressStyle::with_template("{bar:40} {pos} of {len} rows, {eta} left") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
