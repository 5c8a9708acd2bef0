//! Logins and failures per day. Days that are over are counted once, by the sweep; only today is counted when somebody
//! looks.

use std::collections::BTreeMap;

use chrono::{Days, Duration, NaiveDate, NaiveDateTime, NaiveTime};
use diesel::prelude::*;

use super::{Event, Refusal};
use crate::accounts::Accounts;
use crate::accounts::source::Source;
use crate::accounts::work::Work;
use crate::db::{self, DbConnection, schema::audit_events, schema::login_counts, schema::refusal_counts};

/// How many days there are, with today.
pub const DAYS: u64 = 30;

/// How long after its end a day is counted: other nodes may have clocks that are behind.
const SETTLES: Duration = Duration::hours(1);

/// What counts as a failure.
const FAILURES: [Refusal; 4] =
    [Refusal::LoginFailed, Refusal::LoginThrottled, Refusal::LoginRefused, Refusal::LoginWaiting];

/// A day (UTC), and how many logins there were on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    /// The day.
    pub day: NaiveDate,
    /// Logins with the right password.
    pub logins: i64,
    /// Logins that failed or were refused, with those that have no row in the audit: some minutes pass until they are
    /// counted.
    pub failures: i64,
}

/// The last days, today at the end.
///
/// # Errors
/// When the database does not answer.
pub async fn latest(accounts: &Accounts) -> db::Result<Vec<Day>> {
    accounts.read(|connection| read(connection, db::now())).await
}

pub(in crate::accounts) fn read(connection: &mut DbConnection, now: NaiveDateTime) -> db::Result<Vec<Day>> {
    let today = now.date();
    let first = first_of(today);
    let known: Vec<(NaiveDate, i64)> = login_counts::table
        .filter(login_counts::day.ge(first))
        .filter(login_counts::day.lt(over(now)))
        .select((login_counts::day, login_counts::logins))
        .load(connection)?;
    let known: BTreeMap<NaiveDate, i64> = known.into_iter().collect();
    let counts: Vec<(NaiveDate, i64, i64)> = refusal_counts::table
        .filter(refusal_counts::day.ge(first))
        .filter(refusal_counts::event.eq_any(FAILURES.map(Refusal::as_str)))
        .select((refusal_counts::day, refusal_counts::recorded, refusal_counts::unrecorded))
        .load(connection)?;
    let mut days = Vec::new();
    for day in first.iter_days().take_while(|day| *day <= today) {
        let logins = match known.get(&day) {
            Some(logins) => *logins,
            None => logins_on(connection, day)?,
        };
        let of_day = counts.iter().filter(|(of, ..)| *of == day);
        let failures = of_day.map(|(_, recorded, unrecorded)| recorded + unrecorded).sum();
        days.push(Day { day, logins, failures });
    }
    Ok(days)
}

/// Counts the logins of days that are over, and forgets those of days that the audit does not go back to. Answers how
/// many counts went.
///
/// # Errors
/// When the database can't be written.
pub(in crate::accounts) async fn sweep(accounts: &Accounts) -> db::Result<usize> {
    let now = db::now();
    let (oldest, end) = ((now - accounts.audit_kept).date(), over(now));
    let missing = accounts.read(move |connection| uncounted(connection, oldest, end)).await?;
    let write = move |work: &mut Work<'_>| {
        for (day, logins) in missing {
            let counted = login_counts::table.find(day);
            if !diesel::select(diesel::dsl::exists(counted)).get_result::<bool>(work.connection())? {
                diesel::insert_into(login_counts::table)
                    .values((login_counts::day.eq(day), login_counts::logins.eq(logins)))
                    .execute(work.connection())?;
            }
        }
        Ok(forget(work.connection(), oldest, end)?)
    };
    accounts.write_for_anyone::<_, db::Error, _>(&Source::system(), write).await
}

/// Removes the counts of days that the audit does not go back to, and of days that are not over: a clock that was ahead
/// has left these.
fn forget(connection: &mut DbConnection, oldest: NaiveDate, end: NaiveDate) -> QueryResult<usize> {
    let wrong = login_counts::day.lt(oldest).or(login_counts::day.ge(end));
    diesel::delete(login_counts::table.filter(wrong)).execute(connection)
}

/// The first day that is not over for certain.
fn over(now: NaiveDateTime) -> NaiveDate {
    (now - SETTLES).date()
}

/// The days before `end` that the audit has whole and that have no count yet, with their logins.
fn uncounted(connection: &mut DbConnection, oldest: NaiveDate, end: NaiveDate) -> db::Result<Vec<(NaiveDate, i64)>> {
    let counted: Vec<NaiveDate> = login_counts::table.select(login_counts::day).load(connection)?;
    let first = first_of(end).max(oldest + Days::new(1));
    let days = first.iter_days().take_while(|day| *day < end).filter(|day| !counted.contains(day));
    days.map(|day| Ok((day, logins_on(connection, day)?))).collect()
}

fn first_of(today: NaiveDate) -> NaiveDate {
    today - Days::new(DAYS - 1)
}

/// By the index of events and times.
fn logins_on(connection: &mut DbConnection, day: NaiveDate) -> db::Result<i64> {
    let (start, end) = (day.and_time(NaiveTime::MIN), (day + Days::new(1)).and_time(NaiveTime::MIN));
    Ok(audit_events::table
        .filter(audit_events::event.eq(Event::LoginSucceeded.as_str()))
        .filter(audit_events::at.ge(start))
        .filter(audit_events::at.lt(end))
        .count()
        .get_result(connection)?)
}

#[cfg(test)]
mod tests;
