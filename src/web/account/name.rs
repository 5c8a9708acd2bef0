//! `GET /account/name`, `POST /account/name`: the name that pages greet someone by.

use rocket::http::Status;
use rocket::{Either, Route, State, get, post, routes};
use serde_json::json;

use super::back::back;
use crate::accounts::Accounts;
use crate::accounts::names::DisplayName;
use crate::accounts::user::Edit;
use crate::accounts::user::email_change::{self, Refused};
use crate::http::who::CurrentUser;
use crate::texts::Worded;
use crate::web::error::Error;
use crate::web::flash::Flash;
use crate::web::form::{ActsAsSession, Fields, FormOf, PostedForm};
use crate::web::page::{Layout, Page};
use crate::web::see_other::SeeOther;

/// What the page sends.
#[derive(Debug)]
struct NameForm {
    name: String,
}

impl PostedForm for NameForm {
    const FIELDS: &'static [&'static str] = &["name"];

    fn read(fields: &mut Fields) -> NameForm {
        NameForm { name: fields.take("name").unwrap_or_default() }
    }
}

impl ActsAsSession for NameForm {
    const KEPT: &'static [&'static str] = &["name"];
}

#[get("/account/name")]
fn edit(current: CurrentUser<'_>, layout: Layout<'_>) -> Page {
    let (typed, flash) = layout.opened();
    let name = typed.map_or_else(|| current.0.user.display_name.clone(), |mut typed| NameForm::read(&mut typed).name);
    layout.page_with("account/name", json!({ "form": { "name": name }, "errors": {} }), flash.as_ref())
}

#[post("/account/name", data = "<sent>")]
async fn update(
    sent: FormOf<CurrentUser<'_>, NameForm>,
    layout: Layout<'_>,
    accounts: &State<Accounts>,
) -> Result<Either<Page, SeeOther>, Error> {
    let FormOf { who: current, source, form } = sent;
    let name = match DisplayName::parse(&form.name) {
        Ok(name) => name,
        Err(error) => {
            let context = json!({ "form": { "name": form.name }, "errors": { "name": error.words() } });
            let page = layout.page("account/name", context);
            return Ok(Either::Left(page.with_status(Status::UnprocessableEntity)));
        }
    };
    let edit = Edit { display_name: Some(name), ..Edit::default() };
    match email_change::edit_own(accounts, &source, current.0, edit).await {
        Ok(_) => Ok(Either::Right(back().saying(Flash::AccountSaved))),
        // Only another address can be refused for these.
        Err(Refused::Throttled(_)) => Err(Error::Status(Status::TooManyRequests)),
        Err(Refused::Unproven) => Err(Error::Status(Status::Forbidden)),
        Err(Refused::User(error)) => Err(error.into()),
    }
}

/// The routes of this part.
pub fn routes() -> Vec<Route> {
    routes![edit, update]
}
