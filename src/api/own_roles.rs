//! Attempts of users to give themselves a role, by sending a field that a body does not have. The field is refused like
//! any unknown one, and the attempt is recorded like other refused calls that are for admins only.

use rocket::Request;

use crate::accounts::Accounts;
use crate::accounts::audit::{Actor, Refusal, Source, refusals};
use crate::http::refusal::{self, Who};
use crate::http::who::{Bearer, MaybeBearer};

/// The names of such fields: `roles` as in the documents of accounts, `role` as in their addresses.
const FIELDS: [&str; 2] = ["roles", "role"];

/// Records an attempt if one of the bad fields is among these. Not for admins: they may give roles, and only used the
/// wrong address.
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

/// Records the attempt to send one's own document back with other roles. `call` is the call that was made.
pub(super) fn note_change(accounts: &Accounts, bearer: &Bearer<'_>, call: &str) {
    if bearer.identity.is_admin() {
        return;
    }
    let source = Source { actor: Actor::Visitor(Some(bearer.identity.user.id.clone())), ..bearer.source.clone() };
    refusals::note(accounts, source, Refusal::AccessDenied, None, Some(format!("{call} {WHY}")));
}
