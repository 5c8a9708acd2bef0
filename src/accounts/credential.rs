//! What a request brings to be recognised by, and why nobody has it.

use sha2::{Digest, Sha256};

use super::session::SessionToken;

/// What a request brings to be recognised by.
#[derive(Debug)]
pub enum Credential {
    /// The token in a browser's session cookie.
    Cookie(SessionToken),
    /// The access token of a program.
    AccessToken(String),
}

/// Why a credential belongs to nobody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unrecognised {
    /// It is none of ours, or its key has been retired.
    Foreign,
    /// Its time is over, as comes to each; or it is a cookie whose session is no more, which browsers keep for a while.
    Over,
    /// Before its time was over, its session was ended or its account disabled or removed.
    Revoked {
        /// Whose it was.
        user_id: String,
    },
}

impl Credential {
    /// What it is remembered by. A cookie's token is 32 bytes long and a JWT is longer, so none passes for the other.
    pub(super) fn key(&self) -> [u8; 32] {
        match self {
            Credential::Cookie(token) => Sha256::digest(token.as_bytes()).into(),
            Credential::AccessToken(token) => Sha256::digest(token).into(),
        }
    }
}
