//! `GET /api/v1/openapi.json`: the description of the API, generated from the handlers.

mod answers;
mod bodies;
mod limits;

use std::sync::OnceLock;

use rocket::http::{ContentType, Status};
use rocket::response::{self, Responder};
use rocket::{Request, Route, get, routes};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityScheme};
use utoipa::openapi::{OpenApi, Server};
use utoipa::{Modify, OpenApi as _};

use self::answers::CommonAnswers;
use self::bodies::Bodies;
use self::limits::Limits;
use super::{
    approval, audit, forgot, invitations, me, overview, reset, session, settings, sign_up, todos, tokens, users,
};
use crate::http::Site;
use crate::http::packed::Packed;

/// The handlers that the document describes.
#[derive(utoipa::OpenApi)]
#[openapi(
    info(title = "Vestibule", description = "Log in, and manage accounts and todos, from programs. Errors are problem details (RFC 9457)."),
    paths(
        tokens::create, tokens::refresh, tokens::destroy, tokens::revoke::revoke,
        tokens::keys::keys, tokens::metadata::metadata,
        session::show,
        forgot::create,
        sign_up::create,
        users::index, users::show, users::update, users::destroy, users::add_role, users::remove_role,
        approval::approve, approval::reject, reset::create,
        invitations::index, invitations::create, invitations::destroy,
        audit::index,
        overview::show, settings::index,
        me::show, me::update, me::email_change::show_change, me::email_change::confirm_own, me::email_change::cancel_change, me::password::update_password,
        me::data::show_data, me::data::update_data, me::data::destroy_data,
        me::sessions::index_sessions, me::sessions::destroy_session,
        me::other_sessions::destroy_other_sessions, me::activity::index_activity, me::export::show_export, me::deletion::create,
        todos::list::index, todos::create, todos::show, todos::replace, todos::update, todos::destroy,
        todos::done::update_done, todos::done::destroy_done,
        show,
    ),
    tags(
        (name = "Tokens", description = "Log in and out by token, and verify tokens"),
        (name = "Users", description = "Sign up; and, for admins, everyone's accounts"),
        (name = "Invitations", description = "Invite people to sign up; for admins"),
        (name = "Audit", description = "Who did what to whom; for admins"),
        (name = "Server", description = "How this server does, and its settings; for admins"),
        (name = "Me", description = "The account of whoever calls"),
        (name = "Todos", description = "Todos: your own; for admins, everyone's"),
        (name = "Document", description = "This document"),
    ),
    modifiers(&BearerScheme, &NoScheme, &CommonAnswers, &Limits, &Bodies),
)]
struct Document;

/// How to send the token.
struct BearerScheme;

impl Modify for BearerScheme {
    fn modify(&self, document: &mut OpenApi) {
        let mut scheme = Http::new(HttpAuthScheme::Bearer);
        scheme.bearer_format = Some("JWT".to_owned());
        let components = document.components.get_or_insert_default();
        components.add_security_scheme("bearer", SecurityScheme::Http(scheme));
        let about = "The cookie of a browser's session; over https its name is __Host-session";
        let cookie = ApiKeyValue::with_description("session", about);
        components.add_security_scheme("cookie", SecurityScheme::ApiKey(ApiKey::Cookie(cookie)));
    }
}

/// Marks calls that take no access token with `[]`. With nothing there, it might look forgotten.
struct NoScheme;

impl Modify for NoScheme {
    fn modify(&self, document: &mut OpenApi) {
        for item in document.paths.paths.values_mut() {
            let methods = [&mut item.get, &mut item.put, &mut item.post, &mut item.delete, &mut item.patch];
            for operation in methods.into_iter().flatten() {
                operation.security.get_or_insert_default();
            }
        }
    }
}

/// The document without the address of a server.
pub fn document() -> OpenApi {
    Document::openapi()
}

/// The document of this server, compressed once. Managed by Rocket.
#[derive(Debug, Default)]
pub struct PackedDocument(OnceLock<Packed>);

/// The document of this server.
pub struct Described;

impl<'r> Responder<'r, 'static> for Described {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        let packed: &PackedDocument = request.rocket().state().ok_or(Status::InternalServerError)?;
        let pack = || {
            let here = Site::of(request).origins.front_door(request.rocket().config().port);
            let mut document = document();
            document.servers = Some(vec![Server::new(here)]);
            Packed::new(&serde_json::to_vec(&document).unwrap_or_default())
        };
        Ok(packed.0.get_or_init(pack).answer(request, ContentType::JSON, None))
    }
}

/// Read this document.
#[utoipa::path(get, path = "/api/v1/openapi.json",
    operation_id = "getOpenapiDocument", tag = "Document",
    responses((status = 200, description = "OpenAPI 3.1", body = serde_json::Value)))]
#[get("/api/v1/openapi.json")]
pub fn show() -> Described {
    Described
}

/// The route of this feature.
pub fn routes() -> Vec<Route> {
    routes![show]
}

#[cfg(test)]
mod tests;
