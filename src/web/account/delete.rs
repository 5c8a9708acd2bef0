//! `GET /account/delete`, `POST /account/delete`: deleting one's own account, with the password.

use rocket::http::{CookieJar, Status};
use rocket::{Either, Route, State, get, post, routes};
use serde_json::{Value, json};

use crate::accounts::Accounts;
use crate::accounts::password::Password;
use crate::accounts::user::deletion::{self, Outcome};
use crate::accounts::user::{self, Which};
use crate::http::who::CurrentUser;
use crate::http::{Site, cookies};
use crate::texts::Message;
use crate::web::error::Error;
use crate::web::flash::Flash;
use crate::web::form::{ActsAsSession, Fields, FormOf, PostedForm};
use crate::web::page::{Layout, Page};
use crate::web::see_other::SeeOther;

/// What the page sends. No `Debug`: it holds a password.
struct DeletionForm {
    password: String,
}

impl PostedForm for DeletionForm {
    const FIELDS: &'static [&'static str] = &["password"];

    fn read(fields: &mut Fields) -> DeletionForm {
        DeletionForm { password: fields.take("password").unwrap_or_default() }
    }
}

impl ActsAsSession for DeletionForm {
    const WHEN_LATE: Option<Flash> = Some(Flash::DeletionRequestedOrNot);
}

/// Someone who can't go, because nobody else administers, is told so before they type anything.
#[get("/account/delete")]
async fn show(current: CurrentUser<'_>, layout: Layout<'_>, accounts: &State<Accounts>) -> Result<Page, Error> {
    let is_last_admin = match user::check_removable(accounts, Which::Id(current.0.user.id.clone())).await {
        Ok(_) => false,
        Err(user::Error::LastAdmin) => true,
        Err(error) => return Err(error.into()),
    };
    Ok(layout.page("account/delete", context(accounts, is_last_admin, json!({}))))
}

#[post("/account/delete", data = "<sent>")]
async fn destroy(
    sent: FormOf<CurrentUser<'_>, DeletionForm>,
    layout: Layout<'_>,
    accounts: &State<Accounts>,
    site: &State<Site>,
    jar: &CookieJar<'_>,
) -> Result<Either<Page, SeeOther>, Error> {
    let FormOf { who: current, source, form } = sent;
    let again = |message: Message| {
        let page = layout.page("account/delete", context(accounts, false, json!({ "password": message })));
        Ok(Either::Left(page.with_status(Status::UnprocessableEntity)))
    };
    if form.password.is_empty() {
        return again(Message::new("login-password-missing"));
    }
    let gone = |flash: Flash| {
        cookies::session::remove(jar, site);
        Ok(Either::Right(SeeOther::login().saying(flash)))
    };
    match deletion::request(accounts, current.0, Password::typed(&form.password), &source).await {
        Ok(Outcome::Requested(at)) => gone(Flash::deletion_requested(at)),
        Ok(Outcome::Deleted) => gone(Flash::AccountDeleted),
        Ok(Outcome::Wrong) => again(Message::new("password-wrong")),
        Ok(Outcome::Busy(full)) => Err(Error::Busy(full)),
        Ok(Outcome::Throttled(wait)) => {
            let flash = Flash::throttled(wait);
            let page = layout.page_with("account/delete", context(accounts, false, json!({})), Some(&flash));
            Ok(Either::Left(page.with_retry_after(wait)))
        }
        Err(user::Error::LastAdmin) => {
            let page = layout.page("account/delete", context(accounts, true, json!({})));
            Ok(Either::Left(page.with_status(Status::Conflict)))
        }
        Err(error) => Err(error.into()),
    }
}

fn context(accounts: &Accounts, is_last_admin: bool, errors: Value) -> Value {
    json!({ "days": accounts.deletion_grace.num_days(), "is_last_admin": is_last_admin, "errors": errors })
}

/// The routes of this part.
pub fn routes() -> Vec<Route> {
    routes![show, destroy]
}
