//! `/api/v1/me/password`: changes the user's own password.

use rocket::http::Status;
use rocket::serde::json::Json;
use rocket::{Route, State, put, routes};
use utoipa::ToSchema;

use crate::accounts::Accounts;
use crate::accounts::password::Password;
use crate::accounts::password::change::{self, Outcome};
use crate::api::body::{Body, Checked, Draft};
use crate::api::error::{Error, ProblemDocument};
use crate::api::tokens::TokenPair;
use crate::http::pace::Uncounted;
use crate::http::who::Bearer;

/// The current password and the new one.
#[derive(Debug, ToSchema)]
pub struct PasswordChange {
    /// The current password.
    #[schema(value_type = String, format = Password)]
    current_password: Password,
    /// At least 8 characters (more if the settings say so), not counting the owner's names and email address, and
    /// not a common password.
    #[schema(value_type = String, format = Password)]
    new_password: Password,
}

impl Body for PasswordChange {
    fn read(draft: &mut Draft) -> Option<PasswordChange> {
        let (current, new) = (draft.required("current_password"), draft.required("new_password"));
        Some(PasswordChange { current_password: Password::typed(&current?), new_password: Password::typed(&new?) })
    }
}

/// Change your password. All logins end; this one continues with the new pair of tokens.
#[utoipa::path(put, path = "/api/v1/me/password",
    operation_id = "changePassword", tag = "Me", security(("bearer" = [])), request_body = PasswordChange,
    responses((status = 200, description = "A new pair of tokens", body = TokenPair),
        (status = 403, description = "The current password is wrong", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 429, description = "Too many attempts; see Retry-After", body = ProblemDocument, content_type = "application/problem+json")))]
#[put("/api/v1/me/password", data = "<body>")]
pub async fn update_password(
    bearer: Uncounted<Bearer<'_>>,
    accounts: &State<Accounts>,
    body: Checked<PasswordChange>,
) -> Result<Json<TokenPair>, Error> {
    let PasswordChange { current_password, new_password } = body.0;
    let Uncounted(bearer) = bearer;
    let changed = change::change(accounts, bearer.identity, current_password, new_password, &bearer.source).await?;
    match changed {
        Outcome::Changed(pair) => Ok(Json((*pair).into())),
        Outcome::Wrong => Err(Error::new(Status::Forbidden, "The current password is wrong.")),
        Outcome::Throttled(wait) => Err(Error::throttled(wait)),
        Outcome::Busy(full) => Err(Error::busy(full)),
        Outcome::Rejected(rejected) => Err(Error::invalid("new_password", &rejected.to_string())),
    }
}

/// The route of this part.
pub fn routes() -> Vec<Route> {
    routes![update_password]
}
