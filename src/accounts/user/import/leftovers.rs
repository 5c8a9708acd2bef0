//! Cleans up after imports: finishes those that were committed, and removes what others have staged.

use std::time::Instant;

use chrono::{Duration, NaiveDateTime};
use diesel::dsl::exists;
use diesel::prelude::*;

use super::apply::{self, Applied, Progress};
use super::reserved::APPLYING;
use super::step::{Error, Step, rest};
use crate::accounts::Accounts;
use crate::accounts::audit::Source;
use crate::accounts::work::Work;
use crate::db::{
    self, DbConnection, schema::imports, schema::staged_logins, schema::staged_roles, schema::staged_users,
};

/// How many rows are removed in one transaction.
const BATCH: i64 = 500;

/// An import that was idle for this long counts as abandoned: each of its steps takes a second at most.
const OLD_MINUTES: i64 = 10;

/// The sweep finishes a committed import that nobody has worked on for this long.
const LEFT_ALONE_SECONDS: i64 = 5;

/// Finishes a committed import, if there is one, and tells how many accounts are done.
///
/// # Errors
/// When the database can't be written; whoever calls this next continues.
pub fn finish(accounts: &Accounts, mut progress: impl FnMut(u64)) -> db::Result<Option<Applied>> {
    if !accounts.read_blocking(|connection| is_any(connection, APPLYING))? {
        return Ok(None);
    }
    loop {
        let started = Instant::now();
        match accounts.write_blocking(&Source::operator(), apply::next)? {
            Progress::Nothing => return Ok(None),
            Progress::AllMade => {
                // Once this commit is on the disk, so are all before it.
                accounts.db.wait_for_disk(true)?;
                return accounts.write_blocking(&Source::operator(), apply::end);
            }
            Progress::GoesOn(done) => progress(done),
        }
        rest(started);
    }
}

fn is_any(connection: &mut DbConnection, state: &str) -> db::Result<bool> {
    let some = imports::table.filter(imports::state.eq(state));
    Ok(diesel::select(exists(some)).get_result(connection)?)
}

/// Removes what an earlier import has staged, before this one stages anything.
pub(super) fn clear(step: &Step) -> Result<(), Error> {
    while step.write(|work| Ok(remove_some(work.connection())?))? > 0 {}
    Ok(())
}

/// Ends an import, and removes what it has staged.
pub(super) fn abandon(step: &Step) -> db::Result<()> {
    let accounts = step.accounts();
    accounts.write_blocking(&Source::operator(), |work| -> db::Result<()> {
        let this = imports::table.filter(imports::id.eq(step.id())).filter(imports::state.ne(APPLYING));
        diesel::delete(this).execute(work.connection())?;
        Ok(())
    })?;
    remove_orphans(accounts).map(drop)
}

/// Finishes a committed import that was left alone, and removes one that has been idle for long. Returns how many rows
/// it removed.
pub(in crate::accounts) async fn sweep(accounts: &Accounts) -> db::Result<usize> {
    let owned = accounts.clone();
    accounts.db.on_blocking_thread(move |_| sweep_blocking(&owned)).await
}

fn sweep_blocking(accounts: &Accounts) -> db::Result<usize> {
    // Almost always there is nothing to do, and reading two rows is enough to know.
    let (last, is_staged) = accounts.read_blocking(|connection| -> db::Result<(_, bool)> {
        let last: Option<(String, NaiveDateTime)> =
            imports::table.select((imports::state, imports::touched_at)).get_result(connection).optional()?;
        Ok((last, diesel::select(exists(staged_users::table.select(staged_users::place))).get_result(connection)?))
    })?;
    let old = db::now() - Duration::minutes(OLD_MINUTES);
    let left_alone = db::now() - Duration::seconds(LEFT_ALONE_SECONDS);
    match last {
        None if !is_staged => return Ok(0),
        Some((state, at)) if state == APPLYING && at < left_alone => drop(finish(accounts, |_| ())?),
        Some((state, at)) if state == APPLYING || at >= old => return Ok(0),
        _ => {}
    }
    let idle = accounts.write_blocking(&Source::system(), |work| -> db::Result<usize> {
        let idle = imports::table.filter(imports::state.ne(APPLYING)).filter(imports::touched_at.lt(old));
        Ok(diesel::delete(idle).execute(work.connection())?)
    })?;
    Ok(idle + remove_orphans(accounts)?)
}

/// Removes staged rows that belong to no import.
fn remove_orphans(accounts: &Accounts) -> db::Result<usize> {
    let mut total = 0;
    loop {
        let started = Instant::now();
        let gone = accounts.write_blocking(&Source::system(), |work: &mut Work<'_>| -> db::Result<usize> {
            let connection = work.connection();
            if imports::table.count().get_result::<i64>(connection)? > 0 { Ok(0) } else { Ok(remove_some(connection)?) }
        })?;
        total += gone;
        if gone == 0 {
            return Ok(total);
        }
        rest(started);
    }
}

/// Removes all rows up to a place. A place has an account, a few names, and any number of roles.
fn remove_some(connection: &mut DbConnection) -> QueryResult<usize> {
    let places = staged_users::table.order(staged_users::place).select(staged_users::place).limit(BATCH);
    let Some(last) = places.load::<i64>(connection)?.pop() else { return Ok(0) };
    let gone = diesel::delete(staged_users::table.filter(staged_users::place.le(last))).execute(connection)?;
    diesel::delete(staged_logins::table.filter(staged_logins::place.le(last))).execute(connection)?;
    diesel::delete(staged_roles::table.filter(staged_roles::place.le(last))).execute(connection)?;
    Ok(gone)
}
