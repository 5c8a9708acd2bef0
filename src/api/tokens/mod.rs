//! `POST /api/v1/tokens`, `POST /api/v1/tokens/refresh`, `DELETE /api/v1/tokens/current`: logging in and out by
//! token.

mod bodies;
mod credentials;
pub mod keys;
pub mod metadata;
pub mod revoke;

use rocket::http::Status;
use rocket::response::status::NoContent;
use rocket::serde::json::Json;
use rocket::{Route, State, delete, post, routes};
use serde::Serialize;
use utoipa::ToSchema;

use self::bodies::{CredentialsBody, GrantBody};
use self::credentials::{Asked, Credentials, Grant};
use super::body::{Body, Checked, Draft};
use super::error::{Error, ProblemDocument};
use crate::accounts::Accounts;
use crate::accounts::audit::Source;
use crate::accounts::password::Password;
use crate::accounts::session;
use crate::accounts::token::{self, Outcome, Pair, Refreshed};
use crate::http::pace::Uncounted;
use crate::http::same_origin::AllowedOrigin;
use crate::http::who::Bearer;
use crate::http::who::StrangerSource;

/// A pair of tokens.
#[derive(Serialize, ToSchema)]
pub struct TokenPair {
    /// A JWT, for the header `Authorization: Bearer`.
    access_token: String,
    /// Always `Bearer`.
    token_type: &'static str,
    /// Seconds until the access token expires.
    expires_in: i64,
    /// Single use: exchange it for the next pair.
    refresh_token: String,
}

impl From<Pair> for TokenPair {
    fn from(pair: Pair) -> TokenPair {
        TokenPair {
            access_token: pair.access_token,
            token_type: "Bearer",
            expires_in: pair.expires_in,
            refresh_token: pair.refresh_token.to_text(),
        }
    }
}

/// Log in, by name and password or by a grant of OAuth (RFC 6749).
///
/// With a `grant_type` the rules of OAuth hold: a wrong password is a 400 then, with an `error` that says why.
#[utoipa::path(post, path = "/api/v1/tokens",
    operation_id = "logIn", tag = "Tokens",
    request_body(content((CredentialsBody = "application/json"), (GrantBody = "application/x-www-form-urlencoded"),
        (GrantBody = "multipart/form-data"))),
    responses(
        (status = 200, description = "Logged in", body = TokenPair),
        (status = 400, description = "The request is malformed; with a grant_type, refused as OAuth does, and error says why", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, description = "Wrong username/email or password; it is not said which", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 403, description = "The password is right, but the account waits for approval; or sent by a page of an origin that is not allowed", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 429, description = "Too many attempts; see Retry-After", body = ProblemDocument, content_type = "application/problem+json"),
    ))]
#[post("/api/v1/tokens", data = "<body>")]
pub async fn create(
    _origin: AllowedOrigin,
    source: StrangerSource,
    accounts: &State<Accounts>,
    body: Checked<Asked>,
) -> Result<Json<TokenPair>, Error> {
    match body.0 {
        Asked::Login(credentials) => log_in(accounts, credentials, &source.0).await,
        Asked::Grant(grant) => {
            let answer = match grant? {
                Grant::Password(credentials) => log_in(accounts, credentials, &source.0).await,
                Grant::Refresh(token) => exchange(accounts, &token, &source.0).await,
            };
            answer.map_err(Error::for_oauth)
        }
    }
}

async fn log_in(accounts: &Accounts, credentials: Credentials, source: &Source) -> Result<Json<TokenPair>, Error> {
    let Credentials { login, password, device } = credentials;
    match token::log_in(accounts, login, Password::typed(&password), device, source).await? {
        Outcome::Issued(pair) => Ok(Json((*pair).into())),
        Outcome::Wrong => Err(Error::wrong_login()),
        Outcome::Waiting(waits_for) => Err(Error::new(Status::Forbidden, &waits_for.to_string())),
        Outcome::Throttled(wait) => Err(Error::throttled(wait)),
        Outcome::Busy(full) => Err(Error::busy(full)),
    }
}

async fn exchange(accounts: &Accounts, refresh_token: &str, source: &Source) -> Result<Json<TokenPair>, Error> {
    match token::refresh(accounts, source, refresh_token).await? {
        Refreshed::Issued(pair) => Ok(Json((*pair).into())),
        Refreshed::Unknown | Refreshed::Spent => {
            Err(Error::new(Status::Unauthorized, "This refresh token is not valid. Log in again."))
        }
        Refreshed::Throttled(wait) => Err(Error::too_many_changes(wait)),
    }
}

/// What gets a new pair.
#[derive(ToSchema)]
pub struct Refresh {
    /// The refresh token of the last pair.
    refresh_token: String,
}

impl Body for Refresh {
    const FORM: bool = true;

    fn read(draft: &mut Draft) -> Option<Refresh> {
        Some(Refresh { refresh_token: draft.required("refresh_token")? })
    }
}

/// Exchange a refresh token for a new pair. It is single use: sending it a second time ends the login.
#[utoipa::path(post, path = "/api/v1/tokens/refresh",
    operation_id = "refreshTokens", tag = "Tokens",
    request_body(content((Refresh = "application/json"), (Refresh = "application/x-www-form-urlencoded"))),
    responses(
        (status = 200, description = "A new pair of tokens", body = TokenPair),
        (status = 401, description = "Unknown or used already, or its login has ended", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 403, description = "Sent by a page of an origin that is not allowed", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 429, description = "Too many changes by this account; see Retry-After", body = ProblemDocument, content_type = "application/problem+json"),
    ))]
#[post("/api/v1/tokens/refresh", data = "<body>")]
pub async fn refresh(
    _origin: AllowedOrigin,
    source: StrangerSource,
    accounts: &State<Accounts>,
    body: Checked<Refresh>,
) -> Result<Json<TokenPair>, Error> {
    exchange(accounts, &body.0.refresh_token, &source.0).await
}

/// Log out: end this login, with its access and refresh tokens.
#[utoipa::path(delete, path = "/api/v1/tokens/current",
    operation_id = "logOut", tag = "Tokens", security(("bearer" = [])),
    responses((status = 204, description = "Logged out")))]
#[delete("/api/v1/tokens/current")]
pub async fn destroy(bearer: Uncounted<Bearer<'_>>, accounts: &State<Accounts>) -> Result<NoContent, Error> {
    let Uncounted(bearer) = bearer;
    let session = &bearer.identity.session;
    session::end_own(accounts, &bearer.source, &session.user_id, &session.id).await?;
    Ok(NoContent)
}

/// The routes of this feature.
pub fn routes() -> Vec<Route> {
    routes![create, refresh, destroy, revoke::revoke, keys::keys, metadata::metadata]
}
