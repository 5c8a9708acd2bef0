//! Browsers that someone has logged in with before. Their attempts have a budget of their own, so that nobody
//! can keep the owner of an account out by failing in the owner's name.

use diesel::prelude::*;

use super::session::SessionToken;
use super::work::Work;
use crate::db::{self, DbConnection, schema::devices};

/// How long a browser stays known without a login; browsers keep no cookie longer than 400 days.
const LIFETIME: chrono::Duration = chrono::Duration::days(365);

/// The token of a known browser: shaped like that of a session, but it opens nothing.
#[derive(Debug, Clone)]
pub struct DeviceToken(SessionToken);

impl DeviceToken {
    /// Reads the text of a cookie; none when it was never one of ours.
    pub fn parse(text: &str) -> Option<DeviceToken> {
        SessionToken::parse(text).map(DeviceToken)
    }

    /// The text for the cookie.
    pub fn to_text(&self) -> String {
        self.0.to_text()
    }

    /// For how long the browser should keep it.
    pub fn lifetime() -> chrono::Duration {
        LIFETIME
    }
}

/// The id of the device, if its token is of this user's.
pub(super) fn find(connection: &mut DbConnection, token: &DeviceToken, user_id: &str) -> db::Result<Option<String>> {
    Ok(devices::table
        .filter(devices::token_hash.eq(token.0.digest()))
        .filter(devices::user_id.eq(user_id))
        .filter(devices::expires_at.gt(db::now()))
        .select(devices::id)
        .first(connection)
        .optional()?)
}

/// Keeps a known browser known, from its latest login on.
pub(super) fn renew(work: &mut Work<'_>, token: &DeviceToken) -> db::Result<()> {
    diesel::update(devices::table)
        .filter(devices::token_hash.eq(token.0.digest()))
        .set(devices::expires_at.eq(db::now() + LIFETIME))
        .execute(work.connection())?;
    Ok(())
}

/// Remembers a browser after a login.
pub(super) fn remember(work: &mut Work<'_>, user_id: &str) -> db::Result<DeviceToken> {
    let token = DeviceToken(SessionToken::generate());
    let now = db::now();
    diesel::insert_into(devices::table)
        .values((
            devices::id.eq(db::new_id()),
            devices::user_id.eq(user_id),
            devices::token_hash.eq(token.0.digest()),
            devices::created_at.eq(now),
            devices::expires_at.eq(now + LIFETIME),
        ))
        .execute(work.connection())?;
    Ok(token)
}
