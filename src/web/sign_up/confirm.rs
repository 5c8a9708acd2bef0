//! `GET /signup/sent`: what to do after a sign-up where mail is sent; `GET /signup/confirm`, `POST /signup/confirm`: the link
//! that went to the address makes the account, with the password that was chosen, and logs its owner in.

use rocket::http::{CookieJar, Status};
use rocket::{Either, Route, State, get, post, routes};
use serde_json::{Value, json};

use super::page::closed;
use crate::accounts::Accounts;
use crate::accounts::names::Username;
use crate::accounts::one_time_link::LinkToken;
use crate::accounts::password::Password;
use crate::accounts::sign_up::{self, Confirmation, Confirmed, LINK_WORKS_HOURS, LinkRefused, Proposed, Refused};
use crate::accounts::user;
use crate::http::Site;
use crate::http::cookies::{self, Presented};
use crate::http::local_path::LocalPath;
use crate::http::who::StrangerSource;
use crate::texts::{Message, Worded};
use crate::web::error::Error;
use crate::web::flash::{Flash, kept_name};
use crate::web::form::{CheckedForm, Fields, PostedForm, WorksForEveryone};
use crate::web::one_time_link::{LinkCookie, no_more};
use crate::web::page::{Layout, Page};
use crate::web::see_other::SeeOther;

const COOKIE: LinkCookie = LinkCookie::new("sign_up", "__Secure-sign_up", "/signup/confirm");

/// Where a sign-up leads where mail is sent, whether or not an account has the address.
pub(super) fn to_sent() -> SeeOther {
    SeeOther::at(LocalPath::parse("/signup/sent").unwrap_or_else(LocalPath::home))
}

#[get("/signup/sent")]
fn sent(layout: Layout<'_>) -> Page {
    layout.page("sign_up/sent", json!({ "hours": LINK_WORKS_HOURS }))
}

/// What the page sends: the password that was chosen, and another username, if somebody has the one that was chosen. No
/// `Debug`: it holds a password.
struct ConfirmForm {
    username: String,
    password: String,
}

impl PostedForm for ConfirmForm {
    const FIELDS: &'static [&'static str] = &["username", "password"];

    fn read(fields: &mut Fields) -> ConfirmForm {
        ConfirmForm {
            username: fields.take("username").unwrap_or_default(),
            password: fields.take("password").unwrap_or_default(),
        }
    }
}

impl WorksForEveryone for ConfirmForm {}

#[get("/signup/confirm?<token>")]
async fn edit(
    token: Option<&str>,
    layout: Layout<'_>,
    source: StrangerSource,
    accounts: &State<Accounts>,
    site: &State<Site>,
    jar: &CookieJar<'_>,
) -> Result<Either<Page, SeeOther>, Error> {
    let shown = if token.is_some() { token.and_then(LinkToken::parse) } else { kept(jar, site) };
    let proposed = match sign_up::proposed(accounts, shown.as_ref(), &source.0).await {
        Ok(proposed) => proposed,
        Err(refused) => return refusal(&layout, accounts, refused).map(Either::Left),
    };
    if let Some(shown) = shown.filter(|_| token.is_some()) {
        return Ok(Either::Right(COOKIE.keep(jar, site, shown.to_text())));
    }
    Ok(Either::Left(page(&layout, &proposed, "", json!({}))))
}

#[post("/signup/confirm", data = "<form>")]
async fn update(
    form: CheckedForm<ConfirmForm>,
    layout: Layout<'_>,
    source: StrangerSource,
    presented: Presented,
    accounts: &State<Accounts>,
    site: &State<Site>,
    jar: &CookieJar<'_>,
) -> Result<Either<Page, SeeOther>, Error> {
    let CheckedForm(ConfirmForm { username: typed, password }) = form;
    let token = kept(jar, site);
    let proposed = match sign_up::proposed(accounts, token.as_ref(), &source.0).await {
        Ok(proposed) => proposed,
        Err(refused) => return refusal(&layout, accounts, refused).map(Either::Left),
    };
    let again = |errors: Value| {
        let is_taken = proposed.is_taken || !errors["username"].is_null();
        let proposed = Proposed { is_taken, ..proposed.clone() };
        page(&layout, &proposed, &typed, errors).with_status(Status::UnprocessableEntity)
    };
    let other = match Some(typed.trim()).filter(|typed| !typed.is_empty()).map(Username::parse).transpose() {
        Ok(other) => other,
        Err(error) => return Ok(Either::Left(again(json!({ "username": error.words() })))),
    };
    if password.is_empty() {
        return Ok(Either::Left(again(json!({ "password": Message::new("login-password-missing") }))));
    }
    let password = Password::typed(&password);
    let confirmation = Confirmation { token, password, other, replaces: presented.session };
    Ok(match sign_up::confirm(accounts, confirmation, &source.0).await {
        Ok(confirmed) => {
            COOKIE.forget(jar, site);
            Either::Right(match confirmed {
                Confirmed::SignedIn(signed_in) => {
                    cookies::sign_in(jar, site, &signed_in);
                    SeeOther::at(LocalPath::home()).saying(Flash::SignUpConfirmed)
                }
                Confirmed::Waiting(_) => SeeOther::login().saying(Flash::SignedUpToWait),
            })
        }
        Err(LinkRefused::WrongPassword) => {
            Either::Left(again(json!({ "password": Message::new("sign-up-confirm-wrong") })))
        }
        Err(LinkRefused::Refused(refused @ Refused::Throttled(wait))) => {
            let page = page(&layout, &proposed, &typed, json!({}));
            Either::Left(page.refusing(refused.words()).with_retry_after(wait))
        }
        Err(LinkRefused::Refused(
            refused @ (Refused::ReservedUsername | Refused::User(user::Error::UsernameTaken)),
        )) => Either::Left(again(json!({ "username": refused.words() }))),
        Err(refused) => Either::Left(refusal(&layout, accounts, refused)?),
    })
}

fn page(layout: &Layout<'_>, proposed: &Proposed, typed: &str, errors: Value) -> Page {
    let Proposed { username, is_taken, email } = proposed;
    let context = json!({
        "username": username,
        "is_taken": is_taken,
        "email": email,
        "typed": kept_name(typed),
        "errors": errors,
    });
    layout.page("sign_up/confirm", context)
}

/// What is shown to whoever has a link that makes no account.
fn refusal(layout: &Layout<'_>, accounts: &Accounts, refused: LinkRefused) -> Result<Page, Error> {
    match refused {
        LinkRefused::WrongLink | LinkRefused::Refused(Refused::Invitation) => Ok(no_more(layout)),
        LinkRefused::Refused(Refused::Busy(full)) => Err(Error::Busy(full)),
        LinkRefused::Refused(Refused::Closed | Refused::NotInvited) => Ok(closed(layout, accounts)),
        // Only whoever reads the mail of this address gets here.
        LinkRefused::Refused(Refused::User(user::Error::EmailTaken)) => {
            Ok(layout.page("sign_up/taken", json!({})).with_status(Status::Conflict))
        }
        LinkRefused::Refused(Refused::User(error)) => Err(error.into()),
        LinkRefused::WrongPassword | LinkRefused::Refused(_) => Err(Error::Status(Status::Conflict)),
    }
}

fn kept(jar: &CookieJar<'_>, site: &Site) -> Option<LinkToken> {
    LinkToken::parse(&COOKIE.kept(jar, site)?)
}

/// The routes of this part.
pub fn routes() -> Vec<Route> {
    routes![sent, edit, update]
}
