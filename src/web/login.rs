//! `GET /login`, `POST /login`: the login page.

use rocket::http::{CookieJar, Status};
use rocket::{Either, Request, Route, State, get, post, routes};
use serde_json::{Value, json};

use super::error::Error;
use super::flash::{Flash, kept_name};
use super::form::{CheckedForm, Fields, PostedForm, WorksForEveryone};
use super::page::{Layout, Page};
use super::rendered_once::PageForStrangers;
use super::see_other::SeeOther;
use crate::accounts::Accounts;
use crate::accounts::audit::Source;
use crate::accounts::login::{self, Attempt, Outcome};
use crate::accounts::password::Password;
use crate::http::cookies::{self, CookiesRefused, Presented};
use crate::http::local_path::LocalPath;
use crate::http::who::Visitor;
use crate::http::{self, Site};

/// What the login page sends. No `Debug`: it holds a password.
struct LoginForm {
    username: String,
    password: String,
    remember: bool,
    next: LocalPath,
}

impl PostedForm for LoginForm {
    const FIELDS: &'static [&'static str] = &["username", "password", "remember", "next"];

    fn read(fields: &mut Fields) -> LoginForm {
        LoginForm {
            username: fields.take("username").unwrap_or_default(),
            password: fields.take("password").unwrap_or_default(),
            remember: fields.take_checkbox("remember"),
            next: place(fields.take("next").as_deref()),
        }
    }
}

impl WorksForEveryone for LoginForm {}

/// Whoever is logged in is sent on. Without a flash message the page is the same for everyone else.
#[get("/login?<next>&<cookies>")]
fn new(
    next: Option<&str>,
    cookies: Option<&str>,
    refused: CookiesRefused,
    layout: Layout<'_>,
    accounts: &State<Accounts>,
) -> Either<Either<Page, PageForStrangers>, SeeOther> {
    let next = place(next);
    if let Visitor::SignedIn(_) = layout.visitor {
        return Either::Right(SeeOther::at(next));
    }
    let refused = refused.0 && cookies == Some("refused");
    let flash = if refused { Some(Flash::CookiesRefused) } else { layout.take_flash() };
    if flash.is_none() && next.is_home() {
        let empty = |request: &Request<'_>| context(http::accounts(request), "", false, &LocalPath::home(), json!({}));
        return Either::Left(Either::Right(PageForStrangers::new("login/new", empty)));
    }
    let (username, remember) = match &flash {
        Some(Flash::WrongLogin { username, remember }) => (username.as_str(), *remember),
        _ => ("", false),
    };
    let page = layout.page_with("login/new", context(accounts, username, remember, &next, json!({})), flash.as_ref());
    Either::Left(Either::Left(page))
}

#[post("/login", data = "<form>", rank = 2)]
async fn create(
    form: CheckedForm<LoginForm>,
    layout: Layout<'_>,
    source: Source,
    presented: Presented,
    accounts: &State<Accounts>,
    site: &State<Site>,
    jar: &CookieJar<'_>,
) -> Result<Either<Page, SeeOther>, Error> {
    let form = form.0;
    if let Some(errors) = missing(&form) {
        let context = context(accounts, &form.username, form.remember, &form.next, errors);
        return Ok(Either::Left(layout.page("login/new", context).with_status(Status::UnprocessableEntity)));
    }
    let password = Password::typed(&form.password);
    let attempt = Attempt {
        name: form.username.clone(),
        password,
        remember: form.remember,
        replaces: presented.session,
        device: presented.device,
    };
    match login::log_in(accounts, attempt, &source).await? {
        Outcome::SignedIn(signed_in) => {
            cookies::sign_in(jar, site, &signed_in);
            let on = SeeOther::at(form.next);
            Ok(Either::Right(if signed_in.is_kept { on.saying(Flash::AccountKept) } else { on }))
        }
        Outcome::Wrong => {
            let flash = Flash::wrong_login(form.username, form.remember);
            Ok(Either::Right(SeeOther::at(form.next.by_way_of_login()).saying(flash)))
        }
        Outcome::Busy(full) => Err(Error::Busy(full)),
        Outcome::Throttled(wait) => {
            let context = context(accounts, &form.username, form.remember, &form.next, json!({}));
            let page = layout.page_with("login/new", context, Some(&Flash::throttled(wait)));
            Ok(Either::Left(page.with_retry_after(wait)))
        }
    }
}

/// The messages for empty fields.
fn missing(form: &LoginForm) -> Option<Value> {
    let mut errors = json!({});
    if form.username.trim().is_empty() {
        errors["username"] = "Enter your username or email.".into();
    }
    if form.password.is_empty() {
        errors["password"] = "Enter your password.".into();
    }
    errors.as_object().is_some_and(|errors| !errors.is_empty()).then_some(errors)
}

fn context(accounts: &Accounts, username: &str, remember: bool, next: &LocalPath, errors: Value) -> Value {
    let sign_up = accounts.sign_up.is_open().then(|| next.by_way_of_sign_up().as_str().to_owned());
    let next = (!next.is_home()).then(|| next.as_str());
    json!({
        "form": { "username": kept_name(username), "remember": remember, "next": next },
        "sign_up": sign_up,
        "errors": errors,
    })
}

/// Where to go after the login: the page that was asked for if it is one of ours, else home.
pub(super) fn place(next: Option<&str>) -> LocalPath {
    next.and_then(LocalPath::parse).unwrap_or_else(LocalPath::home)
}

/// The routes of this feature.
pub fn routes() -> Vec<Route> {
    routes![new, create]
}
