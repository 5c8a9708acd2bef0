//! `GET /logout`, `POST /logout`: logging out by cookie.

use rocket::http::Status;
use rocket::{Route, get, options, post, routes};

use super::message::Message;
use crate::api::error::Error;
use crate::http::cors::Preflight;
use crate::http::logout::{Link, Logout};
use crate::http::same_origin::AllowedOrigin;
use crate::http::wants::WantsJson;

const LOGGED_OUT: &str = "You successfully logged out";

#[get("/logout", rank = 1)]
async fn follow(_wants: WantsJson, link: Link, logout: Logout<'_>) -> Result<Message, Error> {
    match link {
        Link::Followed => finish(logout).await,
        Link::Shown => Err(Error::new(Status::Forbidden, "Log out by POST: this came from another place.")),
    }
}

#[post("/logout", rank = 1)]
async fn destroy(_wants: WantsJson, _origin: AllowedOrigin, logout: Logout<'_>) -> Result<Message, Error> {
    finish(logout).await
}

/// 200 means that the session of the cookie has ended, or that there was none.
async fn finish(logout: Logout<'_>) -> Result<Message, Error> {
    let goes_on = match logout.odd() {
        Some(why) => Some(why),
        None => logout.finish().await?,
    };
    Ok(match goes_on {
        Some(why) => Message::new(Status::BadRequest, why),
        None => Message::new(Status::Ok, LOGGED_OUT),
    })
}

#[options("/logout")]
fn preflight() -> Preflight {
    Preflight
}

/// The routes of this part.
pub(super) fn routes() -> Vec<Route> {
    routes![follow, destroy, preflight]
}
