//! `GET /api/v1/openapi.json`: the description of all this, made from the handlers themselves.

use rocket::serde::json::Json;
use rocket::{Route, get, routes};
use utoipa::openapi::path::Operation;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityScheme};
use utoipa::openapi::{ContentBuilder, OpenApi, Ref, Response, ResponseBuilder};
use utoipa::{Modify, OpenApi as _};

use super::{me, session, sign_up, todos, tokens, users};

/// The handlers that the document describes.
#[derive(utoipa::OpenApi)]
#[openapi(
    info(title = "Vestibule", description = "Log in, and manage accounts and todos, from programs. Errors are problem details (RFC 9457)."),
    paths(
        tokens::create, tokens::refresh, tokens::destroy, tokens::revoke::revoke,
        tokens::keys::keys, tokens::metadata::metadata,
        session::show,
        sign_up::create,
        users::index, users::show, users::update, users::destroy, users::add_role, users::remove_role,
        me::show, me::update, me::password::update_password,
        me::data::show_data, me::data::update_data, me::data::destroy_data,
        me::sessions::index_sessions, me::sessions::destroy_session,
        todos::list::index, todos::create, todos::show, todos::replace, todos::update, todos::destroy,
        todos::done::update_done, todos::done::destroy_done,
        show,
    ),
    modifiers(&BearerScheme, &CommonAnswers),
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

/// What any call may be answered with, beside what its handler says.
struct CommonAnswers;

impl Modify for CommonAnswers {
    fn modify(&self, document: &mut OpenApi) {
        for (path, item) in &mut document.paths.paths {
            let reads = item.get.iter_mut().map(|operation| (operation, false));
            let writes = [&mut item.put, &mut item.post, &mut item.delete, &mut item.patch].into_iter().flatten();
            for (operation, writes) in reads.chain(writes.map(|operation| (operation, true))) {
                add_common_answers(operation, writes && !UNCOUNTED.contains(&path.as_str()));
            }
        }
    }
}

/// What makes changes that don't count (`http::pace`), beside the administration of accounts.
const UNCOUNTED: &[&str] = &["/api/v1/tokens/current", "/api/v1/me/sessions/{id}", "/api/v1/me/password"];

fn add_common_answers(operation: &mut Operation, counts: bool) {
    let body = operation.request_body.is_some();
    let token = operation.security.is_some();
    let admins = operation.tags.iter().flatten().any(|tag| tag == "Users") && token;
    let answers = [
        (true, "400", "The request is malformed"),
        (token, "401", "The access token is missing, invalid or expired"),
        (admins, "403", "Admins only"),
        (body, "408", "The body took too long"),
        (body, "413", "The body is too large"),
        (body, "415", "The body's content type is not accepted"),
        (true, "422", "A field or a query parameter is missing, unknown, sent more than once, or invalid"),
        (token && counts && !admins, "429", "Too many changes by this account; see Retry-After"),
        (true, "500", "The server failed"),
        (true, "503", "The server is busy or can't reach its data; see Retry-After"),
    ];
    for (_, status, description) in answers.into_iter().filter(|(applies, ..)| *applies) {
        let known = &mut operation.responses.responses;
        known.entry(status.to_owned()).or_insert_with(|| problem(description).into());
    }
}

fn problem(description: &str) -> Response {
    let schema = Ref::from_schema_name("Problem");
    ResponseBuilder::new()
        .description(description)
        .content("application/problem+json", ContentBuilder::new().schema(Some(schema)).build())
        .build()
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
