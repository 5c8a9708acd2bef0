//! What ends sessions, with the record of it.

use diesel::prelude::*;

use super::SessionToken;
use crate::accounts::audit::{self, Event};
use crate::accounts::work::Work;
use crate::db::{self, schema::sessions};

/// Ends the session of a token, as its owner wants it; nothing when there is none any more.
pub fn log_out(work: &mut Work<'_>, token: &SessionToken) -> db::Result<()> {
    let owner: Option<String> = diesel::delete(sessions::table)
        .filter(sessions::token_hash.eq(token.digest()))
        .returning(sessions::user_id)
        .get_result(work.connection())
        .optional()?;
    match owner {
        Some(owner) => audit::record(work, Event::LoggedOut, Some(&owner), None),
        None => Ok(()),
    }
}

/// Removes the session that a browser sent with a login, which is replaced by the new one.
pub(in crate::accounts) fn replace(work: &mut Work<'_>, token: &SessionToken) -> db::Result<()> {
    let ended: Option<(String, String)> = diesel::delete(sessions::table)
        .filter(sessions::token_hash.eq(token.digest()))
        .returning((sessions::id, sessions::user_id))
        .get_result(work.connection())
        .optional()?;
    match ended {
        Some((id, owner)) => audit::record(work, Event::SessionsEnded, Some(&owner), Some(&id)),
        None => Ok(()),
    }
}

/// Ends one session by its id; false when there is none.
pub fn end(work: &mut Work<'_>, id: &str) -> db::Result<bool> {
    let owner: Option<String> = diesel::delete(sessions::table)
        .filter(sessions::id.eq(id))
        .returning(sessions::user_id)
        .get_result(work.connection())
        .optional()?;
    let Some(owner) = owner else { return Ok(false) };
    audit::record(work, Event::SessionsEnded, Some(&owner), Some(id))?;
    Ok(true)
}

/// Ends one of someone's own sessions, as they want it; false when it is not theirs.
pub fn end_own(work: &mut Work<'_>, user_id: &str, id: &str) -> db::Result<bool> {
    let gone = diesel::delete(sessions::table)
        .filter(sessions::id.eq(id))
        .filter(sessions::user_id.eq(user_id))
        .execute(work.connection())?;
    if gone > 0 {
        audit::record(work, Event::LoggedOut, Some(user_id), Some(id))?;
    }
    Ok(gone > 0)
}

/// Ends all sessions of a user, and answers how many there were.
pub fn end_all_of(work: &mut Work<'_>, user_id: &str) -> db::Result<usize> {
    let count = diesel::delete(sessions::table).filter(sessions::user_id.eq(user_id)).execute(work.connection())?;
    if count > 0 {
        audit::record(work, Event::SessionsEnded, Some(user_id), Some(&format!("{count} of the user")))?;
    }
    Ok(count)
}

/// Ends everyone's sessions, and answers how many there were.
pub fn end_all(work: &mut Work<'_>) -> db::Result<usize> {
    let count = diesel::delete(sessions::table).execute(work.connection())?;
    audit::record(work, Event::SessionsEnded, None, Some(&format!("{count} of everyone")))?;
    Ok(count)
}
