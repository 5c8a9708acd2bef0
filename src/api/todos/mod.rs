//! `/api/v1/todos`: everyone their own todos, admins all, strangers the latest few.

pub mod document;
pub mod done;
pub mod list;

use rocket::http::Header;
use rocket::response::status::NoContent;
use rocket::serde::json::Json;
use rocket::{Responder, Route, State, delete, get, patch, post, put, routes};

use self::document::{Changes, NewBody, TodoBody, TodoChanges, TodoDocument};
use super::body::Checked;
use super::error::{Error, ProblemDocument};
use crate::accounts::Accounts;
use crate::http::who::Bearer;
use crate::todos::{self, Limits, Viewer};

/// 201, and where the todo is.
#[derive(Responder)]
#[response(status = 201)]
pub struct Created {
    todo: Json<TodoDocument>,
    location: Header<'static>,
}

/// Add a todo of your own.
#[utoipa::path(post, path = "/api/v1/todos", tag = "Todos", security(("bearer" = [])), request_body = TodoBody,
    responses((status = 201, description = "The new todo", body = TodoDocument, headers(("Location" = String, description = "Its address"))),
        (status = 409, description = "The account has the maximum number of open todos", body = ProblemDocument, content_type = "application/problem+json")))]
#[post("/api/v1/todos", data = "<body>")]
pub async fn create(
    bearer: Bearer<'_>,
    accounts: &State<Accounts>,
    limits: &State<Limits>,
    body: Checked<NewBody>,
) -> Result<Created, Error> {
    let todo = todos::create(accounts, **limits, &bearer.source, &bearer.identity.user.id, body.0.0).await?;
    let location = Header::new("Location", format!("/api/v1/todos/{}", todo.id));
    Ok(Created { todo: Json(TodoDocument::of(todo)), location })
}

/// Read a todo.
#[utoipa::path(get, path = "/api/v1/todos/{id}", tag = "Todos", security(("bearer" = [])), params(("id" = String, Path)),
    responses((status = 200, description = "The todo", body = TodoDocument),
        (status = 404, description = "Not found, or someone else's", body = ProblemDocument, content_type = "application/problem+json")))]
#[get("/api/v1/todos/<id>")]
pub async fn show(bearer: Bearer<'_>, id: String, accounts: &State<Accounts>) -> Result<Json<TodoDocument>, Error> {
    Ok(Json(TodoDocument::of(todos::get(accounts, Viewer::of(bearer.identity), id).await?)))
}

/// Replace a todo; omitted fields get the values of a new one.
#[utoipa::path(put, path = "/api/v1/todos/{id}", tag = "Todos", security(("bearer" = [])), params(("id" = String, Path)),
    request_body = TodoBody,
    responses((status = 200, description = "The todo as it is now", body = TodoDocument),
        (status = 404, description = "Not found, or someone else's", body = ProblemDocument, content_type = "application/problem+json")))]
#[put("/api/v1/todos/<id>", data = "<body>")]
pub async fn replace(
    bearer: Bearer<'_>,
    id: String,
    accounts: &State<Accounts>,
    body: Checked<NewBody>,
) -> Result<Json<TodoDocument>, Error> {
    Ok(Json(TodoDocument::of(todos::edit(accounts, &bearer.source, id, body.0.0.into()).await?)))
}

/// Change a todo; omitted fields stay.
#[utoipa::path(patch, path = "/api/v1/todos/{id}", tag = "Todos", security(("bearer" = [])), params(("id" = String, Path)),
    request_body = TodoChanges,
    responses((status = 200, description = "The todo as it is now", body = TodoDocument),
        (status = 404, description = "Not found, or someone else's", body = ProblemDocument, content_type = "application/problem+json")))]
#[patch("/api/v1/todos/<id>", data = "<body>")]
pub async fn update(
    bearer: Bearer<'_>,
    id: String,
    accounts: &State<Accounts>,
    body: Checked<Changes>,
) -> Result<Json<TodoDocument>, Error> {
    Ok(Json(TodoDocument::of(todos::edit(accounts, &bearer.source, id, body.0.0).await?)))
}

/// Delete a todo.
#[utoipa::path(delete, path = "/api/v1/todos/{id}", tag = "Todos", security(("bearer" = [])), params(("id" = String, Path)),
    responses((status = 204, description = "Deleted"),
        (status = 404, description = "Not found, or someone else's", body = ProblemDocument, content_type = "application/problem+json")))]
#[delete("/api/v1/todos/<id>")]
pub async fn destroy(bearer: Bearer<'_>, id: String, accounts: &State<Accounts>) -> Result<NoContent, Error> {
    todos::delete(accounts, &bearer.source, id).await?;
    Ok(NoContent)
}

/// The routes of this feature.
pub fn routes() -> Vec<Route> {
    [list::routes(), routes![create, show, replace, update, destroy], done::routes()].concat()
}
