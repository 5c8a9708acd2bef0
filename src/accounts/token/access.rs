//! Access tokens: JWTs after RFC 9068 (`at+jwt`), each signed with the one algorithm that its key has.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, NaiveDateTime, Utc};
use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::{Algorithm, Header, Validation, decode, decode_header};
use serde::Serialize;

use super::claims::{Claims, Read};
use super::{Error, signing_key};
use crate::accounts::Accounts;
use crate::accounts::credential::Unrecognised;
use crate::accounts::session::{self, Identity};
use crate::accounts::work::Work;
use crate::config::TokenAlgorithm;
use crate::db::{self, Db, DbConnection};

const TYPE: &str = "at+jwt";

/// By how many seconds clocks may differ.
const LEEWAY: u64 = 5;

/// Makes a token for a session.
pub(super) fn issue(
    work: &mut Work<'_>,
    accounts: &Accounts,
    identity: &Identity,
    lifetime: chrono::Duration,
) -> Result<String, Error> {
    let (kid, key) = signing_key::current(work, accounts)?;
    let claims = Claims::of(identity, &accounts.tokens, lifetime);
    let message = format!("{}.{}", part(&header(key.algorithm(), kid))?, part(&claims)?);
    let signature = key.sign(message.as_bytes()).map_err(|_| Error::Key("it does not sign".to_owned()))?;
    Ok(format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature)))
}

/// A part of a token (RFC 7515, 7.1).
fn part(content: &impl Serialize) -> Result<String, Error> {
    let json = serde_json::to_vec(content).map_err(|error| Error::Key(error.to_string()))?;
    Ok(URL_SAFE_NO_PAD.encode(json))
}

/// The header of our tokens, with nothing more in it.
fn header(algorithm: TokenAlgorithm, kid: String) -> Header {
    let mut header = Header::new(known_as(algorithm));
    header.typ = Some(TYPE.to_owned());
    header.kid = Some(kid);
    header
}

fn known_as(algorithm: TokenAlgorithm) -> Algorithm {
    match algorithm {
        TokenAlgorithm::Es256 => Algorithm::ES256,
        TokenAlgorithm::Rs256 => Algorithm::RS256,
        TokenAlgorithm::EdDsa => Algorithm::EdDSA,
    }
}

/// What a token proves on its own: it is one of ours, and this is what it is for.
pub(in crate::accounts) struct Verified {
    user_id: String,
    session_id: String,
    signing_key: String,
    /// Until when it is valid.
    pub until: NaiveDateTime,
}

impl Verified {
    /// Whose it says it is.
    pub fn into_user_id(self) -> String {
        self.user_id
    }
}

/// What every access token of ours is like.
pub(in crate::accounts) struct Ours {
    issuer: String,
    /// For how long one may be valid at most.
    lifetime: chrono::Duration,
}

impl Ours {
    pub fn new(accounts: &Accounts) -> Ours {
        Ours { issuer: accounts.tokens.issuer.clone(), lifetime: accounts.lifetimes.longest_access_token() }
    }
}

/// Verifies a token, without holding a connection while it looks at the signature; else says what is off about it.
///
/// # Errors
/// When the database does not answer.
pub(in crate::accounts) fn verify(db: &Db, ours: &Ours, token: &str) -> Result<Result<Verified, Unrecognised>, Error> {
    let foreign = Ok(Err(Unrecognised::Foreign));
    let Ok(sent) = decode_header(token) else { return foreign };
    // PostgreSQL refuses to look for a text with a NUL.
    let Some(kid) = sent.kid.clone().filter(|kid| !kid.contains('\0')) else { return foreign };
    let key = db.read(|connection| signing_key::verifying(connection, &kid, ours.lifetime))?;
    let Some(key) = key else { return foreign };
    // The algorithm is the key's, whatever the token says. What a header of ours never has (`crit`, `b64`, `jwk` …) may
    // change what the token means: whoever ignores it reads another token than its issuer wrote (RFC 7515, 4.1.11).
    if sent != header(key.algorithm, kid.clone()) {
        return foreign;
    }
    // The signature is looked at first: what has expired was ours.
    let claims = match decode::<Read>(token, &key.key, &validation(key.algorithm, &ours.issuer)) {
        Ok(token) => token.claims,
        Err(error) if *error.kind() == ErrorKind::ExpiredSignature => return Ok(Err(Unrecognised::Over)),
        Err(_) => return foreign,
    };
    let begun = claims.iat <= db::now().and_utc().timestamp() + LEEWAY as i64;
    if !begun || !claims.names_its_client(key.is_a_first_key) {
        return foreign;
    }
    let until =
        DateTime::from_timestamp(claims.exp.saturating_add(LEEWAY as i64), 0).unwrap_or(DateTime::<Utc>::MAX_UTC);
    let (user_id, session_id) = (claims.sub, claims.sid);
    Ok(Ok(Verified { user_id, session_id, signing_key: kid, until: until.naive_utc() }))
}

/// Who a verified token belongs to; none when its session has ended.
pub(in crate::accounts) fn owner(connection: &mut DbConnection, token: &Verified) -> db::Result<Option<Identity>> {
    let identity = session::find_by_id(connection, &token.session_id)?;
    let identity = identity.filter(|identity| identity.user.id == token.user_id);
    Ok(identity.map(|identity| Identity { signing_key: Some(token.signing_key.clone()), ..identity }))
}

fn validation(algorithm: TokenAlgorithm, issuer: &str) -> Validation {
    let mut validation = Validation::new(known_as(algorithm));
    validation.leeway = LEEWAY;
    validation.validate_nbf = true;
    validation.set_required_spec_claims(&["iss", "aud", "sub", "exp"]);
    validation.set_issuer(&[issuer]);
    validation.set_audience(&[issuer]);
    validation
}
