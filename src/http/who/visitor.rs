//! Who asks for a page: someone logged in, or a stranger.

use std::sync::Arc;

use rocket::Request;
use rocket::http::Status;
use rocket::request::{FromRequest, Outcome};

use crate::accounts::audit::Refusal;
use crate::accounts::recognise::Credential;
use crate::accounts::session::Identity;
use crate::http::refusal::{self, Who};
use crate::http::{accounts, cookies, failure};

/// Someone logged in, or a stranger. A database that is down is neither: 503.
#[derive(Debug, Clone, Copy)]
pub enum Visitor<'r> {
    /// Someone whose session is valid.
    SignedIn(&'r Identity),
    /// Anyone else.
    Stranger,
}

impl<'r> Visitor<'r> {
    /// Who it is; none for a stranger.
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
    let token = match cookies::session::look_for(request) {
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
            failure::note(request, &error);
            Err(Unavailable)
        }
    }
}
