//! Refuses what another site, port or subdomain makes a browser send. One function for every unsafe route.

use rocket::Request;
use rocket::http::Status;
use rocket::request::{FromRequest, Outcome};

use super::arrival::Arrival;
use super::refusal::{self, Who};
use super::who::Visitor;
use super::{Site, cors, problem};
use crate::accounts::audit::Refusal;
use crate::texts::Message;

/// The proof that a request comes from a page of ours, or from no browser at all.
#[derive(Debug, Clone, Copy)]
pub struct SameOrigin(());

/// The rule, without a record of it: `Sec-Fetch-Site`, when there is one, has to be `same-origin` or `none`;
/// else `Origin`, when there is one, has to be ours. Browsers send at least one of them with every POST, so a
/// request with neither comes from a program, which no other site controls.
pub fn is_ours(request: &Request<'_>) -> bool {
    let one = |name: &str| {
        let mut values = request.headers().get(name);
        (values.next(), values.next().is_some())
    };
    match (one("sec-fetch-site"), one("origin")) {
        ((_, true), _) | (_, (_, true)) => false,
        ((Some(site), _), _) => matches!(site, "same-origin" | "none"),
        (_, (Some(origin), _)) => Site::of(request).origins.is_our_origin(origin, request.rocket().config().port),
        ((None, _), (None, _)) => true,
    }
}

/// The same for what logs in or signs up in JSON, which the pages of `allowed_origins` may use too.
#[derive(Debug, Clone, Copy)]
pub struct AllowedOrigin(());

#[rocket::async_trait]
impl<'r> FromRequest<'r> for AllowedOrigin {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        if is_ours(request) || cors::allowed_origin(request).is_some() {
            return Outcome::Success(AllowedOrigin(()));
        }
        problem::note(
            request,
            "This came from another site, so nothing was done. Pages of other origins may call this when the setting \
             `allowed_origins` names theirs.",
        );
        record(request).await;
        Outcome::Error((Status::Forbidden, ()))
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for SameOrigin {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        if is_ours(request) {
            return Outcome::Success(SameOrigin(()));
        }
        problem::note(request, Message::new("request-from-elsewhere"));
        record(request).await;
        Outcome::Error((Status::Forbidden, ()))
    }
}

async fn record(request: &Request<'_>) {
    let visitor = match request.guard::<Visitor>().await {
        // Below `/api` no cookie counts.
        Outcome::Success(visitor) if !Arrival::of(request).below_api => visitor.identity(),
        _ => None,
    };
    let who = visitor.map_or(Who::Stranger, |identity| Who::User(&identity.user.id));
    refusal::note(request, Refusal::RequestRefused, who, "from another site");
}
