//! `GET /todos/new`, `POST /todos`: adding a todo of your own.

use rocket::{Either, Route, State, get, post, routes};
use serde_json::json;

use super::form::TodoForm;
use super::view::place;
use crate::accounts::Accounts;
use crate::http::who::CurrentUser;
use crate::todos::{self, Due, Limits};
use crate::web::error::Error;
use crate::web::flash::Flash;
use crate::web::form::FormOf;
use crate::web::page::{Layout, Page};
use crate::web::see_other::SeeOther;

#[get("/todos/new")]
fn new(_current: CurrentUser<'_>, layout: Layout<'_>) -> Page {
    let due = Due::today().to_string();
    let empty = TodoForm { title: String::new(), description: String::new(), due, next: place(None) };
    empty.opened(&layout, "todos/new", json!({}))
}

#[post("/todos", data = "<form>")]
async fn create(
    form: FormOf<CurrentUser<'_>, TodoForm>,
    layout: Layout<'_>,
    accounts: &State<Accounts>,
    limits: &State<Limits>,
) -> Result<Either<Page, SeeOther>, Error> {
    let FormOf { who: current, source, form } = form;
    let new = match form.understand(Some(Due::today())) {
        Ok(new) => new,
        Err(errors) => return Ok(Either::Left(form.page(&layout, "todos/new", json!({}), errors))),
    };
    match todos::create(accounts, **limits, &source, &current.0.user.id, new).await {
        Err(todos::Error::TooMany(most)) => return Ok(Either::Left(form.page_of_too_many(&layout, most))),
        created => drop(created?),
    }
    Ok(Either::Right(SeeOther::at(form.next).saying(Flash::TodoAdded)))
}

/// The routes of this part.
pub fn routes() -> Vec<Route> {
    routes![new, create]
}
