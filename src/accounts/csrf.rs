//! The token of forms that act as a session. Only a page that was made for this session holds it, so whoever
//! sends it has seen one; nothing of it is stored.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use subtle::ConstantTimeEq;

use super::Accounts;
use super::session::Session;

impl Accounts {
    /// The token for the forms of this session's pages.
    pub fn csrf_token(&self, session: &Session) -> String {
        URL_SAFE_NO_PAD.encode(self.key.mac("csrf", &session.id))
    }

    /// Whether a form came with the token of this session. How long it takes tells nothing about the token.
    pub fn is_csrf_token(&self, session: &Session, sent: &str) -> bool {
        self.csrf_token(session).as_bytes().ct_eq(sent.as_bytes()).into()
    }
}
