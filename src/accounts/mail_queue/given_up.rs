//! Letters that can't be delivered: they are given up after a day, recorded in the audit, and kept for some weeks, so
//! that an operator can see and retry them.

use chrono::{Duration, NaiveDateTime};
use diesel::dsl::exists;
use diesel::prelude::*;

use crate::accounts::Accounts;
use crate::accounts::audit::{self, Event, Source};
use crate::accounts::batches::{BATCH, in_batches};
use crate::accounts::user;
use crate::accounts::work::Work;
use crate::db::{self, DbConnection, schema::mail_queue};

/// For how long sending a letter is tried.
pub const DAY: Duration = Duration::hours(24);

/// How long a letter that was given up is kept.
const KEPT: Duration = Duration::days(30);

/// No letter waits longer than this for its next try, unless a clock was wrong.
const LONGEST_WAIT: Duration = Duration::hours(2);

/// Gives a letter up. If its account is gone, the letter is removed as well; and if it belonged to none, nothing is kept
/// of an address that a stranger entered: its link is too old by then.
pub(super) fn give_up(work: &mut Work<'_>, id: &str, user_id: Option<&str>, kind: &str, why: &str) -> db::Result<()> {
    let Some(user_id) = user_id else {
        let waiting = mail_queue::table.filter(mail_queue::id.eq(id)).filter(mail_queue::given_up_at.is_null());
        if diesel::delete(waiting).execute(work.connection())? > 0 {
            // What the mail server says often repeats the address.
            audit::record(work, Event::MailGivenUp, None, Some(kind))?;
        }
        return Ok(());
    };
    let given_up = diesel::update(mail_queue::table.filter(mail_queue::id.eq(id)))
        .filter(mail_queue::given_up_at.is_null())
        .set((
            mail_queue::given_up_at.eq(db::now()),
            mail_queue::next_try_at.eq(None::<chrono::NaiveDateTime>),
            mail_queue::claim.eq(None::<String>),
            mail_queue::last_error.eq(why),
        ))
        .execute(work.connection())?;
    if given_up > 0 {
        audit::record(work, Event::MailGivenUp, Some(user_id), Some(&format!("{kind}: {why}")))?;
        if user::find(work.connection(), user_id)?.is_none() {
            forget_of(work, user_id)?;
        }
    }
    Ok(())
}

/// Handles the letters that are due while the mail server can't be used. They wait, and the next ones show why. Those
/// whose day is over are given up if they were tried at least once, or if the mail server has been unusable for long.
/// Letters that are old only because this server was off for a day must not be given up untried. Writes only if
/// something has changed.
pub(super) async fn while_out(accounts: &Accounts, why: &str, is_out_long: bool) -> db::Result<()> {
    let fewest_tries = if is_out_long { 0 } else { 1 };
    let said = why.to_owned();
    let look = move |connection: &mut DbConnection| -> db::Result<(bool, bool)> {
        let is_news = diesel::select(exists(due().filter(says_other_than(said)))).get_result(connection)?;
        Ok((is_news, diesel::select(exists(due().filter(is_over(fewest_tries)))).get_result(connection)?))
    };
    let (is_news, is_any_over) = accounts.read(look).await?;
    if is_news {
        let said = why.to_owned();
        accounts.write_for_anyone(&Source::system(), move |work| note(work, &said)).await?;
    }
    if is_any_over {
        let why = why.to_owned();
        in_batches(accounts, move |work| {
            let old: Vec<(String, Option<String>, String)> = due()
                .filter(is_over(fewest_tries))
                .select((mail_queue::id, mail_queue::user_id, mail_queue::kind))
                .limit(BATCH)
                .load(work.connection())?;
            for (id, user_id, kind) in &old {
                give_up(work, id, user_id.as_deref(), kind, &why)?;
            }
            Ok(old.len())
        })
        .await?;
    }
    Ok(())
}

/// Records why the next letters wait.
fn note(work: &mut Work<'_>, why: &str) -> db::Result<()> {
    let next: Vec<String> = due()
        .filter(says_other_than(why.to_owned()))
        .order(mail_queue::next_try_at)
        .limit(BATCH)
        .select(mail_queue::id)
        .load(work.connection())?;
    diesel::update(mail_queue::table.filter(mail_queue::id.eq_any(next)))
        .set(mail_queue::last_error.eq(why))
        .execute(work.connection())?;
    Ok(())
}

#[diesel::dsl::auto_type]
fn due() -> _ {
    let now: NaiveDateTime = db::now();
    mail_queue::table.filter(mail_queue::next_try_at.le(now))
}

#[diesel::dsl::auto_type]
fn says_other_than(why: String) -> _ {
    mail_queue::last_error.is_null().or(mail_queue::last_error.ne(why))
}

#[diesel::dsl::auto_type]
fn is_over(fewest_tries: i64) -> _ {
    let now: NaiveDateTime = db::now();
    mail_queue::give_up_at.le(now).and(mail_queue::tries.ge(fewest_tries))
}

/// Removes letters that were given up long ago. Returns how many.
pub(in crate::accounts) async fn sweep(accounts: &Accounts) -> db::Result<usize> {
    in_batches(accounts, |work| {
        let old: Vec<String> = mail_queue::table
            .filter(mail_queue::given_up_at.le(db::now() - KEPT))
            .select(mail_queue::id)
            .limit(BATCH)
            .load(work.connection())?;
        Ok(diesel::delete(mail_queue::table).filter(mail_queue::id.eq_any(old)).execute(work.connection())?)
    })
    .await
}

/// Makes letters due whose next try is too far in the future, because the clock was ahead when it was set.
pub(in crate::accounts) fn settle(work: &mut Work<'_>) -> db::Result<()> {
    let now = db::now();
    diesel::update(mail_queue::table.filter(mail_queue::next_try_at.gt(now + LONGEST_WAIT)))
        .set((mail_queue::next_try_at.eq(now), mail_queue::give_up_at.eq(now + DAY)))
        .execute(work.connection())?;
    Ok(())
}

/// Removes given-up letters of an account that is being removed. Letters that wait are still sent: one may report just
/// that removal.
pub(in crate::accounts) fn forget_of(work: &mut Work<'_>, user_id: &str) -> db::Result<()> {
    diesel::delete(mail_queue::table.filter(mail_queue::user_id.eq(user_id)))
        .filter(mail_queue::given_up_at.is_not_null())
        .execute(work.connection())?;
    Ok(())
}
