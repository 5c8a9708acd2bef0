//! `GET /login`, `POST /login`: the login page.

use rocket::http::{CookieJar, Status};
use rocket::{Either, Request, Route, State, get, post, routes};
use serde_json::{Value, json};

use super::captcha;
use super::error::Error;
use super::flash::{Flash, kept_name};
use super::form::{CheckedForm, Fields, PostedForm, WorksForEveryone};
use super::page::{Layout, Page};
use super::rendered_once::PageForStrangers;
use super::see_other::SeeOther;
use crate::accounts::Accounts;
use crate::accounts::audit::Source;
use crate::accounts::captcha::{Answer, Unsolved};
use crate::accounts::login::device::DeviceToken;
use crate::accounts::login::on_page::{self, OnPage};
use crate::accounts::login::{Attempt, Outcome};
use crate::accounts::password::Password;
use crate::accounts::user::WaitsFor;
use crate::db;
use crate::http::cookies::{self, CookiesKept, Presented};
use crate::http::local_path::LocalPath;
use crate::http::who::{StrangerSource, Visitor};
use crate::http::{self, Site};
use crate::texts::{Message, Worded};

/// What the login page sends. No `Debug`: it holds a password.
struct LoginForm {
    username: String,
    password: String,
    remember: bool,
    next: LocalPath,
    captcha: Answer,
}

impl PostedForm for LoginForm {
    const FIELDS: &'static [&'static str] = &["username", "password", "remember", "next", "captcha", "captcha_answer"];

    fn read(fields: &mut Fields) -> LoginForm {
        LoginForm {
            username: fields.take("username").unwrap_or_default(),
            password: fields.take("password").unwrap_or_default(),
            remember: fields.take_checkbox("remember"),
            next: place(fields.take("next").as_deref()),
            captcha: captcha::take(fields),
        }
    }
}

impl WorksForEveryone for LoginForm {}

impl LoginForm {
    /// One that is opened, with what is known already.
    fn opened(username: String, remember: bool, next: LocalPath) -> LoginForm {
        LoginForm { username, password: String::new(), remember, next, captcha: Answer::default() }
    }

    /// Whether it has to ask for a captcha.
    async fn asks(&self, accounts: &Accounts, device: Option<&DeviceToken>, source: &Source) -> db::Result<bool> {
        let name = Some(self.username.as_str()).filter(|name| !name.trim().is_empty());
        on_page::asks(accounts, name, device, source).await
    }

    /// Its page, with a captcha if it asks for one.
    fn asking(&self, asks: bool, page: Page, accounts: &Accounts) -> Page {
        if asks { captcha::ask(page, accounts, on_page::FORM, &self.captcha) } else { page }
    }
}

