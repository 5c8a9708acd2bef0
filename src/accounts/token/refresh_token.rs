//! The refresh token has two halves: the token of the device (see `login::device`), which is the same in all that
//! follow each other and outlives their session, and a secret of its own, without which nothing is refreshed.

use diesel::prelude::*;

use crate::accounts::login::device::DeviceToken;
use crate::accounts::secret::{self, Secret};
use crate::accounts::work::Work;
use crate::db::{self, schema::refresh_tokens};

/// The secret that a program gets a new pair for. `Debug` shows nothing of it.
#[derive(Debug, Clone)]
pub struct RefreshToken {
    pub(super) device: DeviceToken,
    secret: Secret,
}

/// The length of one half, as text.
const HALF: usize = 43;

impl RefreshToken {
    /// Reads what a program sent; none when it was never one of ours.
    pub fn parse(text: &str) -> Option<RefreshToken> {
        let (device, secret) = text.split_at_checked(HALF)?;
        Some(RefreshToken { device: DeviceToken::parse(device)?, secret: Secret::parse(secret)? })
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
    pub(super) fn digest(&self) -> String {
        secret::digest(self.to_text())
    }
}

/// Makes another refresh token for a session.
pub(super) fn add(work: &mut Work<'_>, session_id: &str, device: DeviceToken) -> db::Result<RefreshToken> {
    let token = RefreshToken { device, secret: Secret::generate() };
    diesel::insert_into(refresh_tokens::table)
        .values((
            refresh_tokens::token_hash.eq(token.digest()),
            refresh_tokens::session_id.eq(session_id),
            refresh_tokens::created_at.eq(db::now()),
        ))
        .execute(work.connection())?;
    Ok(token)
}
