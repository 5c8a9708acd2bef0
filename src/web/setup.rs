//! `GET /setup`, `POST /setup`: the first account of a server, by the link that it says at its start.

use rocket::http::{CookieJar, Status};
use rocket::{Either, Route, State, get, post, routes};
use serde_json::{Value, json};

use super::error::Error;
use super::form::{CheckedForm, Fields, PostedForm, WorksForEveryone};
use super::one_time_link::LinkCookie;
use super::page::{Layout, Page};
use super::see_other::SeeOther;
use super::sign_up::fields::{self, Needed, Typed};
use crate::accounts::Accounts;
use crate::accounts::setup::{self, Refused, SetupToken};
use crate::accounts::user;
use crate::http::Site;
use crate::http::cookies::{self, Presented};
use crate::http::local_path::LocalPath;
use crate::http::who::StrangerSource;

const COOKIE: LinkCookie = LinkCookie::new("setup", "__Secure-setup", "/setup");

/// What the page sends. No `Debug`: it holds a password.
struct SetupForm(Typed);

impl PostedForm for SetupForm {
    const FIELDS: &'static [&'static str] = &["username", "name", "email", "password"];

    fn read(fields: &mut Fields) -> SetupForm {
        SetupForm(Typed::take(fields))
    }
}

impl WorksForEveryone for SetupForm {}

#[get("/setup?<token>")]
async fn new(
    token: Option<&str>,
    layout: Layout<'_>,
    accounts: &State<Accounts>,
    site: &State<Site>,
    jar: &CookieJar<'_>,
) -> Result<Either<Page, SeeOther>, Error> {
    let from_link = token.and_then(SetupToken::parse);
    let kept = if token.is_some() { from_link } else { kept(jar, site) };
    match setup::check(accounts, kept.as_ref()).await {
        Ok(()) => {}
        Err(refused) => return no_more(&layout, refused).map(Either::Left),
    }
    match kept.filter(|_| token.is_some()) {
        Some(token) => Ok(Either::Right(COOKIE.keep(jar, site, token.to_text()))),
        None => Ok(Either::Left(layout.page("setup/new", context(accounts, &Typed::default(), json!({}))))),
    }
}

#[post("/setup", data = "<form>")]
async fn create(
    form: CheckedForm<SetupForm>,
    layout: Layout<'_>,
    source: StrangerSource,
    presented: Presented,
    accounts: &State<Accounts>,
    site: &State<Site>,
    jar: &CookieJar<'_>,
) -> Result<Either<Page, SeeOther>, Error> {
    let CheckedForm(SetupForm(typed)) = form;
    let token = kept(jar, site);
    if let Err(refused) = setup::check(accounts, token.as_ref()).await {
        return no_more(&layout, refused).map(Either::Left);
    }
    let again = |errors| {
        let page = layout.page("setup/new", context(accounts, &typed, errors));
        Ok(Either::Left(page.with_status(Status::UnprocessableEntity)))
    };
    let wanted = match typed.understand(accounts, Needed::Username) {
        Ok(wanted) => wanted,
        Err(errors) => return again(errors),
    };
    match setup::complete(accounts, token.as_ref(), wanted, presented.session, &source.0).await {
        Ok(signed_in) => {
            COOKIE.forget(jar, site);
            cookies::sign_in(jar, site, &signed_in);
            Ok(Either::Right(SeeOther::at(LocalPath::home())))
        }
        Err(Refused::User(error)) => match fields::taken(&error) {
            Some(errors) => again(errors),
            None => no_more(&layout, Refused::User(error)).map(Either::Left),
        },
        Err(refused) => no_more(&layout, refused).map(Either::Left),
    }
}

fn kept(jar: &CookieJar<'_>, site: &Site) -> Option<SetupToken> {
    SetupToken::parse(&COOKIE.kept(jar, site)?)
}

/// What someone sees whose link leads nowhere.
fn no_more(layout: &Layout<'_>, refused: Refused) -> Result<Page, Error> {
    let page = |done: bool, status| Ok(layout.page("setup/no_more", json!({ "done": done })).with_status(status));
    match refused {
        Refused::Done => page(true, Status::Gone),
        Refused::WrongLink => page(false, Status::Forbidden),
        Refused::Busy(full) => Err(Error::Busy(full)),
        Refused::User(user::Error::Database(error)) => Err(error.into()),
        Refused::User(_) => Err(Error::Status(Status::Conflict)),
        Refused::File(error) => {
            tracing::error!(%error, "the file with the token of the setup link can't be read");
            Err(Error::Status(Status::ServiceUnavailable))
        }
    }
}

fn context(accounts: &Accounts, typed: &Typed, errors: Value) -> Value {
    json!({
        "form": typed.kept(),
        "min_length": accounts.password_rules.min_length(),
        "errors": errors,
    })
}

/// The routes of this feature.
pub fn routes() -> Vec<Route> {
    routes![new, create]
}
