//! `/api/v1/me`: the user's own account.

pub mod activity;
pub mod data;
pub mod deletion;
pub mod email_change;
pub mod export;
pub mod other_sessions;
pub mod password;
pub mod sessions;

use rocket::http::Status;
use rocket::{Either, Route, State, get, patch, routes};
use utoipa::ToSchema;

use self::email_change::AskedFor;
use super::body::{Body, Checked, Draft, Echo};
use super::error::{Error, ProblemDocument};
use super::own_roles;
use super::tagged::{Asked, Tagged};
use super::user_edit::own_edit;
use super::users::{UserDocument, tagged};
use crate::accounts::Accounts;
use crate::accounts::session::Identity;
use crate::accounts::user::email_change::{self as changes, Edited, Refused};
use crate::accounts::user::{Account, Edit};
use crate::http::conditions::Conditions;
use crate::http::features::routes_of;
use crate::http::who::Bearer;

/// Read your account.
#[utoipa::path(get, path = "/api/v1/me",
    operation_id = "getMe", tag = "Me", security(("bearer" = [])),
    responses((status = 200, description = "The account", body = UserDocument, headers(("ETag" = String, description = "Its version"))),
        (status = 304, description = "It is the version that If-None-Match names"),
        (status = 412, description = "It is not the version that If-Match names", body = ProblemDocument, content_type = "application/problem+json")))]
#[get("/api/v1/me")]
pub fn show(bearer: Bearer<'_>, conditions: Conditions) -> Asked<UserDocument> {
    Asked(tagged(own(&bearer)), conditions)
}

fn own(bearer: &Bearer<'_>) -> Account {
    let Identity { user, roles, .. } = bearer.identity.clone();
    Account { user, roles }
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

/// The body of a change to the user's own account.
#[derive(Debug)]
pub struct OwnEdit {
    edit: Edit,
    echo: Echo,
}

impl Body for OwnEdit {
    fn read(draft: &mut Draft) -> Option<OwnEdit> {
        let echo = Echo::read(
            draft,
            &["id", "username", "email_confirmed", "roles", "enabled", "waits_for", "created_at", "deletes_at"],
        );
        Some(OwnEdit { edit: own_edit(draft), echo })
    }
}

/// Change your name or email address. What reading your account answered may be sent back. Where the server sends mail,
/// another address counts only once the link was opened that was sent there: see `/api/v1/me/email-change`.
#[utoipa::path(patch, path = "/api/v1/me",
    operation_id = "updateMe", tag = "Me", security(("bearer" = [])), request_body = OwnChanges,
    responses((status = 200, description = "The account as it is now", body = UserDocument, headers(("ETag" = String, description = "Its version"))),
        (status = 202, description = "The account as it is now: the new address has to be confirmed by a link first", body = UserDocument, headers(("ETag" = String, description = "Its version"), ("Location" = String, description = "Where the address that waits is"))),
        (status = 403, description = "Where the server sends mail, another address takes a login of the last ten minutes", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, description = "The address is taken", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 412, description = "It is not the version that If-Match names", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 429, description = "Too many changes of the address; see Retry-After", body = ProblemDocument, content_type = "application/problem+json")))]
#[patch("/api/v1/me", data = "<body>")]
pub async fn update(
    bearer: Bearer<'_>,
    conditions: Conditions,
    accounts: &State<Accounts>,
    body: Checked<OwnEdit>,
) -> Result<Either<Tagged<UserDocument>, AskedFor>, Error> {
    let OwnEdit { edit, echo } = body.0;
    let now = UserDocument::of(own(&bearer));
    if echo.changed(&now).contains(&"roles") {
        own_roles::note_change(accounts, &bearer, "PATCH /api/v1/me");
    }
    echo.check(&now)?;
    let edit = Edit { expected: conditions.0, ..edit };
    match changes::edit_own(accounts, &bearer.source, bearer.identity, edit).await {
        Ok(Edited { account, is_asked: false }) => Ok(Either::Left(tagged(account))),
        Ok(Edited { account, is_asked: true }) => Ok(Either::Right(AskedFor::new(tagged(account)))),
        Err(Refused::Unproven) => Err(Error::new(
            Status::Forbidden,
            "Another email address takes a login of the last ten minutes: log in with the password again, then try again.",
        )),
        Err(Refused::Throttled(wait)) => Err(Error::throttled(wait)),
        Err(Refused::User(error)) => Err(error.into()),
    }
}

/// The routes of this feature.
pub fn routes() -> Vec<Route> {
    routes_of(&[
        || routes![show, update],
        password::routes,
        data::routes,
        sessions::routes,
        other_sessions::routes,
        activity::routes,
        export::routes,
        deletion::routes,
        email_change::routes,
    ])
}
