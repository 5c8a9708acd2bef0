//! The steps of an import. Each first checks that no other import has begun.

use std::time::{Duration, Instant};

use diesel::prelude::*;

use super::reserved::{APPLYING, READING};
use crate::accounts::Accounts;
use crate::accounts::audit::Source;
use crate::accounts::work::Work;
use crate::db::{self, DbConnection, schema::imports};

/// The write lock stays free for at least this long after a step, since other processes poll for it every few
/// milliseconds.
const SHORTEST_REST: Duration = Duration::from_millis(2);

/// The longest pause after a step, however long that took.
const LONGEST_REST: Duration = Duration::from_millis(20);

/// Why an import can't continue.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Another import has begun, or this one was idle for so long that it was swept.
    #[error("another import has begun, or this one was idle for too long. Nothing was imported; run it again")]
    TakenOver,
    /// It was committed, but not all accounts have been created.
    #[error("not all accounts are made yet: {0}. The next vestibule command, or the server, goes on with it")]
    Unfinished(db::Error),
    /// The database failed.
    #[error(transparent)]
    Database(#[from] db::Error),
}

impl From<diesel::result::Error> for Error {
    fn from(error: diesel::result::Error) -> Error {
        Error::Database(error.into())
    }
}

/// An import, as seen by its steps.
pub(super) struct Step {
    accounts: Accounts,
    source: Source,
    id: String,
}

impl Step {
    /// Begins an import, and ends any other that was not committed.
    pub(super) fn begin(accounts: &Accounts, source: &Source, from: &str) -> Result<Step, Error> {
        let step = Step { accounts: accounts.clone(), source: source.clone(), id: db::new_id() };
        accounts.write_blocking(source, |work| -> Result<(), Error> {
            let connection = work.connection();
            diesel::delete(imports::table.filter(imports::state.ne(APPLYING))).execute(connection)?;
            // An import that was committed since the last look continues.
            if imports::table.count().get_result::<i64>(connection)? > 0 {
                return Err(Error::TakenOver);
            }
            diesel::insert_into(imports::table)
                .values((
                    imports::id.eq(&step.id),
                    imports::state.eq(READING),
                    imports::source.eq(from),
                    imports::touched_at.eq(db::now()),
                    imports::imported.eq(0),
                    imports::updated.eq(0),
                ))
                .execute(connection)?;
            Ok(())
        })?;
        Ok(step)
    }

    pub(super) fn accounts(&self) -> &Accounts {
        &self.accounts
    }

    /// The id of this import.
    pub(super) fn id(&self) -> &str {
        &self.id
    }

    /// Reads from the database.
    pub(super) fn read<T>(&self, look: impl FnOnce(&mut DbConnection) -> db::Result<T> + Clone) -> db::Result<T> {
        self.accounts.read_blocking(look)
    }

    /// Runs a step in a transaction of its own, then leaves the write lock to others for a while.
    pub(super) fn write<T>(&self, step: impl FnOnce(&mut Work<'_>) -> Result<T, Error>) -> Result<T, Error> {
        let started = Instant::now();
        let answer = self.accounts.write_blocking(&self.source, |work| {
            let touch =
                diesel::update(imports::table.filter(imports::id.eq(&self.id)).filter(imports::state.ne(APPLYING)));
            if touch.set(imports::touched_at.eq(db::now())).execute(work.connection())? == 0 {
                return Err(Error::TakenOver);
            }
            step(work)
        });
        rest(started);
        answer
    }

    /// Goes from one state to the next.
    pub(super) fn advance(&self, from: &str, to: &str) -> Result<(), Error> {
        self.write(|work| {
            let this = imports::table.filter(imports::id.eq(&self.id)).filter(imports::state.eq(from));
            let advanced = diesel::update(this).set(imports::state.eq(to)).execute(work.connection())?;
            if advanced == 1 { Ok(()) } else { Err(Error::TakenOver) }
        })
    }
}

/// Pauses, so that others get the write lock after work that began at this time.
pub(super) fn rest(started: Instant) {
    std::thread::sleep((started.elapsed() / 2).clamp(SHORTEST_REST, LONGEST_REST));
}
