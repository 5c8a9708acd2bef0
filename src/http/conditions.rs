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
        let lines = |name| request.headers().get(name);
        let expected = Expected { now: if_match(lines("if-match")), not: if_none_match(lines("if-none-match")) };
        Outcome::Success(Conditions(expected))
    }
}

/// The tag of a version, as `ETag` has it.
pub fn tag(version: &Version) -> String {
    format!("\"{}\"", version.as_str())
}

/// What the lines of `If-Match` name; none when there are none. A weak tag names no version that could be changed
/// (13.1.1).
pub fn if_match<'a>(lines: impl Iterator<Item = &'a str>) -> Option<Named> {
    named(lines, strong)
}

/// The same of `If-None-Match`, where weak tags count too (13.1.2).
pub fn if_none_match<'a>(lines: impl Iterator<Item = &'a str>) -> Option<Named> {
    named(lines, |tag| strong(tag.strip_prefix("W/").unwrap_or(tag)))
}

/// What is no tag names nothing: a change is then refused rather than made to what nobody has seen.
fn named<'a>(lines: impl Iterator<Item = &'a str>, read: impl Fn(&str) -> Option<&str>) -> Option<Named> {
    let mut lines = lines.peekable();
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
