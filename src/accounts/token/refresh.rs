//! Refreshing: a refresh token can be used once, for one new pair. One that comes back after it was spent has been
//! stolen, by whoever uses it now or by whoever used it first, so it ends the session.

use diesel::prelude::*;

use super::pair::{Pair, pair};
use super::{Error, RefreshToken};
use crate::accounts::Accounts;
use crate::accounts::audit::{self, Event, Refusal, Source, refusals};
use crate::accounts::session;
use crate::accounts::throttle::Wait;
use crate::accounts::work::Work;
use crate::db::{self, DbConnection, schema::refresh_tokens, schema::sessions};

/// How a refresh ended.
#[derive(Debug)]
pub enum Refreshed {
    /// The new pair; the old refresh token is spent.
    Issued(Box<Pair>),
    /// It was none of ours, or one of a session that was ended.
    Unknown,
    /// It was spent before, which ended its session; or that was over.
    Spent,
    /// Not looked at: too many changes by this account.
    Throttled(Wait),
}

/// Spends what may be a refresh token for a new pair, once, even if twenty programs try at once.
///
/// # Errors
/// When the database does not answer, or the signing key can't be used.
pub async fn refresh(accounts: &Accounts, source: &Source, sent: &str) -> Result<Refreshed, Error> {
    let refreshed = match RefreshToken::parse(sent) {
        Some(token) => look_up_and_spend(accounts, source, token).await?,
        None => Refreshed::Unknown,
    };
    if matches!(refreshed, Refreshed::Unknown) {
        let why = "with an unknown refresh token".to_owned();
        refusals::note(accounts, source.clone(), Refusal::TokenRefused, None, Some(why));
    }
    Ok(refreshed)
}

async fn look_up_and_spend(accounts: &Accounts, source: &Source, token: RefreshToken) -> Result<Refreshed, Error> {
    // Anyone can make up tokens; they must not take the write lock from others.
    let digest = token.digest();
    let Some(family) = accounts.read(move |connection| family(connection, &digest)).await? else {
        return Ok(Refreshed::Unknown);
    };
    // One that was stolen ends its session however often that happens.
    if !family.spent
        && let Err(wait) = accounts.writes.take(family.owner.as_str())
    {
        let why = "with a refresh token".to_owned();
        refusals::note(accounts, source.clone(), Refusal::WriteThrottled, Some(family.owner), Some(why));
        return Ok(Refreshed::Throttled(wait));
    }
    let owned = accounts.clone();
    accounts.write_for_anyone(source, move |work| spend(work, &owned, &token)).await
}

/// What a refresh token belongs to.
#[derive(Queryable)]
pub(super) struct Family {
    pub session_id: String,
    /// The id of whose session it is.
    pub owner: String,
    /// Whether the token has been used.
    spent: bool,
}

/// What the refresh token with this digest belongs to; none when it is none of ours, or its session was removed.
pub(super) fn family(connection: &mut DbConnection, digest: &str) -> db::Result<Option<Family>> {
    Ok(refresh_tokens::table
        .inner_join(sessions::table)
        .filter(refresh_tokens::token_hash.eq(digest))
        .select((sessions::id, sessions::user_id, refresh_tokens::spent_at.is_not_null()))
        .get_result(connection)
        .optional()?)
}

fn spend(work: &mut Work<'_>, accounts: &Accounts, token: &RefreshToken) -> Result<Refreshed, Error> {
    let spent: Option<String> = diesel::update(refresh_tokens::table)
        .filter(refresh_tokens::token_hash.eq(token.digest()))
        .filter(refresh_tokens::spent_at.is_null())
        .set(refresh_tokens::spent_at.eq(db::now()))
        .returning(refresh_tokens::session_id)
        .get_result(work.connection())
        .optional()
        .map_err(db::Error::from)?;
    let Some(session_id) = spent else {
        return Ok(if end_family(work, token)? { Refreshed::Spent } else { Refreshed::Unknown });
    };
    let Some(identity) = session::find_by_id(work.connection(), &session_id)? else { return Ok(Refreshed::Spent) };
    session::touch(work, std::slice::from_ref(&identity.session), &accounts.lifetimes)?;
    Ok(Refreshed::Issued(Box::new(pair(work, accounts, &identity, token.device.clone())?)))
}

/// If it is a spent token that came back, ends its session with all its tokens. False when it is none that we know.
fn end_family(work: &mut Work<'_>, token: &RefreshToken) -> db::Result<bool> {
    let Some(Family { session_id, .. }) = family(work.connection(), &token.digest())? else { return Ok(false) };
    let owner: Option<String> = diesel::delete(sessions::table)
        .filter(sessions::id.eq(&session_id))
        .returning(sessions::user_id)
        .get_result(work.connection())
        .optional()?;
    audit::record(work, Event::RefreshTokenReused, owner.as_deref(), Some(&session_id))?;
    Ok(true)
}
