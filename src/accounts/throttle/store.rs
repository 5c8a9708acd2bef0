//! Where budgets are kept: a row per account, name or device that has spent something.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::{Budget, Limits, Spent, Subject, Wait};
use crate::accounts::work::Work;
use crate::db::{self, DbConnection, schema::devices, schema::throttles};

/// The proof that an attempt was reserved. Without one no password is looked at; see `Hasher::verify`.
#[derive(Debug)]
pub struct Reservation {
    subject: String,
    budget: Budget,
}

/// Reserves one attempt.
pub(in crate::accounts) fn reserve(
    work: &mut Work<'_>,
    subject: &Subject,
    limits: &Limits,
) -> db::Result<Result<Reservation, Wait>> {
    let (subject, budget) = (subject.to_string(), limits.of(subject));
    let now = db::now();
    let known = find(work.connection(), &subject)?;
    let possible = known.map_or(Spent::nothing(now), |spent| budget.clamp(spent, now));
    let spent = match budget.spend(possible, now) {
        Ok(spent) => spent,
        Err(wait) => {
            // Written down, or the wait would begin again with each look.
            if let Some(before) = known.filter(|before| *before != possible) {
                replace(work, &subject, &before, &possible)?;
            }
            return Ok(Err(wait));
        }
    };
    match known {
        Some(before) if !replace(work, &subject, &before, &spent)? => {
            // Another node took the same attempt between our look and our update.
            return Ok(Err(Wait::new(chrono::Duration::seconds(1))));
        }
        Some(_) => {}
        None => insert(work, &subject, &spent)?,
    }
    Ok(Ok(Reservation { subject, budget: budget.clone() }))
}

/// How a budget stands, for whoever only wants to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::accounts) struct Standing {
    /// How long there is no attempt.
    pub wait: Option<Wait>,
    /// Whether so many attempts are spent that somebody seems to guess.
    pub is_under_attack: bool,
}

/// Looks at a budget without spending anything.
pub(in crate::accounts) fn look(
    connection: &mut DbConnection,
    subject: &Subject,
    limits: &Limits,
) -> db::Result<Standing> {
    let (budget, now) = (limits.of(subject), db::now());
    let spent = find(connection, &subject.to_string())?.map_or(Spent::nothing(now), |spent| budget.clamp(spent, now));
    let is_under_attack = budget.level(spent.spent_until, now) >= limits.under_attack;
    Ok(Standing { wait: budget.spend(spent, now).err(), is_under_attack })
}

impl Reservation {
    /// Gives the attempt back, because the password was right.
    pub(in crate::accounts) fn give_back(&self, work: &mut Work<'_>) -> db::Result<()> {
        if let Some(before) = find(work.connection(), &self.subject)? {
            replace(work, &self.subject, &before, &self.budget.give_back(before, db::now()))?;
        }
        Ok(())
    }
}

/// Forgets what was spent on an account, by strangers, by its own devices, by whoever is signed in, and by whoever asked
/// for a new password, and what was sent to its address. Answers how many rows went.
pub(super) fn clear(work: &mut Work<'_>, user_id: &str, of_address: Vec<Subject>) -> db::Result<usize> {
    let by_id = [Subject::Account, Subject::SignedIn, Subject::ResetsOf].map(|kind| kind(user_id.to_owned()));
    let subjects = by_id.into_iter().chain(of_address).map(|subject| subject.to_string());
    let own = diesel::delete(throttles::table)
        .filter(throttles::subject.eq_any(subjects.collect::<Vec<_>>()))
        .execute(work.connection())?;
    Ok(own + clear_devices(work, user_id)?)
}

/// Forgets the waits of rows that a clock has left which was ahead and went back, so that they can be swept. How many
/// attempts there were in their day stays.
pub(in crate::accounts) fn settle(work: &mut Work<'_>) -> db::Result<()> {
    let now = db::now();
    diesel::update(throttles::table)
        .filter(throttles::day_started_at.gt(now + chrono::Duration::minutes(1)))
        .set((throttles::day_started_at.eq(now), throttles::next_at.eq(now), throttles::spent_until.eq(now)))
        .execute(work.connection())?;
    Ok(())
}

/// Makes all browsers of an account unknown again.
pub(in crate::accounts) fn forget_devices(work: &mut Work<'_>, user_id: &str) -> db::Result<()> {
    clear_devices(work, user_id)?;
    diesel::delete(devices::table).filter(devices::user_id.eq(user_id)).execute(work.connection())?;
    Ok(())
}

fn clear_devices(work: &mut Work<'_>, user_id: &str) -> db::Result<usize> {
    let ids: Vec<String> =
        devices::table.filter(devices::user_id.eq(user_id)).select(devices::id).load(work.connection())?;
    let subjects = ids.into_iter().map(|id| Subject::Device(id).to_string());
    Ok(diesel::delete(throttles::table)
        .filter(throttles::subject.eq_any(subjects.collect::<Vec<_>>()))
        .execute(work.connection())?)
}

pub(super) type Columns = (NaiveDateTime, NaiveDateTime, NaiveDateTime, i64);

pub(super) fn columns() -> (throttles::spent_until, throttles::next_at, throttles::day_started_at, throttles::day_count)
{
    (throttles::spent_until, throttles::next_at, throttles::day_started_at, throttles::day_count)
}

pub(super) fn spent((spent_until, next_at, day_started_at, day_count): Columns) -> Spent {
    Spent { spent_until, next_at, day_started_at, day_count }
}

fn find(connection: &mut DbConnection, subject: &str) -> db::Result<Option<Spent>> {
    let row: Option<Columns> =
        throttles::table.filter(throttles::subject.eq(subject)).select(columns()).get_result(connection).optional()?;
    Ok(row.map(spent))
}

fn insert(work: &mut Work<'_>, subject: &str, spent: &Spent) -> db::Result<()> {
    diesel::insert_into(throttles::table)
        .values((
            throttles::subject.eq(subject),
            throttles::spent_until.eq(spent.spent_until),
            throttles::next_at.eq(spent.next_at),
            throttles::day_started_at.eq(spent.day_started_at),
            throttles::day_count.eq(spent.day_count),
        ))
        .execute(work.connection())?;
    Ok(())
}

/// One statement whose row count decides: false when the row is not what it was.
fn replace(work: &mut Work<'_>, subject: &str, before: &Spent, after: &Spent) -> db::Result<bool> {
    let changed = diesel::update(throttles::table)
        .filter(throttles::subject.eq(subject))
        .filter(throttles::spent_until.eq(before.spent_until))
        .filter(throttles::next_at.eq(before.next_at))
        .filter(throttles::day_count.eq(before.day_count))
        .set((
            throttles::spent_until.eq(after.spent_until),
            throttles::next_at.eq(after.next_at),
            throttles::day_started_at.eq(after.day_started_at),
            throttles::day_count.eq(after.day_count),
        ))
        .execute(work.connection())?;
    Ok(changed == 1)
}
