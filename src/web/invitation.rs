//! `GET /invite`: opens an invitation, which leads to the sign-up.

use rocket::http::CookieJar;
use rocket::{Either, Route, State, get, routes};

use super::error::Error;
use super::flash::Flash;
use super::one_time_link::{LinkCookie, no_more};
use super::page::{Layout, Page};
use super::see_other::SeeOther;
use crate::accounts::Accounts;
use crate::accounts::invitation;
use crate::accounts::one_time_link::LinkToken;
use crate::http::Site;
use crate::http::local_path::LocalPath;
use crate::http::who::{StrangerSource, Visitor};

/// Keeps the token for the sign-up.
pub(super) const COOKIE: LinkCookie = LinkCookie::new("invitation", "__Secure-invitation", "/signup");

/// Whoever is logged in has an account, and is told how to make another one.
#[get("/invite?<token>")]
async fn show(
    token: Option<&str>,
    layout: Layout<'_>,
    source: StrangerSource,
    accounts: &State<Accounts>,
    site: &State<Site>,
    jar: &CookieJar<'_>,
) -> Result<Either<Page, SeeOther>, Error> {
    let token = token.and_then(LinkToken::parse);
    let works = invitation::check(accounts, token.as_ref(), &source.0).await?.is_some();
    match (token.filter(|_| works), &layout.visitor) {
        (None, _) => Ok(Either::Left(no_more(&layout))),
        (Some(_), Visitor::SignedIn(_)) => {
            Ok(Either::Right(SeeOther::at(LocalPath::home()).saying(Flash::LogOutToBeInvited)))
        }
        (Some(token), Visitor::Stranger) => Ok(Either::Right(COOKIE.keep(jar, site, token.to_text()))),
    }
}

/// The token that is kept for the sign-up.
pub(super) fn kept(jar: &CookieJar<'_>, site: &Site) -> Option<LinkToken> {
    LinkToken::parse(&COOKIE.kept(jar, site)?)
}

/// The route of this feature.
pub fn routes() -> Vec<Route> {
    routes![show]
}
