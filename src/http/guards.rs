//! Who asks. A handler's signature is its policy: what it asks for here is what the request needs.
//!
//! Guards fail closed: they answer with an error and never let another route try.

use std::sync::Arc;

use rocket::Request;
use rocket::http::{Method, Status};
use rocket::request::{FromRequest, Outcome};

use super::refusal::{self, Who};
use super::same_origin::SameOrigin;
use super::{pace, problem, session_cookie};
use crate::accounts::Accounts;
use crate::accounts::audit::Refusal;
use crate::accounts::recognise::Credential;
use crate::accounts::session::Identity;
use crate::accounts::user::role;

/// The accounts of this server.
pub fn accounts<'r>(request: &'r Request<'_>) -> &'r Accounts {
    request.rocket().state().expect("server::build manages the accounts")
}

/// Someone signed in, or a stranger. A database that is down is neither: 503.
#[derive(Debug, Clone, Copy)]
pub enum Visitor<'r> {
    /// Someone whose session is valid.
    SignedIn(&'r Identity),
    /// Anyone else.
    Stranger,
}

impl<'r> Visitor<'r> {
    /// Who it is, if it isn't a stranger.
    pub fn identity(self) -> Option<&'r Identity> {
        match self {
            Visitor::SignedIn(identity) => Some(identity),
            Visitor::Stranger => None,
        }
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Visitor<'r> {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        match request.local_cache_async(look_up(request)).await {
            Ok(Some(identity)) => Outcome::Success(Visitor::SignedIn(identity)),
            Ok(None) => Outcome::Success(Visitor::Stranger),
            Err(Unavailable) => Outcome::Error((Status::ServiceUnavailable, ())),
        }
    }
}

/// The database did not answer.
struct Unavailable;

/// Once per request.
async fn look_up(request: &Request<'_>) -> Result<Option<Arc<Identity>>, Unavailable> {
    let token = match session_cookie::look_for(request) {
        Ok(Some(token)) => token,
        Ok(None) => return Ok(None),
        Err(odd) => {
            refusal::note(request, Refusal::CookieRefused, Who::Stranger, odd.in_words());
            return Ok(None);
        }
    };
    match accounts(request).recognise(Credential::Cookie(token)).await {
        Ok(recognised) => Ok(recognised.ok()),
        Err(error) => {
            error.log("sessions can't be read");
            Err(Unavailable)
        }
    }
}

/// Someone signed in. Absent, a page sends the stranger to the login and back; JSON answers 401.
///
/// Nobody acts as someone signed in from another site: browsers send the cookie from there too.
#[derive(Debug, Clone, Copy)]
pub struct CurrentUser<'r>(pub &'r Identity);

/// Left in the request's cache by [`CurrentUser`]: this 401 is answered by logging in.
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

/// Someone signed in who is an admin, as of this request. Anyone else gets a 403.
#[derive(Debug, Clone, Copy)]
pub struct Admin<'r>(pub &'r Identity);

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Admin<'r> {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        match request.guard::<CurrentUser>().await {
            Outcome::Success(CurrentUser(identity)) if role::is_admin(&identity.roles) => {
                Outcome::Success(Admin(identity))
            }
            Outcome::Success(CurrentUser(identity)) => {
                let who = Who::User(&identity.user.id);
                refusal::note(request, Refusal::AccessDenied, who, "for admins only");
                problem::note(request, "Admins only!");
                Outcome::Error((Status::Forbidden, ()))
            }
            Outcome::Error(error) => Outcome::Error(error),
            Outcome::Forward(_) => Outcome::Error((Status::InternalServerError, ())),
        }
    }
}
