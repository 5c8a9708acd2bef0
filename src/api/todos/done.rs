//! `/api/v1/todos/<id>/done`: admins mark a todo as done, or as not done.

use rocket::response::status::NoContent;
use rocket::serde::json::Json;
use rocket::{Route, State, delete, put, routes};

use super::document::TodoDocument;
use crate::accounts::Accounts;
use crate::api::error::{Error, ProblemDocument};
use crate::http::who::AdminBearer;
use crate::todos::{self, Todo};

/// Mark a todo as done.
#[utoipa::path(put, path = "/api/v1/todos/{id}/done",
    operation_id = "markTodoDone", tag = "Todos", security(("bearer" = [])), params(("id" = String, Path)),
    responses((status = 200, description = "The todo as it is now", body = TodoDocument),
        (status = 403, description = "Admins only", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, description = "Not found", body = ProblemDocument, content_type = "application/problem+json")))]
#[put("/api/v1/todos/<id>/done")]
pub async fn update_done(
    admin: AdminBearer<'_>,
    id: String,
    accounts: &State<Accounts>,
) -> Result<Json<TodoDocument>, Error> {
    Ok(Json(TodoDocument::of(set(accounts, admin, id, true).await?)))
}

/// Mark a todo as not done.
#[utoipa::path(delete, path = "/api/v1/todos/{id}/done",
    operation_id = "reopenTodo", tag = "Todos", security(("bearer" = [])), params(("id" = String, Path)),
    responses((status = 204, description = "The todo is open"),
        (status = 403, description = "Admins only", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, description = "Not found", body = ProblemDocument, content_type = "application/problem+json")))]
#[delete("/api/v1/todos/<id>/done")]
pub async fn destroy_done(admin: AdminBearer<'_>, id: String, accounts: &State<Accounts>) -> Result<NoContent, Error> {
    set(accounts, admin, id, false).await?;
    Ok(NoContent)
}

async fn set(accounts: &Accounts, admin: AdminBearer<'_>, id: String, done: bool) -> Result<Todo, todos::Error> {
    todos::set_done(accounts, &admin.0.source, id, done).await
}

/// The routes of this part.
pub fn routes() -> Vec<Route> {
    routes![update_done, destroy_done]
}
