//! Sessions: who is logged in, where, and until when.
//!
//! Requests find theirs through `Accounts::recognise`, which remembers an answer for a second.

mod clock;
mod ending;
mod find;
mod lifetimes;
mod token;

use std::sync::Arc;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::Accounts;
use super::audit::Source;
use super::user::{self, User, Which};
use super::work::Work;
use crate::db::{self, DbConnection, schema::sessions, schema::users};

pub(super) use clock::settle;
pub use ending::{Ending, end, end_own, log_out};
pub(super) use ending::{end_all_of, replace};
pub(super) use find::{find, find_by_id};
pub use lifetimes::Lifetimes;
pub use token::SessionToken;

/// A session that has not ended.
#[derive(Debug, Clone, Queryable, Selectable, serde::Serialize)]
pub struct Session {
    /// The id: for lists, not a secret.
    pub id: String,
    /// Whose it is.
    pub user_id: String,
    /// Whether it was begun with "remember me".
    pub remembered: bool,
    /// When it began, in UTC.
    pub created_at: NaiveDateTime,
    /// When a password was last asked for.
    pub authenticated_at: NaiveDateTime,
    /// When it was last used, to the minute.
    pub last_seen_at: NaiveDateTime,
    /// When it ends unless it is used.
    pub idle_expires_at: NaiveDateTime,
    /// When it ends in any case.
    pub expires_at: NaiveDateTime,
    /// The address that it began from.
    pub address: Option<String>,
    /// The browser that it began in.
    pub user_agent: Option<String>,
    kind: String,
}

/// How a session is recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// By a cookie.
    Browser {
        /// Whether it outlives the browser.
        remembered: bool,
    },
    /// By access and refresh tokens.
    Token,
}

impl Kind {
    /// The name of the kind: `browser` or `token`.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Browser { .. } => "browser",
            Kind::Token => "token",
        }
    }
}

impl Session {
    /// How it is recognised.
    pub fn kind(&self) -> Kind {
        if self.kind == Kind::Token.as_str() { Kind::Token } else { Kind::Browser { remembered: self.remembered } }
    }
}

/// Someone who is signed in: the proof that a token was right.
#[derive(Debug, Clone)]
pub struct Identity {
    /// The session.
    pub session: Session,
    /// The account, as it is now.
    pub user: User,
    /// The roles, as they are now.
    pub roles: Vec<String>,
}

/// A session that has just begun, with the token that only the browser will keep.
#[derive(Debug)]
pub struct NewSession {
    /// The token for the cookie.
    pub token: SessionToken,
    /// The session.
    pub session: Session,
}

/// Begins a session. Past the most that an account may have, the one that was used longest ago gives way.
pub(super) fn begin(work: &mut Work<'_>, user_id: &str, kind: Kind, lifetimes: &Lifetimes) -> db::Result<NewSession> {
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

/// Notes that a session is in use, beside the request, which does not wait for a writer. There is one such task
/// at a time: a locked database must not collect them. When it fails, a later request tries again.
pub(super) fn note_use(accounts: &Accounts, session: Session) {
    let Ok(permit) = Arc::clone(&accounts.touching).try_acquire_owned() else { return };
    let accounts = accounts.clone();
    tokio::spawn(async move {
        let (lifetimes, source) = (accounts.lifetimes.clone(), Source::system());
        let touched: db::Result<()> = accounts.write(&source, move |work| touch(work, &session, &lifetimes)).await;
        if let Err(error) = touched {
            tracing::warn!(%error, "the use of a session was not noted");
        }
        drop(permit);
    });
}

/// Notes that a session is in use, so that it does not end as idle. Of several requests at once only the first
/// writes.
pub(super) fn touch(work: &mut Work<'_>, session: &Session, lifetimes: &Lifetimes) -> db::Result<()> {
    let now = db::now();
    // A session of tokens has no idle end of its own.
    let idle_expires_at = match session.kind() {
        Kind::Token => session.idle_expires_at,
        kind => now + lifetimes.idle(kind),
    };
    diesel::update(sessions::table)
        .filter(sessions::id.eq(&session.id))
        .filter(sessions::last_seen_at.le(now - lifetimes::TOUCH_EVERY))
        .set((sessions::last_seen_at.eq(now), sessions::idle_expires_at.eq(idle_expires_at)))
        .execute(work.connection())?;
    Ok(())
}

/// The sessions that have not ended, the newest first, with the names of their owners; of one user or of all.
///
/// # Errors
/// [`user::Error::NotFound`] when there is no such user, and when the database does not answer.
pub async fn list(accounts: &Accounts, whose: Option<Which>) -> Result<Vec<(Session, String)>, user::Error> {
    let list = move |connection: &mut DbConnection| {
        let user_id = match whose {
            None => None,
            Some(Which::Id(id)) => Some(id),
            Some(which) => Some(user::get(connection, &which)?.id),
        };
        Ok(live_of(connection, user_id)?)
    };
    accounts.read(list).await
}

fn live_of(connection: &mut DbConnection, user_id: Option<String>) -> db::Result<Vec<(Session, String)>> {
    let now = db::now();
    let mut query = sessions::table
        .inner_join(users::table)
        .filter(sessions::idle_expires_at.gt(now))
        .filter(sessions::expires_at.gt(now))
        .filter(sessions::created_at.le(clock::latest_beginning()))
        .order(sessions::created_at.desc())
        .select((Session::as_select(), users::username))
        .into_boxed();
    if let Some(user_id) = user_id {
        query = query.filter(sessions::user_id.eq(user_id));
    }
    Ok(query.load(connection)?)
}
