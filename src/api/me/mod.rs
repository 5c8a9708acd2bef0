//! `/api/v1/me`: one's own account.

pub mod data;
pub mod password;
pub mod sessions;

use rocket::serde::json::Json;
use rocket::{Route, State, get, patch, routes};
use utoipa::ToSchema;

use super::body::{Body, Checked, Draft};
use super::error::{Error, ProblemDocument};
use super::user_edit::own_edit;
use super::users::UserDocument;
use crate::accounts::Accounts;
use crate::accounts::session::Identity;
use crate::accounts::user::email_change::{self, Refused};
use crate::accounts::user::{Account, Edit};
use crate::http::who::Bearer;

/// Read your account.
#[utoipa::path(get, path = "/api/v1/me", tag = "Me", security(("bearer" = [])),
    responses((status = 200, description = "The account", body = UserDocument)))]
#[get("/api/v1/me")]
pub fn show(bearer: Bearer<'_>) -> Json<UserDocument> {
    let Identity { user, roles, .. } = bearer.identity.clone();
    Json(UserDocument::of(Account { user, roles }))
}

/// Fields to change; omitted ones stay.
#[derive(Debug, ToSchema)]
#[expect(dead_code, reason = "describes the body for the document; it is read into an Edit")]
pub struct OwnChanges {
    /// The new name.
    name: Option<String>,
    /// The new email address; null for none.
    email: Option<String>,
}

/// What people change about themselves.
#[derive(Debug)]
pub struct OwnEdit(Edit);

impl Body for OwnEdit {
    fn read(draft: &mut Draft) -> Option<OwnEdit> {
        Some(OwnEdit(own_edit(draft)))
    }
}

/// Change your name or email address.
#[utoipa::path(patch, path = "/api/v1/me", tag = "Me", security(("bearer" = [])), request_body = OwnChanges,
    responses((status = 200, description = "The account as it is now", body = UserDocument),
        (status = 409, description = "The address is taken", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 429, description = "Too many changes of the address; see Retry-After", body = ProblemDocument, content_type = "application/problem+json")))]
#[patch("/api/v1/me", data = "<body>")]
pub async fn update(
    bearer: Bearer<'_>,
    accounts: &State<Accounts>,
    body: Checked<OwnEdit>,
) -> Result<Json<UserDocument>, Error> {
    match email_change::edit_own(accounts, &bearer.source, &bearer.identity.user, body.0.0).await {
        Ok(account) => Ok(Json(UserDocument::of(account))),
        Err(Refused::Throttled(wait)) => Err(Error::throttled(wait)),
        Err(Refused::User(error)) => Err(error.into()),
    }
}

/// The routes of this feature.
pub fn routes() -> Vec<Route> {
    [routes![show, update], password::routes(), data::routes(), sessions::routes()].concat()
}
