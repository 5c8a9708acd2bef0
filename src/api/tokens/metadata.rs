//! `GET /.well-known/oauth-authorization-server`: the server metadata for OAuth clients (RFC 8414).

use rocket::http::Header;
use rocket::serde::json::Json;
use rocket::{Responder, State, get};
use serde::Serialize;
use utoipa::ToSchema;

use crate::accounts::Accounts;
use crate::http::Site;

/// What this server offers to clients of OAuth (RFC 8414, 2).
#[derive(Debug, Serialize, ToSchema)]
pub struct Metadata {
    /// The claim `iss` of access tokens.
    issuer: String,
    token_endpoint: String,
    revocation_endpoint: String,
    jwks_uri: String,
    grant_types_supported: [&'static str; 2],
    /// None: there is no authorization endpoint. The member has to be there all the same.
    response_types_supported: [&'static str; 0],
    /// Clients are not told apart.
    token_endpoint_auth_methods_supported: [&'static str; 1],
    revocation_endpoint_auth_methods_supported: [&'static str; 1],
    /// The page that describes the API.
    service_documentation: String,
}

/// The metadata, which may be cached for a minute.
#[derive(Responder)]
pub struct Kept {
    metadata: Json<Metadata>,
    cache: Header<'static>,
}

/// Metadata for clients of OAuth (RFC 8414).
#[utoipa::path(get, path = "/.well-known/oauth-authorization-server",
    operation_id = "getMetadata", tag = "Tokens",
    responses((status = 200, description = "What this server offers", body = Metadata)))]
#[get("/.well-known/oauth-authorization-server")]
pub fn metadata(accounts: &State<Accounts>, site: &State<Site>, config: &rocket::Config) -> Kept {
    let base = site.origins.front_door(config.port);
    let metadata = Metadata {
        issuer: accounts.tokens.issuer.clone(),
        token_endpoint: format!("{base}/api/v1/tokens"),
        revocation_endpoint: format!("{base}/api/v1/tokens/revoke"),
        jwks_uri: format!("{base}/.well-known/jwks.json"),
        grant_types_supported: ["password", "refresh_token"],
        response_types_supported: [],
        token_endpoint_auth_methods_supported: ["none"],
        revocation_endpoint_auth_methods_supported: ["none"],
        service_documentation: format!("{base}/api"),
    };
    Kept { metadata: Json(metadata), cache: Header::new("Cache-Control", "public, max-age=60") }
}
