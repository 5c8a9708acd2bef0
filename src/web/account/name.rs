//! `GET /account/name`, `POST /account/name`: the name that pages greet someone by.

use rocket::http::Status;
use rocket::{Either, Route, State, get, post, routes};
use serde_json::json;

use super::back::back;
use crate::accounts::Accounts;
use crate::accounts::names::DisplayName;
use crate::accounts::user::Edit;
use crate::accounts::user::email_change::{self, Refused};
use crate::http::who::{CurrentUser, UserSource};
use crate::web::error::Error;
use crate::web::flash::Flash;
use crate::web::form::{CheckedForm, Fields, PostedForm};
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

#[get("/account/name")]
fn edit(current: CurrentUser<'_>, layout: Layout<'_>) -> Page {
    layout.page("account/name", json!({ "form": { "name": current.0.user.display_name }, "errors": {} }))
}

#[post("/account/name", data = "<form>")]
async fn update(
    current: CurrentUser<'_>,
    form: CheckedForm<NameForm>,
    layout: Layout<'_>,
    source: UserSource,
    accounts: &State<Accounts>,
) -> Result<Either<Page, SeeOther>, Error> {
    let name = match DisplayName::parse(&form.0.name) {
        Ok(name) => name,
        Err(error) => {
            let context = json!({ "form": { "name": form.0.name }, "errors": { "name": error.to_string() } });
            let page = layout.page("account/name", context);
            return Ok(Either::Left(page.with_status(Status::UnprocessableEntity)));
        }
    };
    let edit = Edit { display_name: Some(name), ..Edit::default() };
    match email_change::edit_own(accounts, &source.0, &current.0.user, edit).await {
        Ok(_) => Ok(Either::Right(back().saying(Flash::AccountSaved))),
        // Only another address can be refused for this.
        Err(Refused::Throttled(_)) => Err(Error::Status(Status::TooManyRequests)),
        Err(Refused::User(error)) => Err(error.into()),
    }
}

/// The routes of this part.
pub fn routes() -> Vec<Route> {
    routes![edit, update]
}
