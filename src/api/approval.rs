//! `/api/v1/users/<id>/approval`: admins approve or reject an account that waits.

use rocket::response::status::NoContent;
use rocket::{Route, State, delete, put, routes};

use super::error::{Error, ProblemDocument};
use super::tagged::Tagged;
use super::users::{UserDocument, tagged};
use crate::accounts::Accounts;
use crate::accounts::user::{Which, approval};
use crate::http::pace::Uncounted;
use crate::http::who::AdminBearer;

/// Approve an account that waits: from now on its owner may log in.
#[utoipa::path(put, path = "/api/v1/users/{id}/approval",
    operation_id = "approveUser", tag = "Users", security(("bearer" = [])), params(("id" = String, Path)),
    responses((status = 200, description = "The account as it is now", body = UserDocument, headers(("ETag" = String, description = "Its version"))),
        (status = 404, description = "Not found", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, description = "It does not wait for approval", body = ProblemDocument, content_type = "application/problem+json")))]
#[put("/api/v1/users/<id>/approval")]
pub async fn approve(
    admin: Uncounted<AdminBearer<'_>>,
    id: String,
    accounts: &State<Accounts>,
) -> Result<Tagged<UserDocument>, Error> {
    Ok(tagged(approval::approve(accounts, &admin.0.0.source, Which::Id(id)).await?))
}

/// Reject an account that waits: it is removed, and its name is free again.
#[utoipa::path(delete, path = "/api/v1/users/{id}/approval",
    operation_id = "rejectUser", tag = "Users", security(("bearer" = [])), params(("id" = String, Path)),
    responses((status = 204, description = "Removed"),
        (status = 404, description = "Not found", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, description = "It does not wait for approval", body = ProblemDocument, content_type = "application/problem+json")))]
#[delete("/api/v1/users/<id>/approval")]
pub async fn reject(
    admin: Uncounted<AdminBearer<'_>>,
    id: String,
    accounts: &State<Accounts>,
) -> Result<NoContent, Error> {
    approval::reject(accounts, &admin.0.0.source, Which::Id(id)).await?;
    Ok(NoContent)
}

/// The routes of this feature.
pub fn routes() -> Vec<Route> {
    routes![approve, reject]
}
