//! `/api/v1/me/email-change`: the address that waits to be confirmed by a link.

use rocket::http::Header;
use rocket::response::status::NoContent;
use rocket::serde::json::Json;
use rocket::{Responder, Route, State, delete, get, routes};
use serde::Serialize;
use utoipa::ToSchema;

use crate::accounts::Accounts;
use crate::accounts::user::email_change;
use crate::api::error::{Error, ProblemDocument};
use crate::api::tagged::Tagged;
use crate::api::users::UserDocument;
use crate::http::who::Bearer;
use crate::notation::rfc3339;

/// 202: the account as it is now, and where the address is that waits.
#[derive(Responder)]
#[response(status = 202)]
pub struct AskedFor {
    user: Tagged<UserDocument>,
    location: Header<'static>,
}

impl AskedFor {
    /// With the account as it is now.
    pub fn new(user: Tagged<UserDocument>) -> AskedFor {
        AskedFor { user, location: Header::new("Location", "/api/v1/me/email-change") }
    }
}

/// An address that waits to be confirmed.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = EmailChange)]
pub struct EmailChangeDocument {
    /// The address, as it was given.
    email: String,
    /// Until when the link works that was sent there; RFC 3339.
    expires_at: String,
}

/// Read the email address that waits to be confirmed.
#[utoipa::path(get, path = "/api/v1/me/email-change",
    operation_id = "getMyEmailChange", tag = "Me", security(("bearer" = [])),
    responses((status = 200, description = "The address", body = EmailChangeDocument),
        (status = 404, description = "None waits", body = ProblemDocument, content_type = "application/problem+json")))]
#[get("/api/v1/me/email-change")]
pub async fn show_change(bearer: Bearer<'_>, accounts: &State<Accounts>) -> Result<Json<EmailChangeDocument>, Error> {
    let asked = email_change::pending(accounts, &bearer.identity.user.id).await?.ok_or_else(Error::not_found)?;
    Ok(Json(EmailChangeDocument { email: asked.email, expires_at: rfc3339(asked.expires_at) }))
}

/// Cancel the change of your email address, whether one waits or not.
#[utoipa::path(delete, path = "/api/v1/me/email-change",
    operation_id = "cancelMyEmailChange", tag = "Me", security(("bearer" = [])),
    responses((status = 204, description = "None waits any more")))]
#[delete("/api/v1/me/email-change")]
pub async fn cancel_change(bearer: Bearer<'_>, accounts: &State<Accounts>) -> Result<NoContent, Error> {
    email_change::cancel(accounts, &bearer.source, &bearer.identity.user.id).await?;
    Ok(NoContent)
}

/// The routes of this part.
pub fn routes() -> Vec<Route> {
    routes![show_change, cancel_change]
}
