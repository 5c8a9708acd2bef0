//! `POST /api/v1/me/deletion`: deletes the user's own account.

use rocket::http::Status;
use rocket::response::status::{Accepted, NoContent};
use rocket::serde::json::Json;
use rocket::{Either, Route, State, post, routes};
use serde::Serialize;
use utoipa::ToSchema;

use crate::accounts::Accounts;
use crate::accounts::password::Password;
use crate::accounts::user::deletion::{self, Outcome};
use crate::api::body::{Body, Checked, Draft};
use crate::api::error::{Error, ProblemDocument};
use crate::http::who::Bearer;
use crate::notation::rfc3339;

/// The current password, as proof.
#[derive(Debug, ToSchema)]
pub struct OwnDeletion {
    /// The current password.
    #[schema(value_type = String, format = Password)]
    current_password: Password,
}

impl Body for OwnDeletion {
    fn read(draft: &mut Draft) -> Option<OwnDeletion> {
        Some(OwnDeletion { current_password: Password::typed(&draft.required("current_password")?) })
    }
}

/// When the account will be deleted.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeletionDocument {
    /// Until then a login cancels it.
    deletes_at: String,
}

/// Delete your account. All logins end at once; the account goes after the days of the setting
/// `account_deletion_days`, unless you log in before.
#[utoipa::path(post, path = "/api/v1/me/deletion",
    operation_id = "deleteMe", tag = "Me", security(("bearer" = [])), request_body = OwnDeletion,
    responses((status = 202, description = "All logins have ended; when the account will be deleted", body = DeletionDocument),
        (status = 204, description = "The account is deleted: the settings ask for no delay"),
        (status = 403, description = "The current password is wrong", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, description = "The last admin can't go", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 429, description = "Too many attempts; see Retry-After", body = ProblemDocument, content_type = "application/problem+json")))]
#[post("/api/v1/me/deletion", data = "<body>")]
pub async fn create(
    bearer: Bearer<'_>,
    accounts: &State<Accounts>,
    body: Checked<OwnDeletion>,
) -> Result<Either<Accepted<Json<DeletionDocument>>, NoContent>, Error> {
    match deletion::request(accounts, bearer.identity, body.0.current_password, &bearer.source).await? {
        Outcome::Requested(at) => Ok(Either::Left(Accepted(Json(DeletionDocument { deletes_at: rfc3339(at) })))),
        Outcome::Deleted => Ok(Either::Right(NoContent)),
        Outcome::Wrong => Err(Error::new(Status::Forbidden, "The current password is wrong.")),
        Outcome::Throttled(wait) => Err(Error::throttled(wait)),
        Outcome::Busy(full) => Err(Error::busy(full)),
    }
}

/// The route of this part.
pub fn routes() -> Vec<Route> {
    routes![create]
}
