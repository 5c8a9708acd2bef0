//! The counts of refusals in the database: a row per day and kind, shared by all processes.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::kind::Kind;
use crate::accounts::work::Work;
use crate::db::{self, DbConnection, schema::refusal_counts};

/// What became of a refusal.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// It gets a row.
    Row,
    /// It gets the last row of the day.
    LastRow,
    /// It is only counted.
    CountOnly,
}

/// Counts a refusal of today, and `unrecorded` others that never got a row. The statement's condition decides.
pub(super) fn admit(work: &mut Work<'_>, kind: Kind, per_day: i64, unrecorded: i64) -> db::Result<Place> {
    let (day, event) = (today(), kind.refusal.as_str());
    let recorded: Option<i64> = diesel::update(refusal_counts::table.find((day, event, kind.about_account)))
        .filter(refusal_counts::recorded.lt(per_day))
        .set((
            refusal_counts::recorded.eq(refusal_counts::recorded + 1),
            refusal_counts::unrecorded.eq(refusal_counts::unrecorded + unrecorded),
        ))
        .returning(refusal_counts::recorded)
        .get_result(work.connection())
        .optional()?;
    match recorded {
        Some(recorded) if recorded == per_day => Ok(Place::LastRow),
        Some(_) => Ok(Place::Row),
        None if update(work, kind, unrecorded + 1)? => Ok(Place::CountOnly),
        None => {
            insert(work, kind, 1, unrecorded)?;
            Ok(if per_day == 1 { Place::LastRow } else { Place::Row })
        }
    }
}

/// Counts refusals that never got a row.
pub(super) fn add(work: &mut Work<'_>, kind: Kind, unrecorded: i64) -> db::Result<()> {
    if !update(work, kind, unrecorded)? {
        insert(work, kind, 0, unrecorded)?;
    }
    Ok(())
}

/// The events and kinds that there are counts of.
pub(super) fn kinds(connection: &mut DbConnection) -> db::Result<Vec<(String, bool)>> {
    Ok(refusal_counts::table
        .select((refusal_counts::event, refusal_counts::about_account))
        .distinct()
        .load(connection)?)
}

/// Removes the counts of the days before this one.
pub(super) fn remove_before(work: &mut Work<'_>, day: NaiveDate) -> db::Result<usize> {
    Ok(diesel::delete(refusal_counts::table).filter(refusal_counts::day.lt(day)).execute(work.connection())?)
}

fn update(work: &mut Work<'_>, kind: Kind, unrecorded: i64) -> db::Result<bool> {
    let updated = diesel::update(refusal_counts::table.find((today(), kind.refusal.as_str(), kind.about_account)))
        .set(refusal_counts::unrecorded.eq(refusal_counts::unrecorded + unrecorded))
        .execute(work.connection())?;
    Ok(updated == 1)
}

fn insert(work: &mut Work<'_>, kind: Kind, recorded: i64, unrecorded: i64) -> db::Result<()> {
    diesel::insert_into(refusal_counts::table)
        .values((
            refusal_counts::day.eq(today()),
            refusal_counts::event.eq(kind.refusal.as_str()),
            refusal_counts::about_account.eq(kind.about_account),
            refusal_counts::recorded.eq(recorded),
            refusal_counts::unrecorded.eq(unrecorded),
        ))
        .execute(work.connection())?;
    Ok(())
}

fn today() -> NaiveDate {
    db::now().date()
}
