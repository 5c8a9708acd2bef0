//! Imports the accounts of another program, with their password hashes as they are.
//!
//! An import reads and checks everything first: rows are staged in tables of their own, a few at a time, so that other
//! writers never wait long. The check then reserves the names and looks for clashes. One short commit
//! (`Import::commit`) decides. After it the accounts are created, again a few at a time. If the process is killed, the
//! next command, the start of a server, or the sweep of a running one finishes the work. So an import happens
//! completely or not at all, and no writer waits for all of it.
//!
//! There is only one import at a time. Its functions block, and are for the command line.

mod apply;
mod changed;
mod clash;
mod leftovers;
mod moment;
mod names;
mod naming;
mod password;
pub(super) mod reserved;
mod row;
mod rules;
mod stage;
mod staged;
mod step;

use crate::accounts::Accounts;
use crate::accounts::audit::Source;
use crate::db;

pub use apply::Applied;
pub use leftovers::finish;
pub(in crate::accounts) use leftovers::sweep;
pub use row::{Row, Wrong};
pub use rules::{Finding, OnConflict, Outcome, Rules};
pub use step::Error;

use step::Step;

/// An import in progress.
pub struct Import {
    step: Step,
    rules: Rules,
    next_place: i64,
}

impl Import {
    /// Begins an import. What a killed one has left is finished if that one was committed, and removed otherwise. If
    /// another import is still in progress, that one ends with an error.
    ///
    /// # Errors
    /// When the database can't be written.
    pub fn begin(accounts: &Accounts, source: &Source, from: &str, rules: Rules) -> Result<Import, Error> {
        leftovers::finish(accounts, |_| ())?;
        // Only the last of many commits has to wait for the disk. The others don't, so that none holds the write lock
        // for longer.
        accounts.db.wait_for_disk(false)?;
        let step = Step::begin(accounts, source, from)?;
        leftovers::clear(&step)?;
        Ok(Import { step, rules, next_place: 1 })
    }

    /// The most rows to stage at a time, so that other writers don't wait long, and progress is visible.
    pub fn batch(&self) -> usize {
        let is_slow = self.rules.plain || self.rules.wrap_weak;
        if is_slow {
            4 * std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
        } else {
            stage::AT_ONCE
        }
    }

    /// Stages at most [`Import::batch`] rows, and returns what was found. Wrong rows are left out.
    ///
    /// # Errors
    /// When the database can't be written, or another import has begun.
    pub fn stage(&mut self, rows: Vec<Row>) -> Result<Vec<Finding>, Error> {
        stage::stage(&self.step, &self.rules, rows, &mut self.next_place)
    }

    /// Compares staged rows with existing accounts. Except in a trial, nobody else can take their names from here on,
    /// until the import is committed or abandoned.
    ///
    /// # Errors
    /// When the database can't be written, or another import has begun.
    pub fn check(&mut self, is_trial: bool, mut tell: impl FnMut(Finding)) -> Result<Outcome, Error> {
        if !is_trial {
            self.step.advance(reserved::READING, reserved::CHECKING)?;
        }
        clash::resolve(&self.step, &self.rules, &mut tell)?;
        if !is_trial {
            naming::name_all(&self.step)?;
        }
        Ok(clash::outcome(&self.step)?)
    }

    /// Commits the import and creates the accounts. Tells how many are done so far.
    ///
    /// # Errors
    /// When the database can't be written, or another import has begun. [`Error::Unfinished`] when the import was
    /// committed, but not all accounts are created yet.
    pub fn commit(self, mut progress: impl FnMut(u64)) -> Result<Applied, Error> {
        self.step.advance(reserved::CHECKING, reserved::APPLYING)?;
        let applied = leftovers::finish(self.step.accounts(), &mut progress).map_err(Error::Unfinished)?;
        // Another process may have created the last accounts.
        Ok(applied.unwrap_or_default())
    }

    /// Removes what was staged; nothing is imported.
    ///
    /// # Errors
    /// When the database can't be written; a sweep removes the rows later.
    pub fn abandon(self) -> db::Result<()> {
        leftovers::abandon(&self.step)
    }
}
