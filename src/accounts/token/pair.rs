//! An access token and a refresh token, made together.

use super::{Error, RefreshToken, access, refresh_token};
use crate::accounts::Accounts;
use crate::accounts::login::device::DeviceToken;
use crate::accounts::session::Identity;
use crate::accounts::work::Work;
use crate::db;

/// What a program gets. `Debug` shows nothing of it.
pub struct Pair {
    /// The JWT.
    pub access_token: String,
    /// For how many seconds it is valid.
    pub expires_in: i64,
    /// Single use: it gets one new pair.
    pub refresh_token: RefreshToken,
}

impl std::fmt::Debug for Pair {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Pair(…)")
    }
}

/// A new pair for a session.
pub(super) fn pair(
    work: &mut Work<'_>,
    accounts: &Accounts,
    identity: &Identity,
    device: DeviceToken,
) -> Result<Pair, Error> {
    let session = &identity.session;
    let refresh_token = refresh_token::add(work, &session.id, device)?;
    let lifetime = accounts.lifetimes.access_token().min(session.expires_at - db::now());
    let access_token = access::issue(work, accounts, identity, lifetime)?;
    Ok(Pair { access_token, expires_in: lifetime.num_seconds(), refresh_token })
}
