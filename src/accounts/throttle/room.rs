//! Bounds the number of budgets: strangers can make up any number of names, and each leaves a row. Past a maximum the
//! rows that matter least are removed, whether or not anybody has the name.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use diesel::prelude::*;

use super::store::{columns, spent};
use super::{Limits, Spent, Subject};
use crate::accounts::work::Work;
use crate::db::{self, schema::throttles};

/// More rows than this are not kept, unless all of them are waiting: about 25 MB.
const MOST_ROWS: i64 = 100_000;

/// How many more rows than necessary are removed, so that it isn't done again at once.
const SLACK: i64 = 1_000;

/// The most rows that one transaction removes.
const BATCH: i64 = 5_000;

/// After so many attempts the rows are counted.
const EVERY: u32 = 64;

/// Counts attempts, to look for room now and then.
#[derive(Debug, Clone, Default)]
pub struct Room(Arc<AtomicU32>);

impl Room {
    /// Counts an attempt, and makes room if there are too many rows: at the first one and then every so often.
    pub(in crate::accounts) fn keep(&self, work: &mut Work<'_>, limits: &Limits) -> db::Result<()> {
        if self.0.fetch_add(1, Ordering::Relaxed).is_multiple_of(EVERY) {
            make_room(work, limits)?;
        }
        Ok(())
    }
}

/// Removes rows past the most, a batch of them. Answers how many went.
pub(in crate::accounts) fn make_room(work: &mut Work<'_>, limits: &Limits) -> db::Result<usize> {
    let rows: i64 = throttles::table.count().get_result(work.connection())?;
    if rows <= MOST_ROWS {
        return Ok(0);
    }
    let now = db::now();
    // Many names with an attempt each are cheap to make up, so they go first: a hundred thousand of them push out nothing
    // that has been guessed at for a while.
    let candidates: Vec<(String, _)> = throttles::table
        .filter(throttles::next_at.le(now))
        .order((throttles::day_count, throttles::spent_until))
        .select((throttles::subject, columns()))
        .limit((rows - MOST_ROWS + SLACK).min(BATCH))
        .load(work.connection())?;
    let waits = |subject: &str, spent: Spent| {
        Subject::parse(subject).is_some_and(|subject| limits.of(&subject).spend(spent, now).is_err())
    };
    let rows = candidates.into_iter().map(|(subject, columns)| (subject, spent(columns)));
    let free: Vec<String> =
        rows.filter(|(subject, spent)| !waits(subject, *spent)).map(|(subject, _)| subject).collect();
    Ok(diesel::delete(throttles::table).filter(throttles::subject.eq_any(free)).execute(work.connection())?)
}
