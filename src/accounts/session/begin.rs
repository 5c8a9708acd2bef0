//! Beginning a session.

use diesel::prelude::*;

use super::{Kind, Lifetimes, Session, SessionToken, ending};
use crate::accounts::work::Work;
use crate::db::{self, schema::sessions};

/// A session that has just begun, with the token that only the browser will keep.
#[derive(Debug)]
pub struct NewSession {
    /// The token for the cookie.
    pub token: SessionToken,
    /// The session.
    pub session: Session,
}

/// Begins a session. Past the most that an account may have, the one that was used longest ago gives way.
pub(in crate::accounts) fn begin(
    work: &mut Work<'_>,
    user_id: &str,
    kind: Kind,
    lifetimes: &Lifetimes,
) -> db::Result<NewSession> {
    let token = SessionToken::generate();
    let now = db::now();
    let remembered = kind == Kind::Browser { remembered: true };
    let session = Session {
        id: db::new_id(),
        user_id: user_id.to_owned(),
        remembered,
        created_at: now,
        authenticated_at: now,
        last_seen_at: now,
        idle_expires_at: now + lifetimes.idle(kind),
        expires_at: now + lifetimes.absolute(kind),
        address: work.source().address_text(),
        user_agent: work.source().user_agent.clone(),
        kind: kind.as_str().to_owned(),
    };
    diesel::insert_into(sessions::table)
        .values((
            sessions::id.eq(&session.id),
            sessions::token_hash.eq(token.digest()),
            sessions::user_id.eq(&session.user_id),
            sessions::remembered.eq(remembered),
            sessions::created_at.eq(now),
            sessions::authenticated_at.eq(now),
            sessions::last_seen_at.eq(now),
            sessions::idle_expires_at.eq(session.idle_expires_at),
            sessions::expires_at.eq(session.expires_at),
            sessions::address.eq(&session.address),
            sessions::user_agent.eq(&session.user_agent),
            sessions::kind.eq(kind.as_str()),
        ))
        .execute(work.connection())?;
    ending::make_room(work, user_id, lifetimes.at_a_time)?;
    Ok(NewSession { token, session })
}

/// Gives a session another token, in the transaction in which its owner has confirmed it with the password.
pub(in crate::accounts) fn renew(work: &mut Work<'_>, id: &str) -> db::Result<NewSession> {
    let token = SessionToken::generate();
    let this = sessions::table.filter(sessions::id.eq(id));
    diesel::update(this)
        .set((sessions::token_hash.eq(token.digest()), sessions::authenticated_at.eq(db::now())))
        .execute(work.connection())?;
    let session = this.select(Session::as_select()).get_result(work.connection())?;
    Ok(NewSession { token, session })
}
