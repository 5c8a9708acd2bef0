//! `POST /api/v1/tokens`, `POST /api/v1/tokens/refresh`, `DELETE /api/v1/tokens/current`: logging in and out by
//! token. `GET /.well-known/jwks.json`: the public keys that verify access tokens.

use rocket::http::Header;
use rocket::response::status::NoContent;
use rocket::serde::json::Json;
use rocket::{Responder, Route, State, delete, get, post, routes};
use serde::Serialize;
use utoipa::ToSchema;

use super::body::{Body, Checked, Draft};
use super::error::{Error, ProblemDocument};
use crate::accounts::Accounts;
use crate::accounts::password::Password;
use crate::accounts::session;
use crate::accounts::token::signing_key::{self, PublicKey, SigningKey};
use crate::accounts::token::{self, Outcome, Pair, RefreshToken, Refreshed};
use crate::http::pace::Uncounted;
use crate::http::same_origin::AllowedOrigin;
use crate::http::who::Bearer;
use crate::http::who::StrangerSource;

/// A name and a password. No `Debug`, as for all that holds a secret in the clear.
pub struct Credentials {
    login: String,
    password: String,
    device: Option<RefreshToken>,
}

/// A name, in one of three fields, and a password.
#[derive(Debug, ToSchema)]
#[schema(as = Credentials)]
#[expect(dead_code, reason = "describes the body for the document; it is read into Credentials")]
struct CredentialsBody {
    /// A username or an email address.
    login: Option<String>,
    /// Another name for `login`.
    username: Option<String>,
    /// Another name for `login`.
    email: Option<String>,
    /// The password.
    #[schema(format = Password)]
    password: String,
    /// Any refresh token that this program had of this account, spent or not. The attempt then counts as one from a
    /// known device, which others can't use up. The token itself is not used, and one that is not known does no harm.
    device: Option<String>,
}

impl Body for Credentials {
    const FORM: bool = true;

    fn read(draft: &mut Draft) -> Option<Credentials> {
        let mut names = ["login", "username", "email"].into_iter().filter_map(|name| Some((name, draft.value(name)?)));
        let (first, second) = (names.next(), names.next());
        let login = match (first, second) {
            (Some((_, serde_json::Value::String(login))), None) if !login.is_empty() => Some(login),
            (Some((name, _)), None) => {
                draft.refuse(name, "This has to be a text that is not empty.");
                None
            }
            (None, _) => {
                draft.refuse("login", "This field is missing.");
                None
            }
            (Some(_), Some((name, _))) => {
                draft.refuse(name, "Send one of login, username and email.");
                None
            }
        };
        let password = draft.required("password");
        let device = draft.text("device").and_then(|text| RefreshToken::parse(&text));
        Some(Credentials { login: login?, password: password?, device })
    }
}

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

/// Log in.
#[utoipa::path(post, path = "/api/v1/tokens", tag = "Tokens",
    request_body(content((CredentialsBody = "application/json"), (CredentialsBody = "application/x-www-form-urlencoded"))),
    responses(
        (status = 200, description = "Logged in", body = TokenPair),
        (status = 401, description = "Wrong username/email or password; it is not said which", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 403, description = "Sent by a page of an origin that is not allowed", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 429, description = "Too many attempts; see Retry-After", body = ProblemDocument, content_type = "application/problem+json"),
    ))]
#[post("/api/v1/tokens", data = "<body>")]
pub async fn create(
    _origin: AllowedOrigin,
    source: StrangerSource,
    accounts: &State<Accounts>,
    body: Checked<Credentials>,
) -> Result<Json<TokenPair>, Error> {
    let Credentials { login, password, device } = body.0;
    match token::log_in(accounts, login, Password::typed(&password), device, &source.0).await? {
        Outcome::Issued(pair) => Ok(Json((*pair).into())),
        Outcome::Wrong => Err(Error::wrong_login()),
        Outcome::Throttled(wait) => Err(Error::throttled(wait)),
        Outcome::Busy(full) => Err(Error::busy(full)),
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
#[utoipa::path(post, path = "/api/v1/tokens/refresh", tag = "Tokens",
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
    match token::refresh(accounts, &source.0, &body.0.refresh_token).await? {
        Refreshed::Issued(pair) => Ok(Json((*pair).into())),
        Refreshed::Unknown | Refreshed::Spent => {
            Err(Error::new(rocket::http::Status::Unauthorized, "This refresh token is not valid. Log in again."))
        }
        Refreshed::Throttled(wait) => Err(Error::too_many_changes(wait)),
    }
}

/// Log out: end this login, with its access and refresh tokens.
#[utoipa::path(delete, path = "/api/v1/tokens/current", tag = "Tokens", security(("bearer" = [])),
    responses((status = 204, description = "Logged out")))]
#[delete("/api/v1/tokens/current")]
pub async fn destroy(bearer: Uncounted<Bearer<'_>>, accounts: &State<Accounts>) -> Result<NoContent, Error> {
    let Uncounted(bearer) = bearer;
    let session = &bearer.identity.session;
    session::end_own(accounts, &bearer.source, &session.user_id, &session.id).await?;
    Ok(NoContent)
}

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
    /// The JWK of a key; none for one that this version does not know.
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

/// The keys, which others may keep for a minute.
#[derive(Responder)]
pub struct PublicKeys {
    keys: Json<JwkSet>,
    cache: Header<'static>,
}

/// The public keys of access tokens.
#[utoipa::path(get, path = "/.well-known/jwks.json", tag = "Tokens",
    responses((status = 200, description = "The keys", body = JwkSet)))]
#[get("/.well-known/jwks.json")]
pub async fn keys(accounts: &State<Accounts>) -> Result<PublicKeys, Error> {
    let lifetime = accounts.lifetimes.longest_access_token();
    let keys = signing_key::list(accounts).await?;
    let keys = keys.into_iter().filter(|key| key.verifies(lifetime)).filter_map(Jwk::of).collect();
    Ok(PublicKeys { keys: Json(JwkSet { keys }), cache: Header::new("Cache-Control", "public, max-age=60") })
}

/// The routes of this feature.
pub fn routes() -> Vec<Route> {
    routes![create, refresh, destroy, keys]
}
