//! `GET /email/confirm`, `POST /email/confirm`: a new address, by the link that went to it.

use rocket::http::CookieJar;
use rocket::{Either, Route, State, get, post, routes};
use serde_json::json;

use super::opened::{Button, refusal};
use crate::accounts::Accounts;
use crate::accounts::one_time_link::LinkToken;
use crate::accounts::user::email_change;
use crate::http::Site;
use crate::http::local_path::LocalPath;
use crate::http::who::{StrangerSource, Visitor};
use crate::web::error::Error;
use crate::web::flash::Flash;
use crate::web::form::CheckedForm;
use crate::web::one_time_link::LinkCookie;
use crate::web::page::{Layout, Page};
use crate::web::see_other::SeeOther;

const COOKIE: LinkCookie = LinkCookie::new("email_confirm", "__Secure-email_confirm", "/email/confirm");

#[get("/email/confirm?<token>")]
async fn edit(
    token: Option<&str>,
    layout: Layout<'_>,
    source: StrangerSource,
    accounts: &State<Accounts>,
    site: &State<Site>,
    jar: &CookieJar<'_>,
) -> Result<Either<Page, SeeOther>, Error> {
    let shown = if token.is_some() { token.and_then(LinkToken::parse) } else { kept(jar, site) };
    let proposed = match email_change::proposed(accounts, shown.as_ref(), &source.0).await {
        Ok(proposed) => proposed,
        Err(refused) => return refusal(&layout, refused).map(Either::Left),
    };
    if let Some(shown) = shown.filter(|_| token.is_some()) {
        return Ok(Either::Right(COOKIE.keep(jar, site, shown.to_text())));
    }
    let context = json!({
        "username": proposed.user.username,
        "email": proposed.email.as_given(),
        "former": proposed.user.email,
    });
    Ok(Either::Left(layout.page("email_change/confirm", context)))
}

#[post("/email/confirm", data = "<_form>")]
async fn update(
    _form: CheckedForm<Button>,
    layout: Layout<'_>,
    source: StrangerSource,
    accounts: &State<Accounts>,
    site: &State<Site>,
    jar: &CookieJar<'_>,
) -> Result<Either<Page, SeeOther>, Error> {
    let user = match email_change::confirm(accounts, kept(jar, site).as_ref(), &source.0).await {
        Ok(user) => user,
        Err(refused) => return refusal(&layout, refused).map(Either::Left),
    };
    COOKIE.forget(jar, site);
    let own = matches!(layout.visitor, Visitor::SignedIn(identity) if identity.user.id == user.id);
    let account = LocalPath::parse("/account").filter(|_| own);
    Ok(Either::Right(account.map_or_else(SeeOther::login, SeeOther::at).saying(Flash::EmailConfirmed)))
}

fn kept(jar: &CookieJar<'_>, site: &Site) -> Option<LinkToken> {
    LinkToken::parse(&COOKIE.kept(jar, site)?)
}

/// The routes of this part.
pub fn routes() -> Vec<Route> {
    routes![edit, update]
}
