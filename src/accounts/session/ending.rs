//! What ends sessions, with the record of it.

use diesel::prelude::*;

use super::SessionToken;
use crate::accounts::Accounts;
use crate::accounts::audit::{self, Event, Source};
use crate::accounts::user::{self, Which};
use crate::accounts::work::Work;
use crate::db::{self, schema::sessions};

/// Ends the session of a token, as its owner wants it; nothing when it is gone.
///
/// # Errors
/// When the database does not answer; then the session goes on.
pub async fn log_out(accounts: &Accounts, source: &Source, token: SessionToken) -> db::Result<bool> {
    let end = move |work: &mut Work<'_>| match remove(work, &token)? {
        Some((_, owner)) => audit::record(work, Event::LoggedOut, Some(&owner), None).map(|()| true),
        None => Ok(false),
    };
    accounts.write_for_anyone(source, end).await
}

/// Ends the sessions of a user beyond the limit: those that were used longest ago.
pub(super) fn make_room(work: &mut Work<'_>, user_id: &str, at_a_time: u32) -> db::Result<()> {
    let now = db::now();
    let too_many: Vec<String> = sessions::table
        .filter(sessions::user_id.eq(user_id))
        .filter(sessions::idle_expires_at.gt(now))
        .filter(sessions::expires_at.gt(now))
        .order((sessions::last_seen_at.desc(), sessions::id.desc()))
        .offset(at_a_time.into())
        .limit(i64::MAX)
        .select(sessions::id)
        .load(work.connection())?;
    for id in too_many {
        diesel::delete(sessions::table).filter(sessions::id.eq(&id)).execute(work.connection())?;
        let detail = format!("{id}: used longest ago of more than {at_a_time}");
        work.as_system(|work| audit::record(work, Event::SessionsEnded, Some(user_id), Some(&detail)))?;
    }
    Ok(())
}

/// Ends one of someone's own sessions, as they want it; false when it is not theirs.
///
/// # Errors
/// When the database does not answer.
pub async fn end_own(accounts: &Accounts, source: &Source, user_id: &str, id: &str) -> Result<bool, user::Error> {
    let (user_id, id) = (user_id.to_owned(), id.to_owned());
    accounts.write(source, move |work| Ok(end_one_of(work, &user_id, &id)?)).await
}

/// [`end_own`], inside a transaction.
pub(in crate::accounts) fn end_one_of(work: &mut Work<'_>, user_id: &str, id: &str) -> db::Result<bool> {
    let gone = diesel::delete(sessions::table)
        .filter(sessions::id.eq(id))
        .filter(sessions::user_id.eq(user_id))
        .execute(work.connection())?;
    if gone > 0 {
        audit::record(work, Event::LoggedOut, Some(user_id), Some(id))?;
    }
    Ok(gone > 0)
}

/// Ends all of someone's sessions but this one, as they want it, and answers how many there were.
///
/// # Errors
/// When the database does not answer.
pub async fn end_others(accounts: &Accounts, source: &Source, user_id: &str, this: &str) -> Result<usize, user::Error> {
    let (user_id, this) = (user_id.to_owned(), this.to_owned());
    let end = move |work: &mut Work<'_>| -> Result<usize, user::Error> {
        let others = sessions::table.filter(sessions::user_id.eq(&user_id)).filter(sessions::id.ne(&this));
        let count = diesel::delete(others).execute(work.connection())?;
        if count > 0 {
            audit::record(work, Event::SessionsEnded, Some(&user_id), Some(&format!("{count} others of the user")))?;
        }
        Ok(count)
    };
    accounts.write(source, end).await
}

/// Which sessions an operator or an admin ends.
#[derive(Debug, Clone)]
pub enum Ending {
    /// The one of this id.
    One(String),
    /// All of one user.
    AllOf(Which),
    /// Everyone's.
    Everyones,
}

/// Ends sessions, and answers how many there were.
///
/// # Errors
/// [`user::Error::NotFound`] when there is no such user, [`user::Error::Revoked`], and when the database does not answer.
pub async fn end(accounts: &Accounts, source: &Source, which: Ending) -> Result<usize, user::Error> {
    let end = move |work: &mut Work<'_>| {
        work.demand_admin()?;
        match which {
            Ending::One(id) => Ok(end_one(work, &id)?),
            Ending::AllOf(which) => {
                let user = user::get(work.connection(), &which)?;
                Ok(end_all_of(work, &user.id)?)
            }
            Ending::Everyones => Ok(end_everyones(work)?),
        }
    };
    accounts.write(source, end).await
}

fn end_one(work: &mut Work<'_>, id: &str) -> db::Result<usize> {
    let owner: Option<String> = diesel::delete(sessions::table)
        .filter(sessions::id.eq(id))
        .returning(sessions::user_id)
        .get_result(work.connection())
        .optional()?;
    let Some(owner) = owner else { return Ok(0) };
    audit::record(work, Event::SessionsEnded, Some(&owner), Some(id))?;
    Ok(1)
}

/// Ends all sessions of a user, and answers how many there were.
pub(in crate::accounts) fn end_all_of(work: &mut Work<'_>, user_id: &str) -> db::Result<usize> {
    let count = diesel::delete(sessions::table).filter(sessions::user_id.eq(user_id)).execute(work.connection())?;
    if count > 0 {
        audit::record(work, Event::SessionsEnded, Some(user_id), Some(&format!("{count} of the user")))?;
    }
    Ok(count)
}

fn end_everyones(work: &mut Work<'_>) -> db::Result<usize> {
    let count = diesel::delete(sessions::table).execute(work.connection())?;
    audit::record(work, Event::SessionsEnded, None, Some(&format!("{count} of everyone")))?;
    Ok(count)
}

/// Removes the session that a browser sent with a login, which is replaced by the new one.
pub(in crate::accounts) fn replace(work: &mut Work<'_>, token: &SessionToken) -> db::Result<()> {
    match remove(work, token)? {
        Some((id, owner)) => audit::record(work, Event::SessionsEnded, Some(&owner), Some(&id)),
        None => Ok(()),
    }
}

/// Removes the session of a token, and answers its id and its owner's.
fn remove(work: &mut Work<'_>, token: &SessionToken) -> db::Result<Option<(String, String)>> {
    Ok(diesel::delete(sessions::table)
        .filter(sessions::token_hash.eq(token.digest()))
        .returning((sessions::id, sessions::user_id))
        .get_result(work.connection())
        .optional()?)
}
