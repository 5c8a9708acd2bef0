//! Browsers that keep no cookies: after a login they come back as strangers, and need to be told why.

use std::convert::Infallible;

use rocket::Request;
use rocket::request::{FromRequest, Outcome};
use url::Url;

use super::{device, session};
use crate::http::Site;

/// The pages whose forms log in.
const LOGS_IN: [&str; 3] = ["/login", "/signup", "/setup"];

/// Whether the browser comes from a page of ours that logs in, without either of the cookies that a login sets.
///
/// Only the form leads so to a page for people who are logged in: the other links of such a page send no
/// `Referer`, and a browser that has logged in before has the cookie of its device. Other sites can't send our
/// `Referer`, so that none of their links makes a page say that cookies were refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CookiesRefused(pub bool);

impl CookiesRefused {
    /// What this request shows.
    pub fn in_request(request: &Request<'_>) -> CookiesRefused {
        let has_any = || session::read(request).is_some() || device::read(request).is_some();
        CookiesRefused(comes_from_login(request) && !has_any())
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for CookiesRefused {
    type Error = Infallible;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Infallible> {
        Outcome::Success(CookiesRefused::in_request(request))
    }
}

fn comes_from_login(request: &Request<'_>) -> bool {
    let Some(page) = request.headers().get_one("referer").and_then(|page| Url::parse(page).ok()) else { return false };
    let port = request.rocket().config().port;
    LOGS_IN.contains(&page.path())
        && Site::of(request).origins.is_our_origin(&page.origin().ascii_serialization(), port)
}
