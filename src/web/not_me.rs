//! `GET /not-me`, `POST /not-me`: the owner of an account, who was told of a login by mail, says that it was not theirs.

use rocket::http::CookieJar;
use rocket::{Either, Route, State, get, post, routes};
use serde_json::json;

use super::error::Error;
use super::form::{CheckedForm, Fields, PostedForm, WorksForEveryone};
use super::one_time_link::{LinkCookie, no_more};
use super::page::{Layout, Page};
use super::reset;
use super::see_other::SeeOther;
use crate::accounts::Accounts;
use crate::accounts::not_me::{self, Refused};
use crate::accounts::one_time_link::LinkToken;
use crate::http::Site;
use crate::http::who::StrangerSource;

const COOKIE: LinkCookie = LinkCookie::new("not_me", "__Secure-not-me", "/not-me");

/// A button and nothing else.
struct NotMeForm;

impl PostedForm for NotMeForm {
    const FIELDS: &'static [&'static str] = &[];

    fn read(_fields: &mut Fields) -> NotMeForm {
        NotMeForm
    }
}

impl WorksForEveryone for NotMeForm {}

#[get("/not-me?<token>")]
async fn show(
    token: Option<&str>,
    layout: Layout<'_>,
    source: StrangerSource,
    accounts: &State<Accounts>,
    site: &State<Site>,
    jar: &CookieJar<'_>,
) -> Result<Either<Page, SeeOther>, Error> {
    let shown = if token.is_some() { token.and_then(LinkToken::parse) } else { kept(jar, site) };
    let user = match not_me::check(accounts, shown.as_ref(), &source.0).await {
        Ok(user) => user,
        Err(refused) => return refusal(&layout, refused).map(Either::Left),
    };
    Ok(match shown.filter(|_| token.is_some()) {
        Some(shown) => Either::Right(COOKIE.keep(jar, site, shown.to_text())),
        None => Either::Left(layout.page("not_me/show", json!({ "username": user.username }))),
    })
}

/// Afterwards the page for the new password has its token in a cookie, as if a link for it had been opened.
#[post("/not-me", data = "<_form>")]
async fn create(
    _form: CheckedForm<NotMeForm>,
    layout: Layout<'_>,
    source: StrangerSource,
    accounts: &State<Accounts>,
    site: &State<Site>,
    jar: &CookieJar<'_>,
) -> Result<Either<Page, SeeOther>, Error> {
    match not_me::end_everything(accounts, kept(jar, site).as_ref(), &source.0).await {
        Ok(token) => {
            COOKIE.forget(jar, site);
            Ok(Either::Right(reset::COOKIE.keep(jar, site, token.to_text())))
        }
        Err(refused) => refusal(&layout, refused).map(Either::Left),
    }
}

fn kept(jar: &CookieJar<'_>, site: &Site) -> Option<LinkToken> {
    LinkToken::parse(&COOKIE.kept(jar, site)?)
}

fn refusal(layout: &Layout<'_>, refused: Refused) -> Result<Page, Error> {
    match refused {
        Refused::WrongLink => Ok(no_more(layout)),
        Refused::User(error) => Err(error.into()),
    }
}

/// The routes of this feature.
pub fn routes() -> Vec<Route> {
    routes![show, create]
}
