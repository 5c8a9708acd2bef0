//! `GET /api/v1/openapi.json`: the description of all this, made from the handlers themselves.

use rocket::serde::json::Json;
use rocket::{Route, get, routes};
use utoipa::openapi::OpenApi;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::{Modify, OpenApi as _};

use super::{me, sign_up, tokens, users};

/// The handlers that the document describes.
#[derive(utoipa::OpenApi)]
#[openapi(
    info(title = "Vestibule", description = "Log in, and manage accounts, from programs. Errors are problem details (RFC 9457)."),
    paths(
        tokens::create, tokens::refresh, tokens::destroy, tokens::keys,
        sign_up::create,
        users::index, users::show, users::update, users::destroy, users::add_role, users::remove_role,
        me::show, me::update, me::update_password, me::show_data, me::update_data, me::destroy_data,
        me::index_sessions, me::destroy_session,
        show,
    ),
    modifiers(&BearerScheme),
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
    }
}

/// The document.
pub fn document() -> OpenApi {
    Document::openapi()
}

/// Read this document.
#[utoipa::path(get, path = "/api/v1/openapi.json", tag = "Document",
    responses((status = 200, description = "OpenAPI 3.1", body = serde_json::Value)))]
#[get("/api/v1/openapi.json")]
pub fn show() -> Json<OpenApi> {
    Json(document())
}

/// The route of this feature.
pub fn routes() -> Vec<Route> {
    routes![show]
}
