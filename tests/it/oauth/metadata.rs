//! `GET /.well-known/oauth-authorization-server` (RFC 8414).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::{TOKENS, password};
use crate::support::Server;

const METADATA: &str = "/.well-known/oauth-authorization-server";

#[test]
fn the_metadata_names_what_there_is() {
    let server = Server::prepare().public("http://127.0.0.1").and_seed().and_start();
    let mut client = server.client().with("Host", "127.0.0.1");
    let answer = client.get(METADATA);
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(answer.header("content-type"), Some("application/json"));
    assert_eq!(answer.header("cache-control"), Some("public, max-age=60"));
    let metadata = answer.json();
    assert_eq!(
        metadata,
        json!({
            "issuer": "http://127.0.0.1",
            "token_endpoint": "http://127.0.0.1/api/v1/tokens",
            "revocation_endpoint": "http://127.0.0.1/api/v1/tokens/revoke",
            "jwks_uri": "http://127.0.0.1/.well-known/jwks.json",
            "grant_types_supported": ["password", "refresh_token"],
            "response_types_supported": [],
            "token_endpoint_auth_methods_supported": ["none"],
            "revocation_endpoint_auth_methods_supported": ["none"],
            "service_documentation": "http://127.0.0.1/api",
        })
    );
    let path = |member: &str| metadata[member].as_str().unwrap().strip_prefix("http://127.0.0.1").unwrap().to_owned();
    let pair = client.post(&path("token_endpoint"), &password("roy", "roy")).json();
    let claims = pair["access_token"].as_str().unwrap().split('.').nth(1).unwrap();
    let claims: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).unwrap()).unwrap();
    assert_eq!(claims["iss"], metadata["issuer"]);
    assert_eq!(client.get(&path("jwks_uri")).status, 200);
    assert_eq!(client.post(&path("revocation_endpoint"), &[("token", "x")]).status, 200);
    assert_eq!(client.browsing().get(&path("service_documentation")).status, 200);
}

#[test]
fn without_a_public_address_it_names_where_it_listens() {
    let server = Server::seeded();
    let metadata = server.client().get(METADATA).json();
    assert_eq!(metadata["issuer"], "vestibule", "as in the tokens");
    assert_eq!(metadata["token_endpoint"], format!("http://127.0.0.1:{}{TOKENS}", server.port));
}
