//! `GET /confirm`, `POST /confirm`: the password once more, before a sensitive act.

use rocket::http::{CookieJar, Status};
use rocket::{Either, Route, State, get, post, routes};
use serde_json::{Value, json};

use super::error::Error;
use super::flash::Flash;
use super::form::{ActsAsSession, Fields, FormOf, PostedForm};
use super::page::{Layout, Page};
use super::see_other::SeeOther;
use crate::accounts::Accounts;
use crate::accounts::login::confirm::{self, Outcome};
use crate::accounts::password::Password;
use crate::http::local_path::LocalPath;
use crate::http::pace::Uncounted;
use crate::http::who::CurrentUser;
use crate::http::{Site, cookies};
use crate::texts::Message;

/// What the page sends. No `Debug`: it holds a password.
struct ConfirmationForm {
    password: String,
    next: LocalPath,
}

impl PostedForm for ConfirmationForm {
    const FIELDS: &'static [&'static str] = &["password", "next"];

    fn read(fields: &mut Fields) -> ConfirmationForm {
        ConfirmationForm {
            password: fields.take("password").unwrap_or_default(),
            next: place(fields.take("next").as_deref()),
        }
    }
}

impl ActsAsSession for ConfirmationForm {
    fn stands_at(&self, _sent_to: &str) -> LocalPath {
        self.next.clone()
    }
}

/// Whoever was asked lately goes on.
#[get("/confirm?<next>")]
fn new(current: CurrentUser<'_>, next: Option<&str>, layout: Layout<'_>) -> Either<Page, SeeOther> {
    let next = place(next);
    if current.0.session.is_recent() {
        return Either::Right(SeeOther::at(next));
    }
    Either::Left(layout.page("confirm/new", context(&next, json!({}))))
}

#[post("/confirm", data = "<sent>")]
async fn create(
    sent: FormOf<Uncounted<CurrentUser<'_>>, ConfirmationForm>,
    layout: Layout<'_>,
    accounts: &State<Accounts>,
    site: &State<Site>,
    jar: &CookieJar<'_>,
) -> Result<Either<Page, SeeOther>, Error> {
    let FormOf { who: Uncounted(CurrentUser(identity)), source, form: ConfirmationForm { password, next } } = sent;
    let again = |message: Message| {
        let page = layout.page("confirm/new", context(&next, json!({ "password": message })));
        Ok(Either::Left(page.with_status(Status::UnprocessableEntity)))
    };
    if password.is_empty() {
        return again(Message::new("login-password-missing"));
    }
    match confirm::confirm(accounts, identity, Password::typed(&password), &source).await? {
        Outcome::Confirmed(session) => {
            cookies::renew(jar, site, &session);
            Ok(Either::Right(SeeOther::at(next)))
        }
        Outcome::Wrong => again(Message::new("password-wrong")),
        Outcome::Busy(full) => Err(Error::Busy(full)),
        Outcome::Throttled(wait) => {
            let page = layout.page_with("confirm/new", context(&next, json!({})), Some(&Flash::throttled(wait)));
            Ok(Either::Left(page.with_retry_after(wait)))
        }
    }
}

fn context(next: &LocalPath, errors: Value) -> Value {
    json!({ "next": next.as_str(), "errors": errors })
}

/// Where to go afterwards: what was asked for if it is here, else the account.
fn place(next: Option<&str>) -> LocalPath {
    let account = || LocalPath::parse("/account").expect("it is a path of ours");
    next.and_then(LocalPath::parse).unwrap_or_else(account)
}

/// The routes of this feature.
pub fn routes() -> Vec<Route> {
    routes![new, create]
}
