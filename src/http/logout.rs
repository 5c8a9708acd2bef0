//! Logging out, for both doors: whether a GET may do it, and doing it.

use rocket::Request;
use rocket::http::{CookieJar, Method};
use rocket::request::{FromRequest, Outcome};

use super::accounts;
use super::arrival::Arrival;
use super::wants::Wants;
use super::{Site, cookies, cors, same_origin};
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
        let json = Wants::of(request) == Wants::Json;
        let allowed = cors::allowed_origin(request).is_some();
        let meant = (ours && clicked_here) || (json && ((ours && program) || allowed));
        let head = Arrival::of(request).method == Method::Head;
        Outcome::Success(if meant && !head { Link::Followed } else { Link::Shown })
    }
}

/// What both ways out need.
pub struct Logout<'r> {
    token: Option<SessionToken>,
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
        source.map(|source| Logout {
            token: cookies::session::read(request),
            source,
            accounts: accounts(request),
            site: Site::of(request),
            jar: request.cookies(),
        })
    }
}

impl Logout<'_> {
    /// Ends the session here and in the browser. Without one it is the same: nobody is logged in afterwards.
    ///
    /// # Errors
    /// When the database does not answer; then the session goes on.
    pub async fn finish(self) -> db::Result<()> {
        if let Some(token) = self.token {
            session::log_out(self.accounts, &self.source, token).await?;
        }
        cookies::session::remove(self.jar, self.site);
        Ok(())
    }
}