/// Whoever is logged in is sent on. Without a flash message and a captcha the page is the same for everyone else.
#[get("/login?<next>&<cookies>")]
#[expect(clippy::too_many_arguments, reason = "each is a guard")]
async fn new(
    next: Option<&str>,
    cookies: Option<&str>,
    kept: CookiesKept,
    layout: Layout<'_>,
    source: StrangerSource,
    presented: Presented,
    accounts: &State<Accounts>,
    site: &State<Site>,
    jar: &CookieJar<'_>,
) -> Result<Either<Either<Page, PageForStrangers>, SeeOther>, Error> {
    let next = place(next);
    if let Visitor::SignedIn(_) = layout.visitor {
        return Ok(Either::Right(SeeOther::at(next)));
    }
    let (is_told, flash) = (cookies == Some("refused"), layout.take_flash());
    let flash = match (flash, kept) {
        (None, CookiesKept::No) if is_told => Some(Flash::CookiesRefused),
        (None, CookiesKept::No) => {
            // A failed login leads here with a message, which a browser without cookies loses.
            cookies::try_out(jar, site);
            return Ok(Either::Right(SeeOther::at(next.by_way_of_login_without_cookies())));
        }
        (None, CookiesKept::JustTried) if is_told => return Ok(Either::Right(SeeOther::at(next.by_way_of_login()))),
        (flash, _) => flash,
    };
    let (username, remember) = match &flash {
        Some(Flash::WrongLogin { username, remember }) => (username.clone(), *remember),
        _ => (String::new(), false),
    };
    let form = LoginForm::opened(username, remember, next);
    let asks = form.asks(accounts, presented.device.as_ref(), &source.0).await?;
    if flash.is_none() && form.next.is_home() && !asks {
        let empty = |request: &Request<'_>| {
            let form = LoginForm::opened(String::new(), false, LocalPath::home());
            context(http::accounts(request), &form, json!({}))
        };
        return Ok(Either::Left(Either::Right(PageForStrangers::new("login/new", empty))));
    }
    let page = layout.page_with("login/new", context(accounts, &form, json!({})), flash.as_ref());
    Ok(Either::Left(Either::Left(form.asking(asks, page, accounts))))
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
    let mut form = form.0;
    let device = presented.device.clone();
    let again = async |form: &LoginForm, errors: Value| -> Result<Page, Error> {
        let asks = form.asks(accounts, device.as_ref(), &source).await?;
        let page = layout.page("login/new", context(accounts, form, errors));
        Ok(form.asking(asks, page, accounts).with_status(Status::UnprocessableEntity))
    };
    if let Some(errors) = missing(&form) {
        // Nothing is spent here, so nothing is told that depends on the name. A captcha that was brought stays.
        let asks = !form.captcha.id.is_empty() || on_page::asks(accounts, None, device.as_ref(), &source).await?;
        let page = layout.page("login/new", context(accounts, &form, errors));
        return Ok(Either::Left(form.asking(asks, page, accounts).with_status(Status::UnprocessableEntity)));
    }
    let attempt = Attempt {
        name: form.username.clone(),
        password: Password::typed(&form.password),
        remember: form.remember,
        replaces: presented.session,
        device: presented.device.clone(),
    };
    let outcome = match on_page::log_in_on_page(accounts, attempt, &form.captcha, &source).await? {
        OnPage::Tried(outcome) => {
            form.captcha = Answer::default();
            outcome
        }
        OnPage::NoAttempt(wait) => Outcome::Throttled(wait),
        OnPage::Unsolved(unsolved) => {
            if form.captcha.id.is_empty() {
                return Ok(Either::Left(again(&form, json!({})).await?.saying(&Flash::CaptchaNeeded)));
            }
            if unsolved != Unsolved::Missing {
                // It is spent now.
                form.captcha = Answer::default();
            }
            return Ok(Either::Left(again(&form, json!({ "captcha_answer": unsolved.words() })).await?));
        }
    };
    match outcome {
        Outcome::SignedIn(signed_in) => {
            cookies::sign_in(jar, site, &signed_in);
            let on = SeeOther::at(form.next);
            Ok(Either::Right(if signed_in.is_kept { on.saying(Flash::AccountKept) } else { on }))
        }
        Outcome::Wrong => {
            let flash = Flash::wrong_login(form.username, form.remember);
            Ok(Either::Right(SeeOther::at(form.next.by_way_of_login()).saying(flash)))
        }
        Outcome::Waiting(waits_for) => {
            let flash = match waits_for {
                WaitsFor::Approval => Flash::AccountWaiting,
                WaitsFor::Link => Flash::LinkWaiting,
            };
            Ok(Either::Right(SeeOther::login().saying(flash)))
        }
        Outcome::Busy(full) => Err(Error::Busy(full)),
        Outcome::Throttled(wait) => {
            Ok(Either::Left(again(&form, json!({})).await?.saying(&Flash::throttled(wait)).with_retry_after(wait)))
        }
    }
}

/// The messages for empty fields.
fn missing(form: &LoginForm) -> Option<Value> {
    let mut errors = json!({});
    if form.username.trim().is_empty() {
        errors["username"] = Message::new("login-username-missing").into();
    }
    if form.password.is_empty() {
        errors["password"] = Message::new("login-password-missing").into();
    }
    errors.as_object().is_some_and(|errors| !errors.is_empty()).then_some(errors)
}

fn context(accounts: &Accounts, form: &LoginForm, errors: Value) -> Value {
    let LoginForm { username, remember, next, .. } = form;
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
