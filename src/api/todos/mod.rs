//! `/api/v1/todos`: users see their own todos, admins all of them, and strangers the latest few.

pub mod document;
pub mod done;
pub mod list;

use rocket::http::Header;
use rocket::response::status::NoContent;
use rocket::{Responder, Route, State, delete, get, patch, post, put, routes};

use self::document::{Changes, NewBody, Replacement, TodoBody, TodoChanges, TodoDocument, TodoReplacement};
use super::body::{Checked, Echo};
use super::error::{Error, ProblemDocument};
use super::tagged::{Asked, Tagged};
use crate::accounts::Accounts;
use crate::http::conditions::Conditions;
use crate::http::features::routes_of;
use crate::http::who::Bearer;
use crate::todos::{self, Edit, Limits, Todo, Viewer};

/// 201, with the address of the todo.
#[derive(Responder)]
#[response(status = 201)]
pub struct Created {
    todo: Tagged<TodoDocument>,
    location: Header<'static>,
}

/// Add a todo of your own.
#[utoipa::path(post, path = "/api/v1/todos",
    operation_id = "createTodo", tag = "Todos", security(("bearer" = [])), request_body = TodoBody,
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
    Ok(Created { todo: tagged(todo), location })
}

/// Read a todo.
#[utoipa::path(get, path = "/api/v1/todos/{id}",
    operation_id = "getTodo", tag = "Todos", security(("bearer" = [])), params(("id" = String, Path)),
    responses((status = 200, description = "The todo", body = TodoDocument, headers(("ETag" = String, description = "Its version"))),
        (status = 304, description = "It is the version that If-None-Match names"),
        (status = 404, description = "Not found, or someone else's", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 412, description = "It is not the version that If-Match names", body = ProblemDocument, content_type = "application/problem+json")))]
#[get("/api/v1/todos/<id>")]
pub async fn show(
    bearer: Bearer<'_>,
    id: String,
    conditions: Conditions,
    accounts: &State<Accounts>,
) -> Result<Asked<TodoDocument>, Error> {
    Ok(Asked(tagged(todos::get(accounts, Viewer::of(bearer.identity), id).await?), conditions))
}

/// Replace a todo. Without a description it has none; without a day the day stays. What reading it answered may be sent
/// back.
#[utoipa::path(put, path = "/api/v1/todos/{id}",
    operation_id = "replaceTodo", tag = "Todos", security(("bearer" = [])), params(("id" = String, Path)),
    request_body = TodoReplacement,
    responses((status = 200, description = "The todo as it is now", body = TodoDocument, headers(("ETag" = String, description = "Its version"))),
        (status = 404, description = "Not found, or someone else's", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 412, description = "It is not the version that If-Match names", body = ProblemDocument, content_type = "application/problem+json")))]
#[put("/api/v1/todos/<id>", data = "<body>")]
pub async fn replace(
    bearer: Bearer<'_>,
    id: String,
    conditions: Conditions,
    accounts: &State<Accounts>,
    body: Checked<Replacement>,
) -> Result<Tagged<TodoDocument>, Error> {
    let Replacement(Changes { edit, echo }) = body.0;
    change(&bearer, id, conditions, accounts, edit, echo).await
}

/// Change a todo; omitted fields stay. What reading it answered may be sent back.
#[utoipa::path(patch, path = "/api/v1/todos/{id}",
    operation_id = "updateTodo", tag = "Todos", security(("bearer" = [])), params(("id" = String, Path)),
    request_body = TodoChanges,
    responses((status = 200, description = "The todo as it is now", body = TodoDocument, headers(("ETag" = String, description = "Its version"))),
        (status = 404, description = "Not found, or someone else's", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 412, description = "It is not the version that If-Match names", body = ProblemDocument, content_type = "application/problem+json")))]
#[patch("/api/v1/todos/<id>", data = "<body>")]
pub async fn update(
    bearer: Bearer<'_>,
    id: String,
    conditions: Conditions,
    accounts: &State<Accounts>,
    body: Checked<Changes>,
) -> Result<Tagged<TodoDocument>, Error> {
    let Changes { edit, echo } = body.0;
    change(&bearer, id, conditions, accounts, edit, echo).await
}

async fn change(
    bearer: &Bearer<'_>,
    id: String,
    conditions: Conditions,
    accounts: &Accounts,
    edit: Edit,
    echo: Echo,
) -> Result<Tagged<TodoDocument>, Error> {
    if !echo.is_empty() {
        let now = todos::get(accounts, Viewer::of(bearer.identity), id.clone()).await?;
        echo.check(&TodoDocument::of(now))?;
    }
    let edit = Edit { expected: conditions.0, ..edit };
    Ok(tagged(todos::edit(accounts, &bearer.source, id, edit).await?))
}

fn tagged(todo: Todo) -> Tagged<TodoDocument> {
    Tagged(todo.version(), TodoDocument::of(todo))
}

/// Delete a todo.
#[utoipa::path(delete, path = "/api/v1/todos/{id}",
    operation_id = "deleteTodo", tag = "Todos", security(("bearer" = [])), params(("id" = String, Path)),
    responses((status = 204, description = "Deleted"),
        (status = 404, description = "Not found, or someone else's", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 412, description = "It is not the version that If-Match names", body = ProblemDocument, content_type = "application/problem+json")))]
#[delete("/api/v1/todos/<id>")]
pub async fn destroy(
    bearer: Bearer<'_>,
    id: String,
    conditions: Conditions,
    accounts: &State<Accounts>,
) -> Result<NoContent, Error> {
    todos::delete(accounts, &bearer.source, id, conditions.0).await?;
    Ok(NoContent)
}

/// The routes of this feature.
pub fn routes() -> Vec<Route> {
    routes_of(&[list::routes, || routes![create, show, replace, update, destroy], done::routes])
}
