//! `GET /logout`, `POST /logout`: the logout link, and the button for when a link is not enough.

use rocket::{Either, Route, get, post, routes};
use serde_json::json;

use super::error::Error;
use super::flash::Flash;
use super::page::{Layout, Page};
use super::see_other::SeeOther;
use crate::http::logout::{Link, Logout};
use crate::http::same_origin::SameOrigin;
use crate::http::who::Visitor;

/// The only GET that changes something.
#[get("/logout", rank = 2)]
async fn show(link: Link, layout: Layout<'_>, logout: Logout<'_>) -> Result<Either<Page, SeeOther>, Error> {
    match (link, layout.visitor) {
        (Link::Followed, _) => Ok(Either::Right(finish(logout).await?)),
        (Link::Shown, Visitor::SignedIn(_)) => Ok(Either::Left(layout.page("logout/show", json!({})))),
        (Link::Shown, Visitor::Stranger) => Ok(Either::Right(SeeOther::login())),
    }
}

#[post("/logout", rank = 2)]
async fn create(_origin: SameOrigin, logout: Logout<'_>) -> Result<SeeOther, Error> {
    finish(logout).await
}

async fn finish(logout: Logout<'_>) -> Result<SeeOther, Error> {
    logout.finish().await?;
    Ok(SeeOther::login().saying(Flash::LoggedOut))
}

/// The routes of this feature.
pub fn routes() -> Vec<Route> {
    routes![show, create]
}
