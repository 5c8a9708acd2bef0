//! Links as their subject has them: the one of a purpose that waits, and those that came after one.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::{Bound, LinkToken, Purpose, remove, take_dated, works};
use crate::accounts::work::Work;
use crate::db::{self, DbConnection, schema::one_time_links};

/// What a link about a subject is bound to that waits to be opened, and until when; none when there is none. For purposes
/// of which there is one at a time.
pub(in crate::accounts) fn waiting(
    connection: &mut DbConnection,
    purpose: Purpose,
    subject: &str,
) -> db::Result<Option<(Bound, NaiveDateTime)>> {
    let found: Option<(String, Option<String>, NaiveDateTime)> = one_time_links::table
        .filter(one_time_links::subject.eq(subject))
        .filter(one_time_links::purpose.eq(purpose.as_str()))
        .filter(one_time_links::expires_at.gt(db::now()))
        .select((one_time_links::subject, one_time_links::address, one_time_links::expires_at))
        .get_result(connection)
        .optional()?;
    Ok(found.map(|(subject, address, expires_at)| (Bound { subject, address }, expires_at)))
}

/// Whether the link about a subject works, for purposes of which there is one at a time.
pub(in crate::accounts) fn works_of(
    connection: &mut DbConnection,
    purpose: Purpose,
    subject: &str,
) -> db::Result<bool> {
    let this = one_time_links::table
        .filter(one_time_links::subject.eq(subject))
        .filter(one_time_links::purpose.eq(purpose.as_str()))
        .select(one_time_links::token_hash);
    let Some(hash) = this.get_result::<String>(connection).optional()? else { return Ok(false) };
    let works = one_time_links::table.filter(works(purpose.as_str(), hash));
    Ok(diesel::select(diesel::dsl::exists(works)).get_result(connection)?)
}

/// Makes the links of one purpose about something worthless. Answers whether there was one.
pub(in crate::accounts) fn cancel(work: &mut Work<'_>, purpose: Purpose, subject: &str) -> db::Result<bool> {
    Ok(remove(work, subject, |other| other == purpose)? > 0)
}

/// Makes the links of one purpose about many things worthless.
pub(in crate::accounts) fn cancel_all(work: &mut Work<'_>, purpose: Purpose, subjects: &[String]) -> db::Result<()> {
    diesel::delete(one_time_links::table)
        .filter(one_time_links::subject.eq_any(subjects))
        .filter(one_time_links::purpose.eq(purpose.as_str()))
        .execute(work.connection())?;
    Ok(())
}

/// Uses a link up as [`take`](super::take) does, and makes those of its purpose about the same subject worthless that
/// were made after it. For purposes whose links all work for equally long.
pub(in crate::accounts) fn take_with_later(
    work: &mut Work<'_>,
    purpose: Purpose,
    token: &LinkToken,
) -> db::Result<Option<Bound>> {
    let Some((bound, expires_at)) = take_dated(work, purpose, token)? else { return Ok(None) };
    diesel::delete(one_time_links::table)
        .filter(one_time_links::subject.eq(&bound.subject))
        .filter(one_time_links::purpose.eq(purpose.as_str()))
        .filter(one_time_links::expires_at.ge(expires_at))
        .execute(work.connection())?;
    Ok(Some(bound))
}
