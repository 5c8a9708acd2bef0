//! Notes in the audit that a request is refused: the one function of every guard that refuses.

use rocket::Request;

use super::arrival::Arrival;
use super::{accounts, client};
use crate::accounts::audit::Actor;
use crate::accounts::audit::refusals::{self, Refusal};

/// Who a refusal is about.
#[derive(Debug, Clone, Copy)]
pub enum Who<'a> {
    /// Nobody that we know.
    Stranger,
    /// The user with this id, who sent the request.
    User(&'a str),
    /// The user with this id, whose token somebody sent.
    Owner(&'a str),
}

/// Notes that a request is refused, and why, in words that hold nothing of what was sent. The refusal stands whether or
/// not it can be written down, and does not wait for it: anyone can cause as many as they like.
pub fn note(request: &Request<'_>, refusal: Refusal, who: Who<'_>, why: &str) {
    // The route's own path: that of the request has endless spellings.
    let path = request.route().map_or("", |route| route.uri.path());
    let detail = format!("{} {path} {why}", Arrival::of(request).method);
    let (actor, target) = match who {
        Who::Stranger => (None, None),
        Who::User(id) => (Some(id.to_owned()), None),
        Who::Owner(id) => (None, Some(id.to_owned())),
    };
    let source = client::of(request, Actor::Visitor(actor));
    refusals::note(accounts(request), source, refusal, target, Some(detail));
}
