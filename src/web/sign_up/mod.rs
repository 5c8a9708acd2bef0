//! `GET /signup`, `POST /signup`: anyone makes an account of their own, and is logged in.

pub(super) mod fields;

use chrono::Utc;
use rocket::http::{CookieJar, Status};
use rocket::{Either, Route, State, get, post, routes};
use serde_json::{Value, json};

use self::fields::{Needed, Typed};
use super::captcha;
use super::error::Error;
use super::form::{CheckedForm, Fields, PostedForm, WorksForEveryone};
use super::login::place;
use super::page::{Layout, Page};
use super::see_other::SeeOther;
use crate::accounts::Accounts;
use crate::accounts::audit::Source;
use crate::accounts::captcha::{Answer, Unsolved};
use crate::accounts::sign_up::{self, Refused, Robot};
use crate::accounts::user;
use crate::http::Site;
use crate::http::cookies::{self, Presented};
use crate::http::local_path::LocalPath;
use crate::http::who::{StrangerSource, Visitor};

/// What the sign-up page sends. No `Debug`: it holds a password.
struct SignUpForm {
    typed: Typed,
    next: LocalPath,
    /// When its page was opened, signed.
    opened: String,
    /// The field that people don’t see.
    website: String,
    captcha: Answer,
}

impl PostedForm for SignUpForm {
    const FIELDS: &'static [&'static str] =
        &["username", "name", "email", "password", "next", "opened", "website", "captcha", "captcha_answer"];

    fn read(fields: &mut Fields) -> SignUpForm {
        SignUpForm {
            typed: Typed::take(fields),
            next: place(fields.take("next").as_deref()),
            opened: fields.take("opened").unwrap_or_default(),
            website: fields.take("website").unwrap_or_default(),
            captcha: captcha::take(fields),
        }
    }
}

impl WorksForEveryone for SignUpForm {}

/// Whoever is signed in goes on.
#[get("/signup?<next>")]
fn new(
    next: Option<&str>,
    layout: Layout<'_>,
    source: StrangerSource,
    accounts: &State<Accounts>,
) -> Either<Page, SeeOther> {
    let next = place(next);
    if let Visitor::SignedIn(_) = layout.visitor {
        return Either::Right(SeeOther::at(next));
    }
    if !accounts.sign_up.is_open() {
        return Either::Left(closed(&layout));
    }
    let form = SignUpForm {
        typed: Typed::default(),
        next,
        opened: now(accounts),
        website: String::new(),
        captcha: Answer::default(),
    };
    Either::Left(page(&layout, accounts, &source.0, &form, json!({})))
}

#[post("/signup", data = "<form>")]
async fn create(
    form: CheckedForm<SignUpForm>,
    layout: Layout<'_>,
    source: StrangerSource,
    presented: Presented,
    accounts: &State<Accounts>,
    site: &State<Site>,
    jar: &CookieJar<'_>,
) -> Result<Either<Page, SeeOther>, Error> {
    let mut form = form.0;
    if !accounts.sign_up.is_open() {
        return Ok(Either::Left(closed(&layout)));
    }
    if let Err(robot) = sign_up::screen(accounts, &form.website, &form.opened, &source.0) {
        if robot == Robot::Outdated {
            form.opened = now(accounts);
            // A captcha belongs to the form that it was asked for.
            form.captcha = Answer::default();
        }
        let page = again(&layout, accounts, &source.0, &form, json!({})).refusing(&robot.to_string());
        return Ok(Either::Left(page));
    }
    let wanted = match form.typed.understand(accounts, Needed::ByRules) {
        Ok(wanted) => wanted,
        Err(errors) => return Ok(Either::Left(again(&layout, accounts, &source.0, &form, errors))),
    };
    let captcha = (&form.captcha, form.opened.as_str());
    let refused = match sign_up::sign_up_and_log_in(accounts, wanted, captcha, presented.session, &source.0).await {
        Ok(signed_in) => {
            cookies::sign_in(jar, site, &signed_in);
            return Ok(Either::Right(SeeOther::at(form.next)));
        }
        Err(refused) => refused,
    };
    let words = refused.to_string();
    if !matches!(refused, Refused::Captcha(Unsolved::Missing)) {
        // It is spent now.
        form.captcha = Answer::default();
    }
    let page = |errors| again(&layout, accounts, &source.0, &form, errors);
    Ok(Either::Left(match refused {
        Refused::Closed => closed(&layout),
        Refused::Throttled(wait) => page(json!({})).refusing(&words).with_retry_after(wait),
        Refused::Busy(full) => {
            page(json!({})).refusing(&words).with_retry_after(full.0).with_status(Status::ServiceUnavailable)
        }
        Refused::ReservedUsername | Refused::NoName => page(json!({ "username": words })),
        Refused::Captcha(_) => page(json!({ "captcha_answer": words })),
        Refused::Email(_) => page(json!({ "email": words })),
        Refused::User(user::Error::Database(error)) => return Err(error.into()),
        Refused::User(error) => match fields::taken(&error) {
            Some(errors) => page(errors),
            None => return Err(Error::Status(Status::Conflict)),
        },
    }))
}

/// The form again, with what was typed but for the password.
fn again(layout: &Layout<'_>, accounts: &Accounts, source: &Source, form: &SignUpForm, errors: Value) -> Page {
    page(layout, accounts, source, form, errors).with_status(Status::UnprocessableEntity)
}

fn page(layout: &Layout<'_>, accounts: &Accounts, source: &Source, form: &SignUpForm, errors: Value) -> Page {
    let page = layout.page("sign_up/new", context(accounts, form, errors));
    if sign_up::needs_captcha(accounts, source) {
        captcha::ask(page, accounts, &form.opened, &form.captcha)
    } else {
        page
    }
}

fn closed(layout: &Layout<'_>) -> Page {
    layout.page("sign_up/closed", json!({})).with_status(Status::Forbidden)
}

fn now(accounts: &Accounts) -> String {
    accounts.opening_mark(Utc::now())
}

fn context(accounts: &Accounts, form: &SignUpForm, errors: Value) -> Value {
    json!({
        "form": form.typed.kept(),
        "next": (!form.next.is_home()).then(|| form.next.as_str()),
        "login": form.next.by_way_of_login().as_str(),
        "opened": form.opened,
        "needs_email": accounts.sign_up.needs_email(),
        "email_endings": accounts.sign_up.email_endings(),
        "min_length": accounts.password_rules.min_length(),
        "errors": errors,
    })
}

/// The routes of this feature.
pub fn routes() -> Vec<Route> {
    routes![new, create]
}
