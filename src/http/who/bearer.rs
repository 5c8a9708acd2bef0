//! Who calls `/api`: by access token only. A cookie means nothing here, which is why any page may call.

use std::sync::Arc;

use rocket::Request;
use rocket::http::Status;
use rocket::request::{FromRequest, Outcome};

use crate::accounts::audit::{Actor, Refusal, Source};
use crate::accounts::recognise::{Credential, Unrecognised};
use crate::accounts::session::Identity;
use crate::accounts::session::Revoked;
use crate::http::challenge::{self, Fault};
use crate::http::refusal::{self, Who};
use crate::http::{accounts, client, failure, pace, problem};
use crate::texts::Worded;

/// What the caller is told whose access token can't be used.
pub const NOT_VALID: &str = "The access token is invalid or expired. Refresh it, or log in again.";

/// Someone with a valid access token.
#[derive(Debug, Clone)]
pub struct Bearer<'r> {
    /// Who it is.
    pub identity: &'r Identity,
    /// Where the request comes from, for the audit.
    pub source: Source,
}

/// A bearer who is an admin.
#[derive(Debug, Clone)]
pub struct AdminBearer<'r>(pub Bearer<'r>);

/// A bearer, or someone who sent no token at all. A token that is off is neither: 401, or 400 for two.
#[derive(Debug, Clone)]
pub enum MaybeBearer<'r> {
    /// A valid token.
    Bearer(Bearer<'r>),
    /// No token.
    Stranger,
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Bearer<'r> {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        match request.local_cache_async(look_up(request)).await {
            Looked::Valid(identity) => match pace::count(request, identity) {
                Ok(()) => {
                    let source = client::of(request, Actor::User(identity.acting()));
                    Outcome::Success(Bearer { identity, source })
                }
                Err(status) => Outcome::Error((status, ())),
            },
            Looked::Absent => {
                problem::note(request, "Send an access token: Authorization: Bearer <token>.");
                Outcome::Error((Status::Unauthorized, ()))
            }
            Looked::Invalid => {
                problem::note(request, NOT_VALID);
                challenge::note(request, Fault::InvalidToken);
                Outcome::Error((Status::Unauthorized, ()))
            }
            Looked::Doubled => {
                problem::note(request, "Send one access token, in one way.");
                challenge::note(request, Fault::InvalidRequest);
                Outcome::Error((Status::BadRequest, ()))
            }
            Looked::Failed => Outcome::Error((Status::ServiceUnavailable, ())),
        }
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for AdminBearer<'r> {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        match request.guard::<Bearer>().await {
            Outcome::Success(mut bearer) if bearer.identity.is_admin() => {
                bearer.source.actor = Actor::User(bearer.identity.acting().as_admin());
                Outcome::Success(AdminBearer(bearer))
            }
            Outcome::Success(bearer) => {
                let who = Who::User(&bearer.identity.user.id);
                refusal::note(request, Refusal::AccessDenied, who, "for admins only");
                problem::note(request, Revoked::Admin.words());
                Outcome::Error((Status::Forbidden, ()))
            }
            Outcome::Error(error) => Outcome::Error(error),
            Outcome::Forward(_) => Outcome::Error((Status::InternalServerError, ())),
        }
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for MaybeBearer<'r> {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        match request.local_cache_async(look_up(request)).await {
            Looked::Absent => Outcome::Success(MaybeBearer::Stranger),
            _ => request.guard::<Bearer>().await.map(MaybeBearer::Bearer),
        }
    }
}

/// What came of looking for a token.
enum Looked {
    Valid(Arc<Identity>),
    Absent,
    Invalid,
    /// More than one, or one in more than one way (RFC 6750, 3.1).
    Doubled,
    Failed,
}

/// Once per request.
async fn look_up(request: &Request<'_>) -> Looked {
    let token = match token(request) {
        Ok(Some(token)) => token.to_owned(),
        Ok(None) => return Looked::Absent,
        Err(()) => {
            refusal::note(request, Refusal::TokenRefused, Who::Stranger, "with more than one access token");
            return Looked::Doubled;
        }
    };
    match accounts(request).recognise(Credential::AccessToken(token)).await {
        Ok(Ok(identity)) => Looked::Valid(identity),
        Ok(Err(unrecognised)) => {
            note(request, &unrecognised);
            Looked::Invalid
        }
        Err(error) => {
            failure::note(request, &error);
            Looked::Failed
        }
    }
}

/// A token whose time is over is as usual: the program refreshes it.
fn note(request: &Request<'_>, unrecognised: &Unrecognised) {
    let (who, why) = match unrecognised {
        Unrecognised::Over => return,
        Unrecognised::Foreign => (Who::Stranger, "with an access token that no key of ours has signed"),
        Unrecognised::Revoked { user_id } => (Who::Owner(user_id), "with an access token whose session was ended"),
    };
    refusal::note(request, Refusal::TokenRefused, who, why);
}

/// The one token of the request: `Authorization: Bearer`, or `x-access-token`.
fn token<'r>(request: &'r Request<'_>) -> Result<Option<&'r str>, ()> {
    // Other schemes are for someone else, such as a proxy with a login of its own.
    let authorization = request.headers().get("authorization").filter_map(|value| {
        let (scheme, token) = value.split_once(' ').unwrap_or((value, ""));
        scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
    });
    let mut tokens = authorization.chain(request.headers().get("x-access-token"));
    match (tokens.next(), tokens.next()) {
        (token, None) => Ok(token),
        (_, Some(_)) => Err(()),
    }
}
