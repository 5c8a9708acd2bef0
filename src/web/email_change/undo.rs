//! `GET /email/undo`, `POST /email/undo`: the former address again, by the link that was sent to it. Then its owner
//! chooses another password.

use rocket::http::CookieJar;
use rocket::{Either, Route, State, get, post, routes};
use serde_json::json;

use super::opened::{Button, refusal};
use crate::accounts::Accounts;
use crate::accounts::one_time_link::LinkToken;
use crate::accounts::user::email_change;
use crate::http::Site;
use crate::http::who::StrangerSource;
use crate::web::error::Error;
use crate::web::flash::Flash;
use crate::web::form::CheckedForm;
use crate::web::one_time_link::LinkCookie;
use crate::web::page::{Layout, Page};
use crate::web::reset;
use crate::web::see_other::SeeOther;

const COOKIE: LinkCookie = LinkCookie::new("email_undo", "__Secure-email_undo", "/email/undo");

#[get("/email/undo?<token>")]
async fn edit(
    token: Option<&str>,
    layout: Layout<'_>,
    source: StrangerSource,
    accounts: &State<Accounts>,
    site: &State<Site>,
    jar: &CookieJar<'_>,
) -> Result<Either<Page, SeeOther>, Error> {
    let shown = if token.is_some() { token.and_then(LinkToken::parse) } else { kept(jar, site) };
    let undoable = match email_change::undoable(accounts, shown.as_ref(), &source.0).await {
        Ok(undoable) => undoable,
        Err(refused) => return refusal(&layout, refused).map(Either::Left),
    };
    if let Some(shown) = shown.filter(|_| token.is_some()) {
        return Ok(Either::Right(COOKIE.keep(jar, site, shown.to_text())));
    }
    let context = json!({
        "username": undoable.user.username,
        "email": undoable.user.email,
        "former": undoable.former,
    });
    Ok(Either::Left(layout.page("email_change/undo", context)))
}

#[post("/email/undo", data = "<_form>")]
async fn update(
    _form: CheckedForm<Button>,
    layout: Layout<'_>,
    source: StrangerSource,
    accounts: &State<Accounts>,
    site: &State<Site>,
    jar: &CookieJar<'_>,
) -> Result<Either<Page, SeeOther>, Error> {
    match email_change::undo(accounts, kept(jar, site).as_ref(), &source.0).await {
        Ok(token) => {
            COOKIE.forget(jar, site);
            Ok(Either::Right(reset::COOKIE.keep(jar, site, token.to_text()).saying(Flash::EmailRestored)))
        }
        Err(refused) => refusal(&layout, refused).map(Either::Left),
    }
}

fn kept(jar: &CookieJar<'_>, site: &Site) -> Option<LinkToken> {
    LinkToken::parse(&COOKIE.kept(jar, site)?)
}

/// The routes of this part.
pub fn routes() -> Vec<Route> {
    routes![edit, update]
}
