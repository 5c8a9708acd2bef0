//! Refresh tokens: each is good for one new pair. One that comes back after it was spent has been stolen, by
//! whoever uses it now or by whoever used it first, so it ends the session.
//!
//! A refresh token has two halves: the token of the device (see `accounts::device`), which is the same in all that
//! follow each other and outlives their session, and a secret of its own, without which nothing is refreshed.

use diesel::prelude::*;
use sha2::{Digest, Sha256};

use super::{Pair, access, pair};
use crate::accounts::Accounts;
use crate::accounts::audit::{self, Event, Source};
use crate::accounts::device::DeviceToken;
use crate::accounts::session::{self, SessionToken};
use crate::accounts::work::Work;
use crate::db::{self, schema::refresh_tokens, schema::sessions};

/// The secret that a program gets a new pair for. `Debug` shows nothing of it.
#[derive(Debug, Clone)]
pub struct RefreshToken {
    device: DeviceToken,
    secret: SessionToken,
}

/// The length of one half, as text.
const HALF: usize = 43;

impl RefreshToken {
    /// Reads what a program sent; none when it was never one of ours.
    pub fn parse(text: &str) -> Option<RefreshToken> {
        let (device, secret) = text.split_at_checked(HALF)?;
        Some(RefreshToken { device: DeviceToken::parse(device)?, secret: SessionToken::parse(secret)? })
    }

    /// The text for the program.
    pub fn to_text(&self) -> String {
        self.device.to_text() + &self.secret.to_text()
    }

    /// What is left of it when its session has ended.
    pub(super) fn into_device(self) -> DeviceToken {
        self.device
    }

    /// What the database holds: SHA-256, in hex, of both halves.
    fn digest(&self) -> String {
        Sha256::digest(self.to_text()).iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// How a refresh ended.
#[derive(Debug)]
pub enum Refreshed {
    /// The new pair; the old refresh token is spent.
    Issued(Box<Pair>),
    /// Unknown, spent, or its session has ended.
    Refused,
}

/// Makes another refresh token for a session.
pub(super) fn add(work: &mut Work<'_>, session_id: &str, device: DeviceToken) -> db::Result<RefreshToken> {
    let token = RefreshToken { device, secret: SessionToken::generate() };
    diesel::insert_into(refresh_tokens::table)
        .values((
            refresh_tokens::token_hash.eq(token.digest()),
            refresh_tokens::session_id.eq(session_id),
            refresh_tokens::created_at.eq(db::now()),
        ))
        .execute(work.connection())?;
    Ok(token)
}

/// Spends a refresh token for a new pair, once, even if twenty programs try at once.
///
/// # Errors
/// When the database does not answer, or the signing key can't be used.
pub async fn refresh(accounts: &Accounts, source: &Source, token: RefreshToken) -> Result<Refreshed, access::Error> {
    let house = accounts.clone();
    accounts.write(source, move |work| spend(work, &house, &token)).await
}

fn spend(work: &mut Work<'_>, accounts: &Accounts, token: &RefreshToken) -> Result<Refreshed, access::Error> {
    let spent: Option<String> = diesel::update(refresh_tokens::table)
        .filter(refresh_tokens::token_hash.eq(token.digest()))
        .filter(refresh_tokens::spent_at.is_null())
        .set(refresh_tokens::spent_at.eq(db::now()))
        .returning(refresh_tokens::session_id)
        .get_result(work.connection())
        .optional()
        .map_err(db::Error::from)?;
    let Some(session_id) = spent else {
        end_family(work, token)?;
        return Ok(Refreshed::Refused);
    };
    let Some(identity) = session::find_by_id(work.connection(), &session_id)? else { return Ok(Refreshed::Refused) };
    session::touch(work, &identity.session, &accounts.lifetimes)?;
    Ok(Refreshed::Issued(Box::new(pair(work, accounts, &identity.session, token.device.clone())?)))
}

/// A spent token came back: ends its session with all its tokens.
fn end_family(work: &mut Work<'_>, token: &RefreshToken) -> db::Result<()> {
    let family: Option<String> = refresh_tokens::table
        .filter(refresh_tokens::token_hash.eq(token.digest()))
        .select(refresh_tokens::session_id)
        .first(work.connection())
        .optional()?;
    let Some(session_id) = family else { return Ok(()) };
    let owner: Option<String> = diesel::delete(sessions::table)
        .filter(sessions::id.eq(&session_id))
        .returning(sessions::user_id)
        .get_result(work.connection())
        .optional()?;
    audit::record(work, Event::RefreshTokenReused, owner.as_deref(), Some(&session_id))
}
