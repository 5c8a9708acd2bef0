//! `/api/v1/me/sessions`: the user's own logins.

use rocket::response::status::NoContent;
use rocket::serde::json::Json;
use rocket::{Route, State, delete, get, routes};
use serde::Serialize;
use utoipa::ToSchema;

use crate::accounts::Accounts;
use crate::accounts::session;
use crate::accounts::user::Which;
use crate::api::error::{Error, ProblemDocument};
use crate::export::SessionPart;
use crate::http::pace::Uncounted;
use crate::http::who::Bearer;

/// Your logins.
#[derive(Debug, Serialize, ToSchema)]
pub struct SessionList {
    sessions: Vec<SessionPart>,
    /// Always null: all of them are on one page.
    next: Option<String>,
}

/// List your logins, newest first.
#[utoipa::path(get, path = "/api/v1/me/sessions",
    operation_id = "listMySessions", tag = "Me", security(("bearer" = [])),
    responses((status = 200, description = "All sessions that have not ended", body = SessionList)))]
#[get("/api/v1/me/sessions")]
pub async fn index_sessions(bearer: Bearer<'_>, accounts: &State<Accounts>) -> Result<Json<SessionList>, Error> {
    let current = &bearer.identity.session.id;
    let sessions = session::list(accounts, Some(Which::Id(bearer.identity.user.id.clone()))).await?;
    let sessions = sessions.into_iter().map(|(session, _)| SessionPart::of(session, current)).collect();
    Ok(Json(SessionList { sessions, next: None }))
}

/// End one of your logins.
#[utoipa::path(delete, path = "/api/v1/me/sessions/{id}",
    operation_id = "endMySession", tag = "Me", security(("bearer" = [])), params(("id" = String, Path)),
    responses((status = 204, description = "Ended"),
        (status = 404, description = "Not found", body = ProblemDocument, content_type = "application/problem+json")))]
#[delete("/api/v1/me/sessions/<id>")]
pub async fn destroy_session(
    bearer: Uncounted<Bearer<'_>>,
    id: String,
    accounts: &State<Accounts>,
) -> Result<NoContent, Error> {
    let Uncounted(bearer) = bearer;
    if session::end_own(accounts, &bearer.source, &bearer.identity.user.id, &id).await? {
        Ok(NoContent)
    } else {
        Err(Error::not_found())
    }
}

/// The routes of this part.
pub fn routes() -> Vec<Route> {
    routes![index_sessions, destroy_session]
}
