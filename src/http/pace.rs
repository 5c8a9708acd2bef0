//! Limits the changes that an account makes, by pages and programs together: a number in a row, as many of which come
//! back within a minute. Whoever makes more has to wait, however many sessions they have.

use rocket::Request;
use rocket::http::{Method, Status};
use rocket::request::{FromRequest, Outcome};

use super::{accounts, client, problem};
use crate::accounts::audit::Actor;
use crate::accounts::audit::refusals::{self, Refusal};
use crate::accounts::session::Identity;
use crate::accounts::throttle::Wait;
use crate::texts::Message;

/// A guard whose request does not count as a change, whatever its method: one that ends sessions, which has to work
/// always, or one of an admin who manages accounts, who may have a thousand of them to make.
#[derive(Debug, Clone)]
pub struct Uncounted<G>(pub G);

/// Whether a request counts. The first guard to say so decides.
struct Counts(bool);

#[rocket::async_trait]
impl<'r, G: FromRequest<'r>> FromRequest<'r> for Uncounted<G> {
    type Error = G::Error;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, G::Error> {
        request.local_cache(|| Counts(false));
        request.guard::<G>().await.map(Uncounted)
    }
}

/// The message for someone who makes too many changes.
pub fn too_many(wait: Wait) -> Message {
    Message::new("pace-throttled").with("wait", wait.words())
}

/// Lets someone who is logged in go on with a request, once it has been counted if it makes a change. The guards that
/// find out who it is ask this, so that no handler can forget it.
///
/// # Errors
/// 429, with the wait left for the answer.
pub fn count(request: &Request<'_>, identity: &Identity) -> Result<(), Status> {
    let reads = matches!(request.method(), Method::Get | Method::Head | Method::Options);
    if reads || !request.local_cache(|| Counts(true)).0 {
        return Ok(());
    }
    // Several guards of one request call this; it counts once.
    let counted = request.local_cache(|| accounts(request).writes.take(identity.user.id.as_str()));
    counted.map_err(|wait| {
        if problem::note_wait(request, wait, too_many(wait)) {
            let source = client::of(request, Actor::User(identity.acting()));
            let route = request.route().map_or("", |route| route.uri.path());
            let what = format!("{} {route}", request.method());
            refusals::note(
                accounts(request),
                source,
                Refusal::WriteThrottled,
                Some(identity.user.id.clone()),
                Some(what),
            );
        }
        Status::TooManyRequests
    })
}
