//! Access tokens: JWTs of one kind, signed with Ed25519 (RFC 8037), typed `at+jwt` (RFC 9068).

use chrono::{DateTime, NaiveDateTime, Utc};
use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::{Algorithm, Header, Validation, decode, decode_header, encode};
use serde::{Deserialize, Serialize};

use super::{Error, signing_key};
use crate::accounts::Accounts;
use crate::accounts::credential::Unrecognised;
use crate::accounts::session::{self, Identity, Session};
use crate::accounts::work::Work;
use crate::db::{self, Db, DbConnection};

const TYPE: &str = "at+jwt";

/// By how many seconds clocks may differ.
const LEEWAY: u64 = 5;

/// What a token says. Every claim is required.
#[derive(Debug, Serialize, Deserialize)]
struct Claims {
    iss: String,
    aud: String,
    /// The user's id.
    sub: String,
    /// The session's id.
    sid: String,
    jti: String,
    iat: i64,
    exp: i64,
}

/// Makes a token for a session.
pub(super) fn issue(
    work: &mut Work<'_>,
    accounts: &Accounts,
    session: &Session,
    lifetime: chrono::Duration,
) -> Result<String, Error> {
    let (kid, key) = signing_key::current(work, &accounts.key)?;
    let now = db::now().and_utc().timestamp();
    let claims = Claims {
        iss: accounts.issuer.clone(),
        aud: accounts.issuer.clone(),
        sub: session.user_id.clone(),
        sid: session.id.clone(),
        jti: db::new_id(),
        iat: now,
        exp: now + lifetime.num_seconds(),
    };
    encode(&header(kid), &claims, &key).map_err(|error| Error::Key(error.to_string()))
}

/// The header of our tokens, with nothing more in it.
fn header(kid: String) -> Header {
    let mut header = Header::new(Algorithm::EdDSA);
    header.typ = Some(TYPE.to_owned());
    header.kid = Some(kid);
    header
}

/// What a token proves on its own: it is one of ours, and this is what it is for.
pub(in crate::accounts) struct Verified {
    user_id: String,
    session_id: String,
    /// Until when it is valid.
    pub until: NaiveDateTime,
}

impl Verified {
    /// Whose it says it is.
    pub fn into_user_id(self) -> String {
        self.user_id
    }
}

/// Verifies a token, without holding a connection while it looks at the signature; else says what is off about it.
///
/// # Errors
/// When the database does not answer.
pub(in crate::accounts) fn verify(
    db: &Db,
    accounts: &Accounts,
    token: &str,
) -> Result<Result<Verified, Unrecognised>, Error> {
    let foreign = Ok(Err(Unrecognised::Foreign));
    let Ok(sent) = decode_header(token) else { return foreign };
    let Some(kid) = sent.kid.clone() else { return foreign };
    // What a header of ours never has (`crit`, `b64`, `jwk` …) may change what the token means. Whoever ignores it
    // reads another token than its issuer wrote (RFC 7515, 4.1.11).
    if sent != header(kid.clone()) {
        return foreign;
    }
    let lifetime = accounts.lifetimes.longest_access_token();
    let key = db.read(|connection| signing_key::verifying(connection, &kid, lifetime))?;
    let Some(key) = key else { return foreign };
    // The signature is looked at first: what has expired was ours.
    let claims = match decode::<Claims>(token, &key, &validation(&accounts.issuer)) {
        Ok(token) => token.claims,
        Err(error) if *error.kind() == ErrorKind::ExpiredSignature => return Ok(Err(Unrecognised::Over)),
        Err(_) => return foreign,
    };
    if claims.iat > db::now().and_utc().timestamp() + LEEWAY as i64 {
        return foreign;
    }
    let until =
        DateTime::from_timestamp(claims.exp.saturating_add(LEEWAY as i64), 0).unwrap_or(DateTime::<Utc>::MAX_UTC);
    Ok(Ok(Verified { user_id: claims.sub, session_id: claims.sid, until: until.naive_utc() }))
}

/// Who a verified token belongs to; none when its session has ended.
pub(in crate::accounts) fn owner(connection: &mut DbConnection, token: &Verified) -> db::Result<Option<Identity>> {
    let identity = session::find_by_id(connection, &token.session_id)?;
    Ok(identity.filter(|identity| identity.user.id == token.user_id))
}

fn validation(issuer: &str) -> Validation {
    let mut validation = Validation::new(Algorithm::EdDSA);
    validation.leeway = LEEWAY;
    validation.validate_nbf = true;
    validation.set_required_spec_claims(&["iss", "aud", "sub", "exp"]);
    validation.set_issuer(&[issuer]);
    validation.set_audience(&[issuer]);
    validation
}
