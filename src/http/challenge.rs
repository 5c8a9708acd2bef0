//! What an answer below `/api` says of access tokens in `WWW-Authenticate` (RFC 6750, 3).

use rocket::Request;

/// What is wrong with how a token was sent. An answer to a request without a token, or about something else than the
/// token beside it, names none of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The token is not valid, or no longer.
    InvalidToken,
    /// There are two.
    InvalidRequest,
}

/// What the request's guards and handler found.
struct Found(Option<Fault>);

/// Leaves a fault in the request. The first one stays.
pub fn note(request: &Request<'_>, fault: Fault) {
    request.local_cache(|| Found(Some(fault)));
}

/// The challenge of an answer with this status, if it has one.
pub fn of(request: &Request<'_>, status: u16) -> Option<&'static str> {
    match (status, request.local_cache(|| Found(None)).0) {
        (401, Some(Fault::InvalidToken)) => Some(r#"Bearer realm="vestibule", error="invalid_token""#),
        (400, Some(Fault::InvalidRequest)) => Some(r#"Bearer realm="vestibule", error="invalid_request""#),
        (401, _) => Some(r#"Bearer realm="vestibule""#),
        _ => None,
    }
}
