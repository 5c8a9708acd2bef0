//! Converts the errors of the layers below into errors of the API.

use rocket::http::Status;

use super::Error;
use crate::accounts::session::Revoked;
use crate::accounts::version::Stale;
use crate::accounts::{token, user};
use crate::db;
use crate::http::challenge::Fault;
use crate::http::failure::Cause;
use crate::http::who::bearer;
use crate::todos;

impl From<db::Error> for Error {
    fn from(error: db::Error) -> Error {
        if matches!(error, db::Error::OwnerGone | db::Error::NoSuchText) {
            return Error::not_found();
        }
        Error::unavailable(Cause::from(&error))
    }
}

impl From<Stale> for Error {
    fn from(stale: Stale) -> Error {
        Error::new(Status::PreconditionFailed, &stale.to_string())
    }
}

impl From<Revoked> for Error {
    fn from(revoked: Revoked) -> Error {
        match revoked {
            Revoked::Session => {
                Error { fault: Some(Fault::InvalidToken), ..Error::new(Status::Unauthorized, bearer::NOT_VALID) }
            }
            Revoked::Admin => Error::new(Status::Forbidden, &revoked.to_string()),
        }
    }
}

impl From<token::Error> for Error {
    fn from(error: token::Error) -> Error {
        match error {
            token::Error::Database(error) => error.into(),
            token::Error::User(error) => error.into(),
            token::Error::Revoked(revoked) => revoked.into(),
            token::Error::Disabled(_) | token::Error::Waiting(_) => Error::new(Status::Conflict, &error.to_string()),
            token::Error::Key(_) => Error::unavailable(Cause::from(&error)),
        }
    }
}

impl From<user::Error> for Error {
    fn from(error: user::Error) -> Error {
        let words = error.to_string();
        match error {
            user::Error::NotFound(_) => Error::not_found(),
            user::Error::UsernameTaken => Error::taken("username", &words),
            user::Error::EmailTaken => Error::taken("email", &words),
            user::Error::LastAdmin | user::Error::Disabled(_) | user::Error::NotWaiting(_) => {
                Error::new(Status::Conflict, &words)
            }
            user::Error::Stale(stale) => stale.into(),
            user::Error::Revoked(revoked) => revoked.into(),
            user::Error::Database(error) => error.into(),
        }
    }
}

impl From<todos::Error> for Error {
    fn from(error: todos::Error) -> Error {
        let words = error.to_string();
        match error {
            todos::Error::NotFound => Error::not_found(),
            todos::Error::AdminsOnly => Error::new(Status::Forbidden, &words),
            todos::Error::TooMany(_) => Error::new(Status::Conflict, &words),
            todos::Error::LoginNeeded => Error::new(Status::Unauthorized, &words),
            todos::Error::Stale(stale) => stale.into(),
            todos::Error::Revoked(revoked) => revoked.into(),
            todos::Error::Database(error) => error.into(),
        }
    }
}
