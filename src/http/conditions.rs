//! `If-Match` and `If-None-Match` (RFC 9110, 13.1): which version of something a request is meant for.

use std::convert::Infallible;

use rocket::Request;
use rocket::request::{FromRequest, Outcome};

use crate::accounts::version::{Expected, Named, Version};

/// What a change expects; the change itself checks it.
#[derive(Debug)]
pub struct Conditions(pub Expected);

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Conditions {
    type Error = Infallible;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Infallible> {
        // A weak tag names no version that could be changed (13.1.1).
        let not = named(request, "if-none-match", |tag| strong(tag).or(tag.strip_prefix("W/").and_then(strong)));
        Outcome::Success(Conditions(Expected { now: named(request, "if-match", strong), not }))
    }
}

/// The tag of a version, as `ETag` has it.
pub fn tag(version: &Version) -> String {
    format!("\"{}\"", version.as_str())
}

/// The versions that the lines of a header name. What is no tag names none: a change is then refused rather than made
/// to what nobody has seen.
fn named(request: &Request<'_>, header: &str, read: impl Fn(&str) -> Option<&str>) -> Option<Named> {
    let mut lines = request.headers().get(header).peekable();
    lines.peek()?;
    let mut names = Vec::new();
    for tag in lines.flat_map(|line| line.split(',')).map(str::trim) {
        if tag == "*" {
            return Some(Named::Any);
        }
        names.extend(read(tag).map(str::to_owned));
    }
    Some(Named::OneOf(names))
}

fn strong(tag: &str) -> Option<&str> {
    tag.strip_prefix('"')?.strip_suffix('"')
}
