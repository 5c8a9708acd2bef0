//! Someone tries to give themselves a role, by a field that a body does not have. It is refused like any unknown field,
//! and noted like anything else that is for admins.

use rocket::Request;

use crate::accounts::Accounts;
use crate::accounts::audit::{Actor, Refusal, Source, refusals};
use crate::http::refusal::{self, Who};
use crate::http::who::{Bearer, MaybeBearer};

/// What such a field is called: as in the documents of accounts, and as in the addresses.
const FIELDS: [&str; 2] = ["roles", "role"];

/// Notes it when one of the bad fields is such a one. An admin may give roles, and only took the wrong address.
pub(super) async fn note(request: &Request<'_>, errors: &[(String, String)]) {
    if !errors.iter().any(|(name, _)| FIELDS.contains(&name.as_str())) {
        return;
    }
    let asked = request.guard::<MaybeBearer>().await;
    let who = match asked.as_ref().succeeded() {
        Some(MaybeBearer::Bearer(bearer)) if bearer.identity.is_admin() => return,
        Some(MaybeBearer::Bearer(bearer)) => Who::User(&bearer.identity.user.id),
        Some(MaybeBearer::Stranger) | None => Who::Stranger,
    };
    refusal::note(request, Refusal::AccessDenied, who, WHY);
}

const WHY: &str = "with a role for oneself";

/// The same for someone who sends their own document back with other roles, by this call.
pub(super) fn note_change(accounts: &Accounts, bearer: &Bearer<'_>, call: &str) {
    if bearer.identity.is_admin() {
        return;
    }
    let source = Source { actor: Actor::Visitor(Some(bearer.identity.user.id.clone())), ..bearer.source.clone() };
    refusals::note(accounts, source, Refusal::AccessDenied, None, Some(format!("{call} {WHY}")));
}
