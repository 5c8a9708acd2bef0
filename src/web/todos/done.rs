//! `POST /todos/<id>/done`, `POST /todos/<id>/undone`: admins say what is done.

use rocket::{Route, State, post, routes};

use super::form::ButtonForm;
use crate::accounts::Accounts;
use crate::accounts::audit::Source;
use crate::http::who::Admin;
use crate::todos::{self, Viewer};
use crate::web::error::Error;
use crate::web::flash::Flash;
use crate::web::form::CheckedForm;
use crate::web::see_other::SeeOther;

#[post("/todos/<id>/done", data = "<form>")]
async fn create(
    admin: Admin<'_>,
    id: String,
    form: CheckedForm<ButtonForm>,
    source: Source,
    accounts: &State<Accounts>,
) -> Result<SeeOther, Error> {
    todos::set_done(accounts, &source, Viewer::of(admin.0), id, true).await?;
    Ok(SeeOther::at(form.0.next).saying(Flash::TodoDone))
}

#[post("/todos/<id>/undone", data = "<form>")]
async fn destroy(
    admin: Admin<'_>,
    id: String,
    form: CheckedForm<ButtonForm>,
    source: Source,
    accounts: &State<Accounts>,
) -> Result<SeeOther, Error> {
    todos::set_done(accounts, &source, Viewer::of(admin.0), id, false).await?;
    Ok(SeeOther::at(form.0.next).saying(Flash::TodoUndone))
}

/// The routes of this part.
pub fn routes() -> Vec<Route> {
    routes![create, destroy]
}
