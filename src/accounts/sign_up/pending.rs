//! Sign-ups that wait for their link: a row each, for a day. None of them keeps anybody from having its name or address.

use chrono::{Duration, NaiveDateTime};
use diesel::prelude::*;

use crate::accounts::batches::BATCH;
use crate::accounts::names::{Username, canonical};
use crate::accounts::one_time_link::{self, Purpose};
use crate::accounts::work::Work;
use crate::db::{self, DbConnection, schema::sign_ups};

/// How long a link works, in hours.
pub const HOURS: i64 = 24;

/// More than this don't wait. Past it the oldest goes: strangers make any number, and none of them may keep others out.
const MOST: i64 = 10_000;

/// Of those that bring data, which may be 16 KiB each, no more than this wait.
const MOST_WITH_DATA: i64 = 1_000;

/// An account that somebody wants. No `Debug`: it holds a hash.
#[derive(Queryable, Selectable)]
#[diesel(table_name = sign_ups)]
pub(super) struct Pending {
    pub id: String,
    /// Canonical.
    pub username: String,
    pub display_name: String,
    /// As it was given.
    pub email: String,
    pub password_hash: String,
    /// JSON text.
    pub data: Option<String>,
    /// The id of the invitation that they have.
    pub invitation: Option<String>,
    pub expires_at: NaiveDateTime,
}

impl Pending {
    /// Until when one waits that is made now.
    pub fn until() -> NaiveDateTime {
        db::now() + Duration::hours(HOURS)
    }
}

/// Adds one to those that wait.
pub(super) fn add(work: &mut Work<'_>, pending: &Pending) -> db::Result<()> {
    make_room(work, MOST)?;
    if pending.data.is_some() {
        make_room_for_data(work, MOST_WITH_DATA)?;
    }
    diesel::insert_into(sign_ups::table)
        .values((
            sign_ups::id.eq(&pending.id),
            sign_ups::username.eq(&pending.username),
            sign_ups::display_name.eq(&pending.display_name),
            sign_ups::email.eq(&pending.email),
            sign_ups::password_hash.eq(&pending.password_hash),
            sign_ups::data.eq(&pending.data),
            sign_ups::invitation.eq(&pending.invitation),
            sign_ups::expires_at.eq(pending.expires_at),
        ))
        .execute(work.connection())?;
    Ok(())
}

/// Removes the oldest when so many wait already: their ids sort by the time they were made.
fn make_room(work: &mut Work<'_>, most: i64) -> db::Result<()> {
    let waiting: i64 = sign_ups::table.count().get_result(work.connection())?;
    if waiting >= most {
        let oldest: Vec<String> = sign_ups::table
            .order(sign_ups::id)
            .limit(waiting - most + 1)
            .select(sign_ups::id)
            .load(work.connection())?;
        remove_all(work, &oldest)?;
    }
    Ok(())
}

/// The same among those that bring data.
fn make_room_for_data(work: &mut Work<'_>, most: i64) -> db::Result<()> {
    let with_data = sign_ups::table.filter(sign_ups::data.is_not_null());
    let waiting: i64 = with_data.count().get_result(work.connection())?;
    if waiting >= most {
        let oldest = with_data.order(sign_ups::id).limit(waiting - most + 1).select(sign_ups::id);
        let oldest: Vec<String> = oldest.load(work.connection())?;
        remove_all(work, &oldest)?;
    }
    Ok(())
}

/// Removes these, with their links.
fn remove_all(work: &mut Work<'_>, ids: &[String]) -> db::Result<()> {
    one_time_link::cancel_all(work, Purpose::SignUp, ids)?;
    diesel::delete(sign_ups::table.filter(sign_ups::id.eq_any(ids))).execute(work.connection())?;
    Ok(())
}

/// The one of this id; none when its time is over.
pub(super) fn find(connection: &mut DbConnection, id: &str) -> db::Result<Option<Pending>> {
    let this = sign_ups::table.filter(sign_ups::id.eq(id)).filter(sign_ups::expires_at.gt(db::now()));
    Ok(this.select(Pending::as_select()).get_result(connection).optional()?)
}

