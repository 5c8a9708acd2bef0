//! `GET /api/v1/session`: who is logged in, by cookie or by token. For apps on the same host, and for proxies in front
//! of them.
//!
//! It is the only call below `/api` that takes the session cookie, so pages of other origins must not read its answer:
//! see `http::cors`.

use std::io::Cursor;

use rocket::http::{ContentType, Status};
use rocket::response::{self, Responder, Response};
use rocket::serde::json::serde_json;
use rocket::{Request, Route, get, routes};
use serde::Serialize;
use utoipa::ToSchema;

use super::users::UserDocument;
use crate::accounts::session::{Identity, Session};
use crate::accounts::user::Account;
use crate::http::identity;
use crate::http::who::Caller;
use crate::notation::rfc3339;

/// Who asks.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CurrentSession)]
pub struct CurrentSession {
    /// The account, as it is now, with its roles.
    user: UserDocument,
    /// The login that the cookie or the access token belongs to.
    session: LoginDocument,
}

/// A login.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Login)]
struct LoginDocument {
    /// A UUID; access tokens have it as `sid`.
    id: String,
    /// `browser` or `token`.
    kind: &'static str,
    /// When a password was last asked for. RFC 3339.
    #[schema(format = DateTime)]
    authenticated_at: String,
    /// When it expires if unused. RFC 3339.
    #[schema(format = DateTime)]
    ends_at: String,
}

impl LoginDocument {
    fn of(session: &Session) -> LoginDocument {
        LoginDocument {
            id: session.id.clone(),
            kind: session.kind().as_str(),
            authenticated_at: rfc3339(session.authenticated_at),
            ends_at: rfc3339(session.ends_at()),
        }
    }
}

/// The answer, as headers and as a document.
pub struct Answer<'r>(&'r Identity);

impl<'r> Responder<'r, 'r> for Answer<'r> {
    fn respond_to(self, _: &'r Request<'_>) -> response::Result<'r> {
        let document = document(self.0).map_err(|_| Status::InternalServerError)?;
        let mut response = Response::new();
        response.set_header(ContentType::JSON);
        response.set_sized_body(document.len(), Cursor::new(document));
        identity::set(&mut response, self.0);
        Ok(response)
    }
}

/// The document, written once for as long as they are remembered: proxies ask with every request of a page.
fn document(identity: &Identity) -> serde_json::Result<&str> {
    if let Some(written) = identity.document.get() {
        return Ok(written);
    }
    let Identity { user, roles, session, .. } = identity;
    let account = Account { user: user.clone(), roles: roles.clone() };
    let document = CurrentSession { user: UserDocument::of(account), session: LoginDocument::of(session) };
    let written = serde_json::to_string(&document)?;
    Ok(identity.document.get_or_init(|| written))
}

/// Ask who is logged in, by session cookie or by access token. When both are sent, the token counts. The headers
/// Remote-User, Remote-Groups, Remote-Name and Remote-Email say the same; what is not ASCII in them is percent-encoded.
#[utoipa::path(get, path = "/api/v1/session",
    operation_id = "getSession", tag = "Tokens", security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, description = "Somebody is logged in", body = CurrentSession, headers(
        ("Remote-User" = String, description = "The username"),
        ("Remote-Groups" = String, description = "The roles, with commas between them"),
        ("Remote-Name" = String, description = "The name to show"),
        ("Remote-Email" = String, description = "The email address; empty if there is none")))))]
#[get("/api/v1/session")]
pub fn show(caller: Caller<'_>) -> Answer<'_> {
    Answer(caller.0)
}

/// The route of this feature.
pub fn routes() -> Vec<Route> {
    routes![show]
}
