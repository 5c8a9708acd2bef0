//! `GET /todos/<id>/delete`, `POST /todos/<id>/delete`: deleting a todo, after a confirmation.

use rocket::{Route, State, get, post, routes};
use serde_json::json;

use super::edit;
use super::form::ButtonForm;
use super::view::{entry, place};
use crate::accounts::Accounts;
use crate::accounts::version::Expected;
use crate::http::who::CurrentUser;
use crate::todos;
use crate::web::error::Error;
use crate::web::flash::Flash;
use crate::web::form::FormOf;
use crate::web::page::{Layout, Page};
use crate::web::see_other::SeeOther;

#[get("/todos/<id>/delete?<next>")]
async fn show(
    current: CurrentUser<'_>,
    id: String,
    next: Option<&str>,
    layout: Layout<'_>,
    accounts: &State<Accounts>,
) -> Result<Page, Error> {
    let todo = edit::get(accounts, current.0, id).await?;
    let is_own = todo.user_id == current.0.user.id;
    let context = json!({ "todo": entry(&todo), "is_own": is_own, "next": place(next).as_str() });
    Ok(layout.page("todos/delete", context))
}

#[post("/todos/<id>/delete", data = "<sent>")]
async fn destroy(
    id: String,
    sent: FormOf<CurrentUser<'_>, ButtonForm>,
    accounts: &State<Accounts>,
) -> Result<SeeOther, Error> {
    todos::delete(accounts, &sent.source, id, Expected::default()).await?;
    Ok(SeeOther::at(sent.form.next).saying(Flash::TodoDeleted))
}

/// The routes of this part.
pub fn routes() -> Vec<Route> {
    routes![show, destroy]
}
