//! `POST /api/v1/users/<id>/reset-link`: admins make a link by which the owner of an account chooses a new password.

use rocket::serde::json::Json;
use rocket::{Route, State, post, routes};
use serde::Serialize;
use utoipa::ToSchema;

use super::error::{Error, ProblemDocument};
use crate::accounts::Accounts;
use crate::accounts::reset;
use crate::accounts::user::Which;
use crate::http::links::Links;
use crate::http::pace::Uncounted;
use crate::http::who::AdminBearer;
use crate::notation::rfc3339;

/// A link for one new password.
#[derive(Debug, Serialize, ToSchema)]
pub struct ResetLink {
    /// For the owner of the account alone: whoever opens it may choose the password.
    link: String,
    /// RFC 3339: 60 minutes from now.
    expires_at: String,
}

/// Make a link by which the owner of an account chooses a new password. It works once, for 60 minutes; a newer one and
/// any other change of the password or the email address make it worthless.
#[utoipa::path(post, path = "/api/v1/users/{id}/reset-link",
    operation_id = "createResetLink", tag = "Users", security(("bearer" = [])), params(("id" = String, Path)),
    responses((status = 200, description = "The link", body = ResetLink),
        (status = 404, description = "Not found", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, description = "The account is disabled", body = ProblemDocument, content_type = "application/problem+json")))]
#[post("/api/v1/users/<id>/reset-link")]
pub async fn create(
    admin: Uncounted<AdminBearer<'_>>,
    id: String,
    accounts: &State<Accounts>,
    links: Links,
) -> Result<Json<ResetLink>, Error> {
    let issued = reset::issue(accounts, &admin.0.0.source, Which::Id(id)).await?;
    Ok(Json(ResetLink { link: links.reset(&issued.token), expires_at: rfc3339(issued.expires_at) }))
}

/// The route of this feature.
pub fn routes() -> Vec<Route> {
    routes![create]
}
