//! `GET /.well-known/jwks.json`: the public keys that verify access tokens (RFC 7517).

use rocket::http::Header;
use rocket::serde::json::Json;
use rocket::{Responder, State, get};
use serde::Serialize;
use utoipa::ToSchema;

use crate::accounts::Accounts;
use crate::accounts::token::signing_key::{self, PublicKey, SigningKey};
use crate::api::error::Error;

/// Public keys (RFC 7517).
#[derive(Debug, Serialize, ToSchema)]
pub struct JwkSet {
    keys: Vec<Jwk>,
}

/// A public key: on P-256 with `crv`, `x` and `y` (RFC 7518, 6.2), of RSA with `n` and `e` (6.3), or Ed25519 with `crv`
/// and `x` (RFC 8037).
#[derive(Debug, Default, Serialize, ToSchema)]
struct Jwk {
    /// `EC`, `RSA` or `OKP`.
    kty: &'static str,
    /// Always `sig`.
    r#use: &'static str,
    /// `ES256`, `RS256` or `EdDSA`: the only algorithm that this key is for.
    alg: &'static str,
    /// What the header of a token names.
    kid: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    crv: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    x: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    y: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    n: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    e: Option<String>,
}

impl Jwk {
    /// The JWK of a key; none if its algorithm is unknown to this version.
    fn of(key: SigningKey) -> Option<Jwk> {
        let (alg, public) = (key.algorithm()?.as_str(), key.public_key()?);
        let common = Jwk { r#use: "sig", alg, kid: key.id, ..Jwk::default() };
        Some(match public {
            PublicKey::Ec { x, y } => Jwk { kty: "EC", crv: Some("P-256"), x: Some(x), y: Some(y), ..common },
            PublicKey::Rsa { n, e } => Jwk { kty: "RSA", n: Some(n), e: Some(e), ..common },
            PublicKey::Ed25519 { x } => Jwk { kty: "OKP", crv: Some("Ed25519"), x: Some(x), ..common },
        })
    }
}

/// The keys, which may be cached for a minute.
#[derive(Responder)]
pub struct PublicKeys {
    keys: Json<JwkSet>,
    cache: Header<'static>,
}

/// The public keys of access tokens.
#[utoipa::path(get, path = "/.well-known/jwks.json",
    operation_id = "getPublicKeys", tag = "Tokens",
    responses((status = 200, description = "The keys", body = JwkSet)))]
#[get("/.well-known/jwks.json")]
pub async fn keys(accounts: &State<Accounts>) -> Result<PublicKeys, Error> {
    let lifetime = accounts.lifetimes.longest_access_token();
    let keys = signing_key::list(accounts).await?;
    let keys = keys.into_iter().filter(|key| key.verifies(lifetime)).filter_map(Jwk::of).collect();
    Ok(PublicKeys { keys: Json(JwkSet { keys }), cache: Header::new("Cache-Control", "public, max-age=60") })
}
