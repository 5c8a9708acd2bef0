//! The keys that access tokens are signed with: in the database, encrypted with the secret key, so that every
//! node signs with the same one and a copy of the database signs nothing.

use aws_lc_rs::aead::{AES_256_GCM, Aad, NONCE_LEN, Nonce, RandomizedNonceKey};
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use chrono::{Duration, NaiveDateTime};
use diesel::prelude::*;
use jsonwebtoken::{DecodingKey, EncodingKey};

use super::Error;
use crate::accounts::Accounts;
use crate::accounts::audit::{self, Event, Source};
use crate::accounts::work::Work;
use crate::config::SecretKey;
use crate::db::{self, DbConnection, schema::signing_keys};

/// A key, without its secret half.
#[derive(Debug, Clone, Queryable, Selectable)]
pub struct SigningKey {
    /// The `kid` of the tokens that it signs.
    pub id: String,
    /// The `x` of its JWK.
    pub public_key: String,
    /// When it was made, in UTC.
    pub created_at: NaiveDateTime,
    /// Since when it signs no more.
    pub rotated_at: Option<NaiveDateTime>,
    /// Since when nothing that it signed is valid.
    pub retired_at: Option<NaiveDateTime>,
}

impl SigningKey {
    /// Whether a token that it signed can still be valid, when tokens live this long.
    pub fn verifies(&self, lifetime: Duration) -> bool {
        let until = self.rotated_at.map(|at| at + lifetime + Duration::seconds(5));
        self.retired_at.is_none() && until.is_none_or(|until| db::now() < until)
    }
}

/// All keys, the newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn list(accounts: &Accounts) -> db::Result<Vec<SigningKey>> {
    let keys = signing_keys::table.order(signing_keys::id.desc()).select(SigningKey::as_select());
    accounts.read(move |connection| Ok(keys.load(connection)?)).await
}

/// The key that signs, made when there is none, or none that this secret key opens.
pub(super) fn current(work: &mut Work<'_>, secret: &SecretKey) -> Result<(String, EncodingKey), Error> {
    let newest: Option<(String, String)> = signing_keys::table
        .filter(signing_keys::rotated_at.is_null())
        .filter(signing_keys::retired_at.is_null())
        .order(signing_keys::id.desc())
        .select((signing_keys::id, signing_keys::private_key))
        .first(work.connection())
        .optional()
        .map_err(db::Error::from)?;
    if let Some((id, sealed)) = newest {
        if let Some(pkcs8) = open(secret, &id, &sealed) {
            return Ok((id, EncodingKey::from_ed_der(&pkcs8)));
        }
        // The secret key was replaced, perhaps because it leaked: then this key leaked with it.
        work.as_system(|work| end(work, &id))?;
        return current(work, secret);
    }
    make(work, secret)
}

/// Makes sure that there is a key, so that the public ones can be fetched before the first token is issued.
///
/// # Errors
/// When the database can't be written, or the key can't be made.
pub async fn ensure(accounts: &Accounts) -> Result<(), Error> {
    let secret = accounts.key.clone();
    accounts.write_for_anyone(&Source::system(), move |work| current(work, &secret).map(|_| ())).await
}

/// What verifies a token with this `kid`; none for a key that is unknown, retired, or rotated out for long.
pub(super) fn verifying(
    connection: &mut DbConnection,
    id: &str,
    lifetime: Duration,
) -> Result<Option<DecodingKey>, Error> {
    let key: Option<SigningKey> = signing_keys::table
        .filter(signing_keys::id.eq(id))
        .select(SigningKey::as_select())
        .get_result(connection)
        .optional()
        .map_err(db::Error::from)?;
    let Some(key) = key.filter(|key| key.verifies(lifetime)) else { return Ok(None) };
    DecodingKey::from_ed_components(&key.public_key).map(Some).map_err(|error| Error::Key(error.to_string()))
}

/// Makes a new key sign from now on. What the old ones signed stays valid until it expires.
///
/// # Errors
/// When the database can't be written, or the key can't be made.
pub async fn rotate(accounts: &Accounts, source: &Source) -> Result<String, Error> {
    let secret = accounts.key.clone();
    let rotate = move |work: &mut Work<'_>| {
        diesel::update(signing_keys::table)
            .filter(signing_keys::rotated_at.is_null())
            .set(signing_keys::rotated_at.eq(db::now()))
            .execute(work.connection())
            .map_err(db::Error::from)?;
        let (id, _) = make(work, &secret)?;
        audit::record(work, Event::KeyRotated, None, Some(&id))?;
        Ok(id)
    };
    accounts.write(source, rotate).await
}

/// Makes all that a key signed invalid at once. False when there is no such key, or it was so already.
///
/// # Errors
/// When the database can't be written.
pub async fn retire(accounts: &Accounts, source: &Source, id: String) -> Result<bool, Error> {
    accounts.write(source, move |work| Ok(end(work, &id)?)).await
}

/// [`retire`], inside a transaction.
fn end(work: &mut Work<'_>, id: &str) -> db::Result<bool> {
    let retired = diesel::update(signing_keys::table)
        .filter(signing_keys::id.eq(id))
        .filter(signing_keys::retired_at.is_null())
        .set(signing_keys::retired_at.eq(db::now()))
        .execute(work.connection())?;
    if retired > 0 {
        audit::record(work, Event::KeyRetired, None, Some(id))?;
    }
    Ok(retired > 0)
}

fn make(work: &mut Work<'_>, secret: &SecretKey) -> Result<(String, EncodingKey), Error> {
    let unusable = |_| Error::Key("the cryptographic library failed".into());
    let pair = Ed25519KeyPair::generate().map_err(unusable)?;
    let pkcs8 = pair.to_pkcs8v1().map_err(unusable)?;
    let id = db::new_id();
    let sealed = seal(secret, &id, pkcs8.as_ref()).map_err(unusable)?;
    diesel::insert_into(signing_keys::table)
        .values((
            signing_keys::id.eq(&id),
            signing_keys::private_key.eq(sealed),
            signing_keys::public_key.eq(URL_SAFE_NO_PAD.encode(pair.public_key().as_ref())),
            signing_keys::created_at.eq(db::now()),
        ))
        .execute(work.connection())
        .map_err(db::Error::from)?;
    Ok((id, EncodingKey::from_ed_der(pkcs8.as_ref())))
}

/// Encrypts a key. The id is bound to it, so that rows can't be exchanged.
fn seal(secret: &SecretKey, id: &str, pkcs8: &[u8]) -> Result<String, aws_lc_rs::error::Unspecified> {
    let mut sealed = pkcs8.to_vec();
    let nonce = cipher(secret)?.seal_in_place_append_tag(Aad::from(id), &mut sealed)?;
    sealed.splice(0..0, *nonce.as_ref());
    Ok(STANDARD.encode(sealed))
}

fn open(secret: &SecretKey, id: &str, sealed: &str) -> Option<Vec<u8>> {
    let mut bytes = STANDARD.decode(sealed).ok()?;
    let nonce: [u8; NONCE_LEN] = bytes.get(..NONCE_LEN)?.try_into().ok()?;
    let nonce = Nonce::assume_unique_for_key(nonce);
    let opened = cipher(secret).ok()?.open_in_place(nonce, Aad::from(id), &mut bytes[NONCE_LEN..]).ok()?;
    Some(opened.to_vec())
}

fn cipher(secret: &SecretKey) -> Result<RandomizedNonceKey, aws_lc_rs::error::Unspecified> {
    RandomizedNonceKey::new(&AES_256_GCM, &secret.mac("signing keys", ""))
}
