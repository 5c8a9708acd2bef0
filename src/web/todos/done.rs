//! `POST /todos/<id>/done`, `POST /todos/<id>/undone`: admins mark todos as done, or reopen them.

use rocket::{Route, State, post, routes};

use super::form::ButtonForm;
use crate::accounts::Accounts;
use crate::http::who::Admin;
use crate::todos;
use crate::web::error::Error;
use crate::web::flash::Flash;
use crate::web::form::FormOf;
use crate::web::see_other::SeeOther;

#[post("/todos/<id>/done", data = "<sent>")]
async fn create(
    id: String,
    sent: FormOf<Admin<'_>, ButtonForm>,
    accounts: &State<Accounts>,
) -> Result<SeeOther, Error> {
    todos::set_done(accounts, &sent.source, id, true).await?;
    Ok(SeeOther::at(sent.form.next).saying(Flash::TodoDone))
}

#[post("/todos/<id>/undone", data = "<sent>")]
async fn destroy(
    id: String,
    sent: FormOf<Admin<'_>, ButtonForm>,
    accounts: &State<Accounts>,
) -> Result<SeeOther, Error> {
    todos::set_done(accounts, &sent.source, id, false).await?;
    Ok(SeeOther::at(sent.form.next).saying(Flash::TodoUndone))
}

/// The routes of this part.
pub fn routes() -> Vec<Route> {
    routes![create, destroy]
}
