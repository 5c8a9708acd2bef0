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
    /// A sentence, for the log only.
    Told(String),
    /// One of many: these are counted, since a line for each would make a flood worse.
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

/// Notes the cause. The first one stays.
pub fn note(request: &Request<'_>, cause: impl Into<Cause>) {
    let cause = cause.into();
    request.local_cache(|| Some(cause));
}

/// The noted cause, if any.
pub(super) fn of<'r>(request: &'r Request<'_>) -> Option<&'r Cause> {
    request.local_cache(|| None::<Cause>).as_ref()
}

/// The reference by which an operator finds this failure in the log. Failures of a flood have
/// none, since they have no line of their own.
pub fn reference<'r>(request: &'r Request<'_>) -> Option<&'r str> {
    match of(request) {
        Some(Cause::Flood(_)) => None,
        Some(Cause::Told(_)) | None => Some(Arrival::of(request).request_id()),
    }
}
