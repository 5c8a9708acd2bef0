//! Accounts of another program move in, with their password hashes as they are.
//!
//! An import reads and checks everything first: rows are staged in tables of their own, a few at a time, so that nobody
//! who writes waits long. Its check then keeps the names from everybody else and looks for clashes. What decides is one
//! short commit (`Import::commit`); from then on the accounts are made, again a few at a time, and whoever comes next
//! finishes that if this process is killed: the next command, a starting server, or the sweep of a running one. So
//! all of an import happens or nothing, and no writer waits for all of it.
//!
//! There is one import at a time. Its functions block, and are for the command line.

mod apply;
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

/// An import that is going on.
pub struct Import {
    step: Step,
    rules: Rules,
    next_place: i64,
}

impl Import {
    /// Begins an import. What a killed one has left is removed, or finished if it was decided; another one that is still
    /// going on ends with an error.
    ///
    /// # Errors
    /// When the database can't be written.
    pub fn begin(accounts: &Accounts, source: &Source, from: &str, rules: Rules) -> Result<Import, Error> {
        leftovers::finish(accounts, |_| ())?;
        // What counts is that the last of many commits is on the disk. None holds the write lock for the disk's sake.
        accounts.db.wait_for_disk(false)?;
        let step = Step::begin(accounts, source, from)?;
        leftovers::clear(&step)?;
        Ok(Import { step, rules, next_place: 1 })
    }

    /// The most rows to stage at a time, so that no one who writes waits long, and progress can be seen.
    pub fn batch(&self) -> usize {
        let is_slow = self.rules.plain || self.rules.wrap_weak;
        if is_slow {
            4 * std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
        } else {
            stage::AT_ONCE
        }
    }

    /// Stages rows, no more than [`Import::batch`], and answers what was found. Those that are wrong are left out.
    ///
    /// # Errors
    /// When the database can't be written, or another import has begun.
    pub fn stage(&mut self, rows: Vec<Row>) -> Result<Vec<Finding>, Error> {
        stage::stage(&self.step, &self.rules, rows, &mut self.next_place)
    }

    /// Compares what is staged with the accounts that there are. Unless it is for a trial only, nobody else gets the
    /// names from here on, until the import is decided or over.
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

    /// Decides that the accounts are made, and makes them. Tells how many are done so far.
    ///
    /// # Errors
    /// When the database can't be written, or another import has begun. [`Error::Unfinished`] when it was decided.
    pub fn commit(self, mut progress: impl FnMut(u64)) -> Result<Applied, Error> {
        self.step.advance(reserved::CHECKING, reserved::APPLYING)?;
        let applied = leftovers::finish(self.step.accounts(), &mut progress).map_err(Error::Unfinished)?;
        // Another command may have made the last ones.
        Ok(applied.unwrap_or_default())
    }

    /// Removes what was staged; nothing is imported.
    ///
    /// # Errors
    /// When the database can't be written; a sweep removes it later.
    pub fn abandon(self) -> db::Result<()> {
        leftovers::abandon(&self.step)
    }
}
