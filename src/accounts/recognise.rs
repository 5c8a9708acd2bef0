//! Who asks: the one look-up that every page, every API call and every request of an app behind us begins with.

use std::sync::Arc;
use std::time::Instant;

use chrono::NaiveDateTime;

use super::Accounts;
use super::session::{self, Identity};
use super::token::{self, access};
use crate::db::Db;

pub use super::credential::{Credential, Unrecognised};

impl Accounts {
    /// Who a credential belongs to, as the account and its roles are now, or were within the last second if another
    /// process has changed them; else why nobody has it. The use of the session is noted.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn recognise(&self, credential: Credential) -> Result<Result<Arc<Identity>, Unrecognised>, token::Error> {
        let key = credential.key();
        if let Some(identity) = self.recognised.get(&key) {
            return Ok(Ok(identity));
        }
        let asked_at = Instant::now();
        let credential = match credential {
            Credential::Cookie(token) => Looked::Cookie(token),
            Credential::AccessToken(token) => Looked::AccessToken(token, access::Ours::new(self)),
        };
        let found = self.db.look_up(move |db| look_up(db, credential)).await?;
        let (identity, until) = match found {
            Ok(found) => found,
            Err(unrecognised) => return Ok(Err(unrecognised)),
        };
        let identity = Arc::new(identity);
        self.recognised.put(key, Arc::clone(&identity), asked_at, until);
        if identity.session.wants_touch() {
            session::note_use(self, &identity.session);
        }
        Ok(Ok(identity))
    }
}

/// A credential with what has to be known to look at it, wherever that happens.
enum Looked {
    Cookie(session::SessionToken),
    AccessToken(String, access::Ours),
}

/// Who a credential belongs to, and until when it is valid.
fn look_up(db: &Db, credential: Looked) -> Result<Result<(Identity, NaiveDateTime), Unrecognised>, token::Error> {
    let (found, until) = match credential {
        Looked::Cookie(token) => {
            let found = db.read(|connection| session::find(connection, &token))?;
            (found.ok_or(Unrecognised::Over), NaiveDateTime::MAX)
        }
        Looked::AccessToken(token, ours) => match access::verify(db, &ours, &token)? {
            Ok(token) => {
                let found = db.read(|connection| access::owner(connection, &token))?;
                let until = token.until;
                (found.ok_or_else(|| Unrecognised::Revoked { user_id: token.into_user_id() }), until)
            }
            Err(unrecognised) => (Err(unrecognised), NaiveDateTime::MAX),
        },
    };
    Ok(found.map(|identity| {
        let until = until.min(identity.session.ends_at());
        (identity, until)
    }))
}
