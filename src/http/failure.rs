//! Why a request is answered with a 5xx. A guard or handler leaves the cause in the request; `request_log` writes it into
//! the log, beside the reference that the page shows.

use rocket::Request;

use super::arrival::Arrival;
use crate::accounts::password::Full;
use crate::accounts::token;
use crate::db;

/// Why a request failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cause {
    /// In words, for the log alone.
    Told(String),
    /// It is one of many: they are counted, since a line for each would make a flood worse.
    Flood(Flood),
}

/// What there can be too much of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flood {
    /// Passwords to check.
    Passwords,
    /// Requests that wait for the database.
    Database,
}

impl From<&db::Error> for Cause {
    fn from(error: &db::Error) -> Cause {
        match error {
            db::Error::Busy => Cause::Flood(Flood::Database),
            error => Cause::Told(error.to_string()),
        }
    }
}

impl From<&token::Error> for Cause {
    fn from(error: &token::Error) -> Cause {
        match error {
            token::Error::Database(error) => error.into(),
            error => Cause::Told(error.to_string()),
        }
    }
}

impl From<&Full> for Cause {
    fn from(_: &Full) -> Cause {
        Cause::Flood(Flood::Passwords)
    }
}

/// Leaves the cause. The first one stays.
pub fn note(request: &Request<'_>, cause: impl Into<Cause>) {
    let cause = cause.into();
    request.local_cache(|| Some(cause));
}

/// The cause of a request's failure, if anyone left it.
pub(super) fn of<'r>(request: &'r Request<'_>) -> Option<&'r Cause> {
    request.local_cache(|| None::<Cause>).as_ref()
}

/// By what an operator finds this failure in the log; none for one of a flood, which has no line of its own.
pub fn reference<'r>(request: &'r Request<'_>) -> Option<&'r str> {
    match of(request) {
        Some(Cause::Flood(_)) => None,
        Some(Cause::Told(_)) | None => Some(Arrival::of(request).request_id()),
    }
}
