//! How large a request may be before anything in it is parsed.

use hyper::http::request::Parts;
use rocket::http::Status;

/// The most bytes that hyper buffers of a request that it can't understand yet: past it, hyper answers 431 by itself.
pub(super) const BUFFER: usize = 64 * 1024;

/// The most bytes of path and query.
const TARGET: usize = 8 * 1024;

/// The most bytes of one header line.
const LINE: usize = 8 * 1024;

/// The most header lines.
const LINES: usize = 64;

/// The most bytes of all header lines.
const HEADERS: usize = 16 * 1024;

/// Refuses a request that is too heavy: 414 for its target, 431 for its headers (RFC 6585, section 5).
pub(super) fn weigh(parts: &Parts) -> Result<(), Status> {
    if parts.uri.path_and_query().is_some_and(|target| target.as_str().len() > TARGET) {
        return Err(Status::UriTooLong);
    }
    let (mut lines, mut bytes) = (0, 0);
    for (name, value) in &parts.headers {
        // As sent: with the colon, a space and the end of the line.
        let line = name.as_str().len() + value.len() + 4;
        (lines, bytes) = (lines + 1, bytes + line);
        if line > LINE || lines > LINES || bytes > HEADERS {
            return Err(Status::RequestHeaderFieldsTooLarge);
        }
    }
    Ok(())
}
