//! Paths as routes see them, however they are spelled.

use rocket::Request;
use rocket::http::uri::Origin;

/// The one call below `/api` that a cookie opens: only apps and pages of our own origin may read what it answers.
pub(super) const WITH_COOKIE: &str = "/api/v1/session";

/// Where refused requests are pointed at. Whoever asks for it by name finds nothing.
pub(super) const REFUSED: &str = "/.refused";

/// Where questions about how the server is reached are pointed at, in the same way.
pub(super) const REACHED: &str = "/.reached";

/// The parts of a path as routes see them: decoded, and without empty ones.
pub(super) fn parts(uri: &Origin<'_>) -> Vec<String> {
    let path = uri.path();
    path.split('/').filter(|part| !part.is_empty()).map(|part| part.percent_decode_lossy().into_owned()).collect()
}

/// Whether an address is of the JSON below `/api/`, however its path is spelled.
pub fn is_below_api(uri: &Origin<'_>) -> bool {
    let path = uri.path();
    let mut parts = path.split('/').filter(|part| !part.is_empty());
    parts.next().is_some_and(|first| first.percent_decode_lossy() == "api") && parts.next().is_some()
}

/// Whether a request is for this path, however it is spelled.
pub fn is_at(request: &Request<'_>, path: &str) -> bool {
    parts(request.uri()).iter().map(String::as_str).eq(path.split('/').filter(|part| !part.is_empty()))
}
