//! Who asks: the one look-up that every page, every API call and every request of an app behind us begins with.

use super::Accounts;
use super::session::{self, Identity, SessionToken};
use super::token::access;
use crate::db::DbConnection;

/// What a request brings to be recognised by.
#[derive(Debug)]
pub enum Credential {
    /// The token in a browser's session cookie.
    Cookie(SessionToken),
    /// The access token of a program.
    AccessToken(String),
}

impl Accounts {
    /// Who a credential belongs to, as the account and its roles are now; none when anything about it is off, its
    /// session has ended, or the account is disabled. The use of the session is noted.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn recognise(&self, credential: Credential) -> Result<Option<Identity>, access::Error> {
        let accounts = self.clone();
        let find = move |connection: &mut DbConnection| match credential {
            Credential::Cookie(token) => Ok(session::find(connection, &token)?),
            Credential::AccessToken(token) => access::verify(connection, &accounts, &token),
        };
        let found = self.read(find).await?;
        if let Some(identity) = found.as_ref().filter(|identity| identity.session.wants_touch()) {
            session::note_use(self, identity.session.clone());
        }
        Ok(found)
    }
}
