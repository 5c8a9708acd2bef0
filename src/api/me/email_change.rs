//! `/api/v1/me/email-change`: the address that waits to be confirmed by a link.

use rocket::http::{Header, Status};
use rocket::response::status::NoContent;
use rocket::serde::json::Json;
use rocket::{Responder, Route, State, delete, get, post, routes};
use serde::Serialize;
use utoipa::ToSchema;

use crate::accounts::Accounts;
use crate::accounts::user::email_change::{self, Asked, Refused};
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

/// 202, with the address that the link was sent to.
#[derive(Responder)]
#[response(status = 202)]
pub struct LinkSent(Json<EmailChangeDocument>);

/// Have the link sent that confirms the email address which your account has already, while it is not confirmed.
#[utoipa::path(post, path = "/api/v1/me/email-change",
    operation_id = "confirmMyEmail", tag = "Me", security(("bearer" = [])),
    responses((status = 202, description = "A message with the link is on its way", body = EmailChangeDocument),
        (status = 409, description = "There is no address to confirm, or this server sends no mail", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 429, description = "Too many changes of the address; see Retry-After", body = ProblemDocument, content_type = "application/problem+json")))]
#[post("/api/v1/me/email-change")]
pub async fn confirm_own(bearer: Bearer<'_>, accounts: &State<Accounts>) -> Result<LinkSent, Error> {
    let sent = email_change::confirm_own(accounts, &bearer.source, bearer.identity).await;
    let asked = match sent {
        Ok(true) => email_change::pending(accounts, &bearer.identity.user.id).await?,
        Ok(false) => None,
        Err(Refused::Throttled(wait)) => return Err(Error::throttled(wait)),
        Err(Refused::User(error)) => return Err(error.into()),
        Err(Refused::Unproven) => None,
    };
    let nothing =
        || Error::new(Status::Conflict, "There is no email address to confirm, or this server sends no mail.");
    let Asked { email, expires_at } = asked.ok_or_else(nothing)?;
    Ok(LinkSent(Json(EmailChangeDocument { email, expires_at: rfc3339(expires_at) })))
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
    routes![show_change, confirm_own, cancel_change]
}
