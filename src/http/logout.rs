//! Logging out, for both doors: whether a GET may do it, and doing it.

use rocket::Request;
use rocket::http::{CookieJar, Method};
use rocket::request::{FromRequest, Outcome};

use super::accounts;
use super::arrival::Arrival;
use super::who::sends_token;
use super::{Site, accept, cookies, cors, same_origin};
use crate::accounts::Accounts;
use crate::accounts::audit::Source;
use crate::accounts::session::{self, SessionToken};
use crate::db;

/// What a GET of `/logout` may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Link {
    /// Someone clicked our own link, or a program asked: end the session.
    Followed,
    /// Anything else, such as a link or an image on another site, a prefetch, a typed address: ask first.
    Shown,
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Link {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        let header = |name: &str| request.headers().get_one(name);
        // Ours: among other things, no header that came twice.
        let ours = same_origin::is_ours(request);
        let clicked_here = header("sec-fetch-site") == Some("same-origin")
            && header("sec-fetch-mode") == Some("navigate")
            && header("sec-purpose").is_none();
        let program = header("sec-fetch-site").is_none();
        let json = accept::wants_json_most(request);
        let allowed = cors::allowed_origin(request).is_some();
        let meant = (ours && clicked_here) || (json && ((ours && program) || allowed));
        let head = Arrival::of(request).method == Method::Head;
        Outcome::Success(if meant && !head { Link::Followed } else { Link::Shown })
    }
}

/// What both ways out need.
pub struct Logout<'r> {
    token: Option<SessionToken>,
    sends_access_token: bool,
    /// Whether cookies were sent of which none counts.
    is_odd: bool,
    source: Source,
    accounts: &'r Accounts,
    site: &'r Site,
    jar: &'r CookieJar<'r>,
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Logout<'r> {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        let source = request.guard::<Source>().await;
        let (token, is_odd) = match cookies::session::look_for(request) {
            Ok(token) => (token, false),
            Err(_) => (None, true),
        };
        source.map(|source| Logout {
            token,
            sends_access_token: sends_token(request),
            is_odd,
            source,
            accounts: accounts(request),
            site: Site::of(request),
            jar: request.cookies(),
        })
    }
}

const BY_TOKEN: &str =
    "You sent an access token and no cookie of a session: DELETE /api/v1/tokens/current ends that login.";

const ODD_COOKIE: &str = "Send exactly one session cookie, under its own name: none was ended.";

impl Logout<'_> {
    /// Why none of the cookies counts that were sent, for a program, which keeps them then.
    pub fn odd(&self) -> Option<&'static str> {
        self.is_odd.then_some(ODD_COOKIE)
    }

    /// Ends the session here and in the browser. Answers why a login goes on that a program may mean; without any it is
    /// the same as after one: nobody is logged in.
    ///
    /// # Errors
    /// When the database does not answer; then the session goes on.
    pub async fn finish(self) -> db::Result<Option<&'static str>> {
        let ended = match self.token {
            Some(token) => session::log_out(self.accounts, &self.source, token).await?,
            None => false,
        };
        cookies::session::remove(self.jar, self.site);
        Ok((!ended && self.sends_access_token).then_some(BY_TOKEN))
    }
}
