//! `GET /todos/new`, `POST /todos`: adding a todo of one's own.

use rocket::{Either, Route, State, get, post, routes};
use serde_json::json;

use super::form::{Errors, TodoForm};
use super::view::place;
use crate::accounts::Accounts;
use crate::http::who::{CurrentUser, UserSource};
use crate::todos::{self, Due, Limits};
use crate::web::error::Error;
use crate::web::flash::Flash;
use crate::web::form::CheckedForm;
use crate::web::page::{Layout, Page};
use crate::web::see_other::SeeOther;

#[get("/todos/new")]
fn new(_current: CurrentUser<'_>, layout: Layout<'_>) -> Page {
    let due = Due::today().to_string();
    let empty = TodoForm { title: String::new(), description: String::new(), due, next: place(None) };
    empty.page(&layout, "todos/new", json!({}), Errors::new())
}

#[post("/todos", data = "<form>")]
async fn create(
    current: CurrentUser<'_>,
    form: CheckedForm<TodoForm>,
    layout: Layout<'_>,
    source: UserSource,
    accounts: &State<Accounts>,
    limits: &State<Limits>,
) -> Result<Either<Page, SeeOther>, Error> {
    let new = match form.0.understand(Some(Due::today())) {
        Ok(new) => new,
        Err(errors) => return Ok(Either::Left(form.0.page(&layout, "todos/new", json!({}), errors))),
    };
    match todos::create(accounts, **limits, &source.0, &current.0.user.id, new).await {
        Err(todos::Error::TooMany(most)) => return Ok(Either::Left(form.0.page_of_too_many(&layout, most))),
        created => drop(created?),
    }
    Ok(Either::Right(SeeOther::at(form.0.next).saying(Flash::TodoAdded)))
}

/// The routes of this part.
pub fn routes() -> Vec<Route> {
    routes![new, create]
}
