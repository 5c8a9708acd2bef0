//! `vestibule user import`: one thread reads the file, this one stages its rows.

mod columns;
mod csv_rows;
mod django;
mod feed;
mod filling;
mod format;
mod input;
mod json_rows;
mod progress;
mod report;
mod table;

use std::path::PathBuf;
use std::sync::mpsc::sync_channel;

use clap::{Args, ValueEnum};

use self::columns::Columns;
use self::feed::{Feed, Stop};
use self::format::{Format, Opened};
use self::input::Input;
use self::progress::Progress;
use self::report::{Report, rows};
use crate::accounts::audit::Source;
use crate::accounts::user::import::{self, Finding, Outcome, Rules};
use crate::cli::Context;
use crate::cli::error::Error;
use crate::cli::output::{print_json, say};
use crate::config::Config;

/// Reading stops after this many wrong rows, if a single one means that nothing is imported.
const ENOUGH_WRONG: u64 = 50;

/// How many batches of rows may wait to be staged.
const BATCHES: usize = 4;

/// Import the accounts of another program, with their password hashes.
///
/// Everything is read and checked first; then all accounts are made, or none. Hashes are kept as they are, and replaced
/// when their owner logs in. See docs/moving-in.md.
#[derive(Debug, Args)]
pub(crate) struct Import {
    /// The file to read; - for stdin
    file: PathBuf,
    /// What the file is
    #[arg(long, value_enum, default_value = "auto")]
    format: Format,
    /// The table of a SQLite file, or the model of a Django dump, that has the users
    #[arg(long, value_name = "TABLE")]
    table: Option<String>,
    /// Which of their columns is which of ours (username, email, name, password_hash, id, roles, active, created,
    /// data), such as login=username
    #[arg(long, value_name = "THEIRS=OURS", value_delimiter = ',')]
    map: Vec<String>,
    /// What to do with rows whose account exists
    #[arg(long, value_enum, default_value = "fail")]
    on_conflict: OnConflict,
    /// Import the other rows when some are wrong
    #[arg(long)]
    keep_going: bool,
    /// Take passwords that are no hashes for plain text, and hash them
    #[arg(long)]
    plain: bool,
    /// Take unsalted MD5 and SHA hashes, each stored inside a bcrypt
    #[arg(long)]
    wrap_weak: bool,
    /// Read and check everything, and import nothing
    #[arg(long)]
    dry_run: bool,
    /// Print the report as JSON
    #[arg(long)]
    json: bool,
}

/// What to do with a row whose account exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum OnConflict {
    /// The row is wrong
    Fail,
    /// The account stays as it is
    Skip,
    /// The account becomes as the row says
    Update,
}

impl Import {
    pub(super) fn run(self) -> Result<(), Error> {
        let columns = Columns::new(&self.map)?;
        let input = Input::open(&self.file)?;
        let (name, size, read) = (input.name.clone(), input.size, input.progress());
        let mut opened = Opened::new(self.format, self.table.clone(), input, &columns)?;
        let known = opened.rows()?;
        let read = matches!(opened, Opened::Text(..)).then_some(read);
        let mut progress = Progress::of_reading(size, read, known);

        let context = Context::make_and_say(Config::load()?)?;
        let Some(_lock) = context.config.lock_imports()? else {
            return Err(Error::Failed("another import is going on: wait until it is done".into()));
        };
        let mut import = import::Import::begin(&context.accounts, &Source::operator(), &name, self.rules())?;
        let mut report = Report::default();
        let read = self.read(&mut import, opened, columns, &mut report, &mut progress);
        let unused = match read {
            Ok(unused) => unused,
            Err(error) => {
                progress.end();
                import.abandon()?;
                return Err(error);
            }
        };
        let checked = import.check(self.dry_run, |found| report.note(found, &progress));
        progress.end();
        let outcome = match checked {
            Ok(outcome) => outcome,
            Err(error) => {
                // What can't be removed now is removed by a later sweep. Report why the import failed instead.
                let _ = import.abandon();
                return Err(error.into());
            }
        };
        if report.wrong > 0 && !self.keep_going {
            import.abandon()?;
            return Err(refused(report.wrong));
        }
        if self.dry_run {
            import.abandon()?;
        } else {
            let mut progress = Progress::of_making(outcome.imported + outcome.updated);
            import.commit(|done| progress.done("accounts made", done))?;
            progress.end();
        }
        self.tell(&report, &outcome, &name, &unused)
    }

    fn rules(&self) -> Rules {
        Rules {
            plain: self.plain,
            wrap_weak: self.wrap_weak,
            on_conflict: match self.on_conflict {
                OnConflict::Fail => import::OnConflict::Fail,
                OnConflict::Skip => import::OnConflict::Skip,
                OnConflict::Update => import::OnConflict::Update,
            },
            keep_going: self.keep_going,
        }
    }

    /// Stages all rows, and returns the columns that were not used.
    fn read(
        &self,
        import: &mut import::Import,
        opened: Opened,
        mut columns: Columns,
        report: &mut Report,
        progress: &mut Progress,
    ) -> Result<Vec<String>, Error> {
        let (sender, receiver) = sync_channel(BATCHES);
        let mut feed = Feed::new(import.batch(), sender);
        let reader = std::thread::spawn(move || {
            let read = opened.read(&mut columns, &mut feed).and_then(|()| feed.send());
            (read, columns.into_unused())
        });
        let mut total = 0;
        for batch in receiver {
            let length = batch.len();
            total += length;
            let mut right = Vec::with_capacity(length);
            for row in batch {
                match row {
                    Ok(row) => right.push(row),
                    Err(wrong) => report.note(Finding::Wrong(wrong), progress),
                }
            }
            for found in import.stage(right)? {
                report.note(found, progress);
            }
            progress.advance(length);
            if !self.keep_going && report.wrong >= ENOUGH_WRONG {
                break;
            }
        }
        let (read, unused) = reader.join().map_err(|_| Error::Failed("the file can't be read".into()))?;
        match read {
            Err(Stop::Broken(why)) => Err(Error::Failed(format!("{why}. Nothing was imported."))),
            _ if total == 0 => Err(Error::Failed("there are no accounts in it. Nothing was imported.".into())),
            _ => Ok(unused),
        }
    }

    fn tell(&self, report: &Report, outcome: &Outcome, name: &str, unused: &[String]) -> Result<(), Error> {
        if self.json {
            return print_json(&report.as_json(outcome, self.dry_run, unused));
        }
        say(&report.told(outcome, name, self.dry_run, unused));
        Ok(())
    }
}

fn refused(wrong: u64) -> Error {
    let these = if wrong == 1 { "It is" } else { "They are" };
    Error::Failed(format!(
        "{} can't be imported, so nothing was. {these} named above: correct that, or leave it out with --keep-going.",
        rows(wrong)
    ))
}
