//! Someone who is logged in, by whichever credential: for the one call below `/api` that takes a browser's cookie too.

use rocket::Request;
use rocket::http::Status;
use rocket::request::{FromRequest, Outcome};

use super::{MaybeBearer, Visitor};
use crate::accounts::session::Identity;
use crate::http::problem;

/// Someone with a valid access token or, when no token was sent, with a session cookie. Absent: 401.
#[derive(Debug, Clone, Copy)]
pub struct Caller<'r>(pub &'r Identity);

/// Whether a request has an access token, whatever it is worth.
pub fn sends_token(request: &Request<'_>) -> bool {
    let headers = request.headers();
    let is_bearer = |value: &str| value.get(..6).is_some_and(|scheme| scheme.eq_ignore_ascii_case("bearer"));
    headers.contains("x-access-token") || headers.get("authorization").any(is_bearer)
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Caller<'r> {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        if sends_token(request) {
            match request.guard::<MaybeBearer>().await {
                Outcome::Success(MaybeBearer::Bearer(bearer)) => return Outcome::Success(Caller(bearer.identity)),
                // Another scheme, such as that of a proxy's own login.
                Outcome::Success(MaybeBearer::Stranger) => {}
                Outcome::Error(error) => return Outcome::Error(error),
                Outcome::Forward(_) => return Outcome::Error((Status::InternalServerError, ())),
            }
        }
        match request.guard::<Visitor>().await {
            Outcome::Success(Visitor::SignedIn(identity)) => Outcome::Success(Caller(identity)),
            Outcome::Success(Visitor::Stranger) => {
                problem::note(request, "Nobody is logged in: send the session cookie, or an access token.");
                Outcome::Error((Status::Unauthorized, ()))
            }
            Outcome::Error(error) => Outcome::Error(error),
            Outcome::Forward(_) => Outcome::Error((Status::InternalServerError, ())),
        }
    }
}
