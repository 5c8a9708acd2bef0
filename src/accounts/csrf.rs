//! The token of forms that act as a session. Only a page that was made for this session holds it, so whoever
//! sends it has seen one; nothing of it is stored.
//!
//! It has two halves. The first belongs to the session, the second, the mark, to its account: it still says whose a
//! form was when the session has ended.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use subtle::ConstantTimeEq;

use super::Accounts;
use super::session::Session;

impl Accounts {
    /// The token for the forms of this session's pages.
    pub fn csrf_token(&self, session: &Session) -> String {
        let of_session = URL_SAFE_NO_PAD.encode(self.key.mac("csrf", &session.id));
        format!("{of_session}.{}", self.csrf_mark(session))
    }

    /// Whether a form came with the token of this session. How long it takes tells nothing about the token.
    pub fn is_csrf_token(&self, session: &Session, sent: &str) -> bool {
        self.csrf_token(session).as_bytes().ct_eq(sent.as_bytes()).into()
    }

    /// The half of the token that is the same in all sessions of an account, and in no other's.
    pub fn csrf_mark(&self, session: &Session) -> String {
        URL_SAFE_NO_PAD.encode(self.key.mac("csrf mark", &session.user_id))
    }
}

/// The mark in the token of a session that may have ended, as it was sent; none when it can't be one of ours.
pub fn mark_of(token: &str) -> Option<&str> {
    let (_, mark) = token.split_once('.')?;
    let is_mac = mark.len() == 43 && URL_SAFE_NO_PAD.decode(mark).is_ok();
    is_mac.then_some(mark)
}
