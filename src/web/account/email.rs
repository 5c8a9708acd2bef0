//! `GET /account/email`, `POST /account/email`: the email address; `POST /account/email/confirm`, `POST
//! /account/email/cancel`. Whoever changes it can log in by it and may one day
//! take the account over by mail, so the password has to have been asked for lately.

use rocket::http::Status;
use rocket::{Either, Route, State, get, post, routes};
use serde_json::{Value, json};

use super::back::back;
use crate::accounts::Accounts;
use crate::accounts::names::EmailAddress;
use crate::accounts::user::email_change::{self, Edited, Refused};
use crate::accounts::user::{self, Edit};
use crate::http::local_path::LocalPath;
use crate::http::who::{CurrentUser, RecentLogin};
use crate::texts::{Message, Worded};
use crate::web::error::Error;
use crate::web::flash::Flash;
use crate::web::form::{ActsAsSession, Fields, FormOf, PostedForm};
use crate::web::page::{Layout, Page};
use crate::web::see_other::SeeOther;

/// What the page sends; empty: no address.
#[derive(Debug)]
struct EmailForm {
    email: String,
}

impl PostedForm for EmailForm {
    const FIELDS: &'static [&'static str] = &["email"];

    fn read(fields: &mut Fields) -> EmailForm {
        EmailForm { email: fields.take("email").unwrap_or_default() }
    }
}

impl ActsAsSession for EmailForm {
    const KEPT: &'static [&'static str] = &["email"];
}

#[get("/account/email")]
fn edit(recent: RecentLogin<'_>, layout: Layout<'_>, accounts: &State<Accounts>) -> Page {
    let (typed, flash) = layout.opened();
    let stored = || recent.0.user.email.clone().unwrap_or_default();
    let email = typed.map_or_else(stored, |mut typed| EmailForm::read(&mut typed).email);
    layout.page_with("account/email", context(accounts, &email, json!({})), flash.as_ref())
}

#[post("/account/email", data = "<sent>")]
async fn update(
    sent: FormOf<RecentLogin<'_>, EmailForm>,
    layout: Layout<'_>,
    accounts: &State<Accounts>,
) -> Result<Either<Page, SeeOther>, Error> {
    let FormOf { who: recent, source, form: EmailForm { email: typed } } = sent;
    let again = |status: Status, message: Message| {
        let page = layout.page("account/email", context(accounts, &typed, json!({ "email": message })));
        Ok(Either::Left(page.with_status(status)))
    };
    let email = match Some(typed.trim()).filter(|typed| !typed.is_empty()).map(EmailAddress::parse_new).transpose() {
        Ok(email) => email,
        Err(error) => return again(Status::UnprocessableEntity, error.words()),
    };
    let edit = Edit { email: Some(email), ..Edit::default() };
    match email_change::edit_own(accounts, &source, recent.0, edit).await {
        Ok(Edited { is_asked: true, .. }) => Ok(Either::Right(back().saying(Flash::EmailAsked))),
        Ok(_) => Ok(Either::Right(back().saying(Flash::AccountSaved))),
        // The guard has looked, but that was a moment ago.
        Err(Refused::Unproven) => Ok(Either::Right(back().saying(Flash::ConfirmFirst))),
        Err(Refused::Throttled(wait)) => {
            let page =
                layout.page_with("account/email", context(accounts, &typed, json!({})), Some(&Flash::throttled(wait)));
            Ok(Either::Left(page.with_retry_after(wait)))
        }
        Err(Refused::User(error @ user::Error::EmailTaken)) => again(Status::Conflict, error.words()),
        Err(Refused::User(error)) => Err(error.into()),
    }
}

/// A button on the page of the account, which sends nothing.
#[derive(Debug)]
struct Button;

impl PostedForm for Button {
    const FIELDS: &'static [&'static str] = &[];

    fn read(_: &mut Fields) -> Button {
        Button
    }
}

impl ActsAsSession for Button {
    fn stands_at(&self, _sent_to: &str) -> LocalPath {
        LocalPath::parse("/account").unwrap_or_else(LocalPath::home)
    }
}

/// The link for the address that the account has already.
#[post("/account/email/confirm", data = "<sent>")]
async fn confirm(sent: FormOf<CurrentUser<'_>, Button>, accounts: &State<Accounts>) -> Result<SeeOther, Error> {
    let FormOf { who: CurrentUser(identity), source, form: Button } = sent;
    match email_change::confirm_own(accounts, &source, identity).await {
        Ok(true) => Ok(back().saying(Flash::EmailAsked)),
        // It was confirmed a moment ago.
        Ok(false) | Err(Refused::Unproven) => Ok(back()),
        Err(Refused::Throttled(wait)) => Ok(back().saying(Flash::throttled(wait))),
        Err(Refused::User(error)) => Err(error.into()),
    }
}

/// Someone who is logged in may always stop what was asked for.
#[post("/account/email/cancel", data = "<sent>")]
async fn cancel(sent: FormOf<CurrentUser<'_>, Button>, accounts: &State<Accounts>) -> Result<SeeOther, Error> {
    let FormOf { who: CurrentUser(identity), source, form: Button } = sent;
    email_change::cancel(accounts, &source, &identity.user.id).await?;
    Ok(back().saying(Flash::EmailCancelled))
}

fn context(accounts: &Accounts, email: &str, errors: Value) -> Value {
    json!({ "form": { "email": email }, "errors": errors, "by_mail": accounts.sends_mail() })
}

/// The routes of this part.
pub fn routes() -> Vec<Route> {
    routes![edit, update, confirm, cancel]
}
