//! Someone who is logged in.

use rocket::Request;
use rocket::http::{Method, Status};
use rocket::request::{FromRequest, Outcome};

use super::Visitor;
use crate::accounts::session::Identity;
use crate::http::pace;
use crate::http::same_origin::SameOrigin;

/// Someone who is logged in. For anyone else a page redirects to the login and back; JSON answers 401.
///
/// Requests that another site made the browser send are refused: browsers send the cookie with those, too.
#[derive(Debug, Clone, Copy)]
pub struct CurrentUser<'r>(pub &'r Identity);

/// Left in the request's cache by [`CurrentUser`]: logging in is the way out of this 401.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LoginNeeded(pub bool);

#[rocket::async_trait]
impl<'r> FromRequest<'r> for CurrentUser<'r> {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        let reads = matches!(request.method(), Method::Get | Method::Head | Method::Options);
        if !reads && let Outcome::Error(error) = request.guard::<SameOrigin>().await {
            return Outcome::Error(error);
        }
        match request.guard::<Visitor>().await {
            Outcome::Success(Visitor::SignedIn(identity)) => match pace::count(request, identity) {
                Ok(()) => Outcome::Success(CurrentUser(identity)),
                Err(status) => Outcome::Error((status, ())),
            },
            Outcome::Success(Visitor::Stranger) => {
                request.local_cache(|| LoginNeeded(true));
                Outcome::Error((Status::Unauthorized, ()))
            }
            Outcome::Error(error) => Outcome::Error(error),
            Outcome::Forward(_) => Outcome::Error((Status::InternalServerError, ())),
        }
    }
}
