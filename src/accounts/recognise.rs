//! Who asks: the one look-up that every page, every API call and every request of an app behind us begins with.

use std::sync::Arc;
use std::time::Instant;

use chrono::NaiveDateTime;
use sha2::{Digest, Sha256};

use super::Accounts;
use super::session::{self, Identity, SessionToken};
use super::token::{self, access};
use crate::db::Db;

/// What a request brings to be recognised by.
#[derive(Debug)]
pub enum Credential {
    /// The token in a browser's session cookie.
    Cookie(SessionToken),
    /// The access token of a program.
    AccessToken(String),
}

impl Credential {
    /// What it is remembered by. A cookie's token is 32 bytes long and a JWT is longer, so none passes for the other.
    fn key(&self) -> [u8; 32] {
        match self {
            Credential::Cookie(token) => Sha256::digest(token.as_bytes()).into(),
            Credential::AccessToken(token) => Sha256::digest(token).into(),
        }
    }
}

impl Accounts {
    /// Who a credential belongs to, as the account and its roles are now, or were within the last second if another
    /// process has changed them; none when anything about it is off, its session has ended, or the account is disabled.
    /// The use of the session is noted.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn recognise(&self, credential: Credential) -> Result<Option<Arc<Identity>>, token::Error> {
        let key = credential.key();
        if let Some(identity) = self.recognised.get(&key) {
            return Ok(Some(identity));
        }
        let (accounts, asked_at) = (self.clone(), Instant::now());
        let found = self.db.queue_to_read(move |db| look_up(db, &accounts, credential)).await?;
        let Some((identity, until)) = found else { return Ok(None) };
        let identity = Arc::new(identity);
        self.recognised.put(key, Arc::clone(&identity), asked_at, until);
        if identity.session.wants_touch() {
            session::note_use(self, identity.session.clone());
        }
        Ok(Some(identity))
    }
}

/// Who a credential belongs to, and until when it is valid.
fn look_up(
    db: &Db,
    accounts: &Accounts,
    credential: Credential,
) -> Result<Option<(Identity, NaiveDateTime)>, token::Error> {
    let (found, until) = match credential {
        Credential::Cookie(token) => (db.read(|connection| session::find(connection, &token))?, NaiveDateTime::MAX),
        Credential::AccessToken(token) => match access::verify(db, accounts, &token)? {
            Some(token) => (db.read(|connection| access::owner(connection, &token))?, token.until),
            None => (None, NaiveDateTime::MAX),
        },
    };
    Ok(found.map(|identity| {
        let until = until.min(identity.session.ends_at());
        (identity, until)
    }))
}
