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
mod naming;
mod password;
pub(super) mod reserved;
mod row;
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
pub use step::Error;

use step::Step;

/// What happens to a row whose account exists already: its username, address, former name or id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnConflict {
    /// It is wrong.
    Fail,
    /// The account stays as it is.
    Skip,
    /// The account becomes as the row says; what the row does not tell stays, and no role is taken away.
    Update,
}

/// How rows are taken.
#[derive(Debug, Clone, Copy)]
pub struct Rules {
    /// Passwords that are no hashes are passwords in plain text.
    pub plain: bool,
    /// Unsalted digests are stored inside a bcrypt.
    pub wrap_weak: bool,
    /// What happens to accounts that exist.
    pub on_conflict: OnConflict,
    /// Whether wrong rows are left out, instead of the whole import.
    pub keep_going: bool,
}

/// What was found about a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// It can't be imported.
    Wrong(Wrong),
    /// It is left out, because its account exists.
    Skipped(Wrong),
    /// It is imported, but nobody can log in by its hash, which can't be verified.
    Unreadable(Wrong),
}

/// What is going to be imported.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// How many accounts are made.
    pub imported: u64,
    /// How many accounts are changed.
    pub updated: u64,
    /// How many there are of each kind of password hash that can be verified, and of none.
    pub kinds: Vec<(String, u64)>,
    /// How many have a hash that can't be verified, and why: nobody can log in by it.
    pub unreadable: Vec<(String, u64)>,
    /// How many of the rows give the role of an admin.
    pub admins: u64,
}

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
