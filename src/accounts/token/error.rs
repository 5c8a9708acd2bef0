//! What can go wrong when tokens are made or looked at.

use crate::accounts::session::Revoked;
use crate::accounts::user;
use crate::db;

/// Why a token can't be made or looked at. A token that is merely invalid is no error.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database does not answer.
    #[error(transparent)]
    Database(#[from] db::Error),
    /// The account was not changed.
    #[error(transparent)]
    User(#[from] user::Error),
    /// Who wanted it has lost the right to.
    #[error(transparent)]
    Revoked(#[from] Revoked),
    /// The account of this username may not log in, so nothing is issued for it.
    #[error("{0} is disabled: enable the account first")]
    Disabled(String),
    /// The account of this username still waits, so nothing is issued for it.
    #[error("{0} waits for approval: approve the account first")]
    Waiting(String),
    /// The signing key can't be made, encrypted or used.
    #[error("the signing key can't be used: {0}")]
    Key(String),
}