/// Removes the one of this id.
pub(super) fn remove(work: &mut Work<'_>, id: &str) -> db::Result<()> {
    diesel::delete(sign_ups::table.filter(sign_ups::id.eq(id))).execute(work.connection())?;
    Ok(())
}

/// The hash of the latest sign-up with the username that someone typed into a login form.
///
/// One is found by its username alone. Whoever signs up with somebody's address could otherwise log in by that address, and
/// learn by being refused that an account has it, whose password is looked at then.
pub(in crate::accounts) fn hash_of(connection: &mut DbConnection, typed: &str) -> db::Result<Option<String>> {
    let Ok(name) = Username::parse(&canonical(typed)) else { return Ok(None) };
    let latest = sign_ups::table
        .filter(sign_ups::username.eq(name.as_str()))
        .filter(sign_ups::expires_at.gt(db::now()))
        .order(sign_ups::id.desc())
        .select(sign_ups::password_hash);
    Ok(latest.first(connection).optional()?)
}

/// Removes those whose time is over, as many as a batch has. Answers how many.
pub(in crate::accounts) fn sweep(work: &mut Work<'_>) -> db::Result<usize> {
    let over: Vec<String> = sign_ups::table
        .filter(sign_ups::expires_at.le(db::now()))
        .select(sign_ups::id)
        .limit(BATCH)
        .load(work.connection())?;
    Ok(diesel::delete(sign_ups::table).filter(sign_ups::id.eq_any(over)).execute(work.connection())?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::one_time_link::Bound;
    use crate::accounts::recognised::Recognised;
    use crate::accounts::source::Source;
    use crate::db::tests::temporary;

    fn pending(hash: &str, expires_at: NaiveDateTime) -> Pending {
        let text = str::to_owned;
        Pending {
            id: db::new_id(),
            username: text("anna"),
            display_name: text("Anna"),
            email: text("anna@example.com"),
            password_hash: text(hash),
            data: None,
            invitation: None,
            expires_at,
        }
    }

    #[test]
    fn the_latest_of_a_name_counts_for_a_day_and_past_the_most_the_oldest_goes() {
        let (_folder, db) = temporary();
        let story = |work: &mut Work<'_>| -> db::Result<()> {
            let of = |work: &mut Work<'_>, name: &str| hash_of(work.connection(), name);
            add(work, &pending("first", Pending::until()))?;
            let second = pending("second", Pending::until());
            add(work, &second)?;
            assert_eq!(of(work, " ANNA ")?.as_deref(), Some("second"), "in any spelling");
            assert_eq!(of(work, "anna@example.com")?, None, "not by the address");
            make_room(work, 2)?;
            assert_eq!(of(work, "anna")?.as_deref(), Some("second"));
            make_room(work, 1)?;
            assert_eq!(of(work, "anna")?, None, "the oldest went first, then this one");

            let link = |work: &mut Work<'_>, pending: &Pending| {
                let bound = Bound { subject: pending.id.clone(), address: None };
                one_time_link::issue(work, Purpose::SignUp, &bound, pending.expires_at)
            };
            let with_data = || Pending { data: Some("{}".to_owned()), ..pending("with data", Pending::until()) };
            let all = [with_data(), pending("without", Pending::until()), with_data()];
            let mut links = Vec::new();
            for pending in &all {
                add(work, pending)?;
                links.push(link(work, pending)?);
            }
            make_room_for_data(work, 2)?;
            let waits = |work: &mut Work<'_>| -> db::Result<Vec<(bool, bool)>> {
                let found = all.iter().zip(&links).map(|(pending, link)| {
                    let row = find(work.connection(), &pending.id)?.is_some();
                    Ok((row, one_time_link::look(work.connection(), Purpose::SignUp, link)?.is_some()))
                });
                found.collect()
            };
            assert_eq!(waits(work)?, [(false, false), (true, true), (true, true)], "its link went with it");
            make_room(work, 1)?;
            assert_eq!(waits(work)?, [(false, false); 3]);

            let over = pending("over", db::now());
            add(work, &over)?;
            assert_eq!(of(work, "anna")?, None);
            assert!(find(work.connection(), &over.id)?.is_none());
            assert_eq!((sweep(work)?, sweep(work)?), (1, 0));
            Ok(())
        };
        Work::run(&db, &Recognised::new(), Source::operator(), story).unwrap();
    }
}
