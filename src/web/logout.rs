//! `GET /logout`, `POST /logout`: the logout link, and the button for when a link is not enough.

use rocket::http::CookieJar;
use rocket::{Either, Route, State, get, post, routes};
use serde_json::json;

use super::error::Error;
use super::flash::Flash;
use super::page::{Layout, Page, SeeOther};
use crate::http::Site;
use crate::http::logout::{Door, Link};
use crate::http::same_origin::SameOrigin;
use crate::http::who::Visitor;

/// The one GET that writes.
#[get("/logout", rank = 2)]
async fn show(
    link: Link,
    layout: Layout<'_>,
    door: Door<'_>,
    site: &State<Site>,
    jar: &CookieJar<'_>,
) -> Result<Either<Page, SeeOther>, Error> {
    match (link, layout.visitor) {
        (Link::Followed, _) => Ok(Either::Right(leave(door, site, jar).await?)),
        (Link::Shown, Visitor::SignedIn(_)) => Ok(Either::Left(layout.page("logout/show", json!({})))),
        (Link::Shown, Visitor::Stranger) => Ok(Either::Right(SeeOther::login())),
    }
}

#[post("/logout", rank = 2)]
async fn create(
    _origin: SameOrigin,
    door: Door<'_>,
    site: &State<Site>,
    jar: &CookieJar<'_>,
) -> Result<SeeOther, Error> {
    leave(door, site, jar).await
}

async fn leave(door: Door<'_>, site: &Site, jar: &CookieJar<'_>) -> Result<SeeOther, Error> {
    door.leave().await?;
    Flash::LoggedOut.leave(jar, site);
    Ok(SeeOther::login())
}

/// The routes of this feature.
pub fn routes() -> Vec<Route> {
    routes![show, create]
}
