//! `POST /todos/<id>/done`, `POST /todos/<id>/undone`: admins say what is done.

use rocket::{Route, State, post, routes};

use super::form::ButtonForm;
use crate::accounts::Accounts;
use crate::http::who::{Admin, UserSource};
use crate::todos;
use crate::web::error::Error;
use crate::web::flash::Flash;
use crate::web::form::CheckedForm;
use crate::web::see_other::SeeOther;

#[post("/todos/<id>/done", data = "<form>")]
async fn create(
    _admin: Admin<'_>,
    id: String,
    form: CheckedForm<ButtonForm>,
    source: UserSource,
    accounts: &State<Accounts>,
) -> Result<SeeOther, Error> {
    todos::set_done(accounts, &source.0, id, true).await?;
    Ok(SeeOther::at(form.0.next).saying(Flash::TodoDone))
}

#[post("/todos/<id>/undone", data = "<form>")]
async fn destroy(
    _admin: Admin<'_>,
    id: String,
    form: CheckedForm<ButtonForm>,
    source: UserSource,
    accounts: &State<Accounts>,
) -> Result<SeeOther, Error> {
    todos::set_done(accounts, &source.0, id, false).await?;
    Ok(SeeOther::at(form.0.next).saying(Flash::TodoUndone))
}

/// The routes of this part.
pub fn routes() -> Vec<Route> {
    routes![create, destroy]
}
