//! Errors of commands: one sentence on stderr, and an exit code.

use std::process::ExitCode;

use crate::accounts::token;
use crate::accounts::user::{self, import};
use crate::backup;
use crate::config;
use crate::db;
use crate::todos;

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
pub(super) enum Error {
    /// Something went wrong.
    #[error("{0}")]
    Failed(String),
    /// The arguments are wrong.
    #[error("{0}")]
    Usage(String),
    /// Something that was named does not exist.
    #[error("{0}")]
    NotFound(String),
    /// Something that was to be created exists already.
    #[error("{0}")]
    Exists(String),
    /// The configuration can't be used.
    #[error(transparent)]
    Config(#[from] config::Invalid),
    /// The database failed.
    #[error(transparent)]
    Database(#[from] db::Error),
    /// A backup was not made or restored.
    #[error(transparent)]
    Backup(#[from] backup::Error),
    /// The account was not changed.
    #[error(transparent)]
    User(#[from] user::Error),
    /// Accounts were not imported.
    #[error(transparent)]
    Import(#[from] import::Error),
    /// The todo was not read or changed.
    #[error(transparent)]
    Todo(#[from] todos::Error),
    /// A token or key can't be made.
    #[error(transparent)]
    Token(#[from] token::Error),
    /// The output was closed.
    #[error("the output can't be written: {0}")]
    Output(#[from] std::io::Error),
}

impl Error {
    pub(super) fn exit_code(&self) -> ExitCode {
        ExitCode::from(match self {
            Error::Usage(_) => 2,
            Error::NotFound(_)
            | Error::User(user::Error::NotFound(_))
            | Error::Token(token::Error::User(user::Error::NotFound(_)))
            | Error::Todo(todos::Error::NotFound) => 3,
            Error::Exists(_) | Error::User(user::Error::UsernameTaken | user::Error::EmailTaken) => 4,
            _ => 1,
        })
    }
}
