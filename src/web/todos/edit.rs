//! `GET /todos/<id>/edit`, `POST /todos/<id>`: changing what a todo says.

use rocket::{Either, Route, State, get, post, routes};
use serde_json::json;

use super::form::TodoForm;
use super::view::{entry, place};
use crate::accounts::Accounts;
use crate::accounts::session::Identity;
use crate::http::who::CurrentUser;
use crate::todos::{self, Todo, Viewer};
use crate::web::error::Error;
use crate::web::flash::Flash;
use crate::web::form::FormOf;
use crate::web::page::{Layout, Page};
use crate::web::see_other::SeeOther;

#[get("/todos/<id>/edit?<next>")]
async fn edit(
    current: CurrentUser<'_>,
    id: String,
    next: Option<&str>,
    layout: Layout<'_>,
    accounts: &State<Accounts>,
) -> Result<Page, Error> {
    let todo = get(accounts, current.0, id).await?;
    let form = TodoForm {
        title: todo.title.clone(),
        description: todo.description.clone(),
        due: todo.due.to_string(),
        next: place(next),
    };
    Ok(form.opened(&layout, "todos/edit", json!({ "todo": entry(&todo) })))
}

#[post("/todos/<id>", data = "<form>")]
async fn update(
    id: String,
    form: FormOf<CurrentUser<'_>, TodoForm>,
    layout: Layout<'_>,
    accounts: &State<Accounts>,
) -> Result<Either<Page, SeeOther>, Error> {
    let FormOf { who: current, source, form } = form;
    let edit = match form.understand(None) {
        Ok(new) => new.into(),
        Err(errors) => {
            let todo = get(accounts, current.0, id).await?;
            let page = form.page(&layout, "todos/edit", json!({ "todo": entry(&todo) }), errors);
            return Ok(Either::Left(page));
        }
    };
    todos::edit(accounts, &source, id, edit).await?;
    Ok(Either::Right(SeeOther::at(form.next).saying(Flash::TodoSaved)))
}

/// The todo, if this person may see it.
pub(super) async fn get(accounts: &Accounts, identity: &Identity, id: String) -> Result<Todo, Error> {
    Ok(todos::get(accounts, Viewer::of(identity), id).await?)
}

/// The routes of this part.
pub fn routes() -> Vec<Route> {
    routes![edit, update]
}
