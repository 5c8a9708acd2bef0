//! Browsers that keep no cookies: after a login they come back as strangers, and need to be told why.

use std::convert::Infallible;

use rocket::Request;
use rocket::http::CookieJar;
use rocket::request::{FromRequest, Outcome};
use rocket::time::Duration;
use url::Url;

use super::{device, private, session};
use crate::http::{CookieName, Site};

/// The pages whose forms log in.
const LOGS_IN: [&str; 3] = ["/login", "/signup", "/setup"];

/// The cookie that finds out whether a browser keeps any. It says nothing, and opens nothing.
const TRIAL: CookieName = CookieName { plain: "trial", secure: "__Host-trial" };

/// For how long it shows that the browser keeps cookies.
const TRIAL_LASTS: Duration = Duration::minutes(5);

/// Whether the browser keeps our cookies, as far as a request shows it.
///
/// Only the form of a page that logs in leads with a `Referer` from it to another page of ours: its other links send
/// none. Other sites can't send ours, so none of their links makes a page say that cookies were refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CookiesKept {
    /// It comes from a page of ours that logs in, without any of the cookies that a login and [`try_out`] set.
    No,
    /// It has the cookie of [`try_out`].
    JustTried,
    /// Nothing speaks against it.
    Perhaps,
}

impl CookiesKept {
    /// What this request shows.
    pub fn in_request(request: &Request<'_>) -> CookiesKept {
        let has_trial = || request.cookies().get_private(Site::of(request).cookie_name(TRIAL)).is_some();
        let has_any = || session::read(request).is_some() || device::read(request).is_some();
        if !comes_from_login(request) || has_any() {
            CookiesKept::Perhaps
        } else if has_trial() {
            CookiesKept::JustTried
        } else {
            CookiesKept::No
        }
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for CookiesKept {
    type Error = Infallible;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Infallible> {
        Outcome::Success(CookiesKept::in_request(request))
    }
}

/// Leaves a cookie by which the next request shows whether this browser keeps any.
pub fn try_out(jar: &CookieJar<'_>, site: &Site) {
    let mut cookie = private(site, TRIAL, String::new());
    cookie.set_max_age(TRIAL_LASTS);
    jar.add_private(cookie);
}

fn comes_from_login(request: &Request<'_>) -> bool {
    let Some(page) = request.headers().get_one("referer").and_then(|page| Url::parse(page).ok()) else { return false };
    let port = request.rocket().config().port;
    LOGS_IN.contains(&page.path())
        && Site::of(request).origins.is_our_origin(&page.origin().ascii_serialization(), port)
}
