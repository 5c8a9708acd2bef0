//! `GET /logout`, `POST /logout`: the logout link, and the button for when a link is not enough.

use rocket::http::{CookieJar, Method};
use rocket::request::{FromRequest, Outcome};
use rocket::{Either, Request, Route, get, post, routes};
use serde_json::json;

use super::error::Error;
use super::flash::Flash;
use super::page::{Layout, Page, SeeOther};
use crate::accounts::Accounts;
use crate::accounts::audit::Source;
use crate::accounts::session::{self, SessionToken};
use crate::http::arrival::Arrival;
use crate::http::guards::{Visitor, accounts};
use crate::http::same_origin::SameOrigin;
use crate::http::wants::Wants;
use crate::http::{Site, session_cookie};

/// What a GET of `/logout` may do.
enum Link {
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
        let ours = crate::http::same_origin::is_ours(request);
        let clicked_here = header("sec-fetch-site") == Some("same-origin")
            && header("sec-fetch-mode") == Some("navigate")
            && header("sec-purpose").is_none();
        let program = header("sec-fetch-site").is_none() && Wants::of(request) == Wants::Json;
        let head = Arrival::of(request).method == Method::Head;
        Outcome::Success(if !head && ours && (clicked_here || program) { Link::Followed } else { Link::Shown })
    }
}

/// The one GET that writes.
#[get("/logout")]
async fn show(link: Link, layout: Layout<'_>, door: Door<'_>) -> Result<Either<Page, SeeOther>, Error> {
    match (link, layout.visitor) {
        (Link::Followed, _) => Ok(Either::Right(door.leave().await?)),
        (Link::Shown, Visitor::SignedIn(_)) => Ok(Either::Left(layout.page("logout/show", json!({})))),
        (Link::Shown, Visitor::Stranger) => Ok(Either::Right(SeeOther::login())),
    }
}

#[post("/logout")]
async fn create(_same_origin: SameOrigin, door: Door<'_>) -> Result<SeeOther, Error> {
    Ok(door.leave().await?)
}

/// What both ways out need.
struct Door<'r> {
    token: Option<SessionToken>,
    source: Source,
    accounts: &'r Accounts,
    site: &'r Site,
    jar: &'r CookieJar<'r>,
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Door<'r> {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        let source = request.guard::<Source>().await;
        source.map(|source| Door {
            token: session_cookie::read(request),
            source,
            accounts: accounts(request),
            site: Site::of(request),
            jar: request.cookies(),
        })
    }
}

impl Door<'_> {
    /// Ends the session here and in the browser. Without one it is the same: nobody is logged in afterwards.
    async fn leave(self) -> crate::db::Result<SeeOther> {
        if let Some(token) = self.token {
            let source = self.source;
            self.accounts.db.write(move |connection| session::log_out(connection, &token, &source)).await?;
        }
        session_cookie::remove(self.jar, self.site);
        Flash::LoggedOut.leave(self.jar, self.site);
        Ok(SeeOther::login())
    }
}

/// The routes of this feature.
pub fn routes() -> Vec<Route> {
    routes![show, create]
}
