//! `POST /api/v1/password-resets`: sends the owner of an account a link by which they choose a new password.

use rocket::http::Status;
use rocket::response::status::Accepted;
use rocket::{Route, State, post, routes};
use utoipa::ToSchema;

use super::body::{Body, Checked, Draft};
use super::error::{Error, ProblemDocument};
use crate::accounts::Accounts;
use crate::accounts::forgot::{self, Refused};
use crate::http::same_origin::AllowedOrigin;
use crate::http::who::StrangerSource;

/// Whose password it is.
#[derive(Debug, ToSchema)]
pub struct PasswordReset {
    /// The username or the email address of the account.
    #[schema(example = "anna@example.com")]
    login: String,
}

impl Body for PasswordReset {
    fn read(draft: &mut Draft) -> Option<PasswordReset> {
        Some(PasswordReset { login: draft.required("login")? })
    }
}

/// Send the owner of an account a link by which they choose a new password. It goes to the email address of the account,
/// and nowhere else. The answer is the same whether or not there is such an account.
#[utoipa::path(post, path = "/api/v1/password-resets",
    operation_id = "requestPasswordReset", tag = "Tokens", request_body = PasswordReset,
    responses((status = 202, description = "If there is such an account, and it has an email address, a message is on its way"),
        (status = 403, description = "This server sends no mail, or this was sent by a page of an origin that is not allowed", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests; see Retry-After", body = ProblemDocument, content_type = "application/problem+json")))]
#[post("/api/v1/password-resets", data = "<body>")]
pub async fn create(
    _origin: AllowedOrigin,
    source: StrangerSource,
    accounts: &State<Accounts>,
    body: Checked<PasswordReset>,
) -> Result<Accepted<()>, Error> {
    match forgot::request(accounts, &body.0.login, None, &source.0).await {
        Ok(()) => Ok(Accepted(())),
        Err(Refused::NoMail) => {
            Err(Error::new(Status::Forbidden, "This server sends no mail: ask an administrator for a link."))
        }
        Err(refused @ Refused::NoName) => Err(Error::invalid("login", &refused.to_string())),
        Err(Refused::Throttled(wait)) => Err(Error::throttled(wait)),
        Err(Refused::Database(error)) => Err(error.into()),
    }
}

/// The route of this feature.
pub fn routes() -> Vec<Route> {
    routes![create]
}
