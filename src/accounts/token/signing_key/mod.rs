//! The keys that access tokens are signed with: in the database, encrypted with the secret key, so that every
//! node signs with the same one and a copy of the database signs nothing. A key has one algorithm.

mod key_pair;
mod public_key;
mod ring;

use chrono::{Duration, NaiveDateTime};
use diesel::prelude::*;
use jsonwebtoken::DecodingKey;

use super::Error;
use crate::accounts::Accounts;
use crate::accounts::audit::{self, Event, Source};
use crate::accounts::work::Work;
use crate::config::TokenAlgorithm;
use crate::db::{self, DbConnection, schema::signing_keys};

pub use public_key::PublicKey;
pub(super) use ring::current;
pub use ring::{ensure, rotate};

/// A key, without its secret half.
#[derive(Debug, Clone, Queryable, Selectable)]
pub struct SigningKey {
    /// The `kid` of the tokens that it signs.
    pub id: String,
    public_key: String,
    /// When it was made, in UTC.
    pub created_at: NaiveDateTime,
    /// Since when it no longer signs.
    pub rotated_at: Option<NaiveDateTime>,
    /// Since when nothing that it signed is valid.
    pub retired_at: Option<NaiveDateTime>,
    algorithm: Option<String>,
}

impl SigningKey {
    /// Whether a token that it signed can still be valid, when tokens live this long.
    pub fn verifies(&self, lifetime: Duration) -> bool {
        let until = self.rotated_at.map(|at| at + lifetime + Duration::seconds(5));
        self.retired_at.is_none() && until.is_none_or(|until| db::now() < until)
    }

    /// What it signs with, and nothing else; none when this version does not know it.
    pub fn algorithm(&self) -> Option<TokenAlgorithm> {
        algorithm(self.algorithm.as_deref())
    }

    /// Its public half.
    pub fn public_key(&self) -> Option<PublicKey> {
        PublicKey::read(self.algorithm()?, &self.public_key)
    }

    /// Whether it is from before keys had algorithms.
    fn is_a_first_key(&self) -> bool {
        self.algorithm.is_none()
    }
}

/// The algorithm that a stored text means.
fn algorithm(stored: Option<&str>) -> Option<TokenAlgorithm> {
    stored.map_or(Some(TokenAlgorithm::EdDsa), TokenAlgorithm::named)
}

/// All keys, the newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn list(accounts: &Accounts) -> db::Result<Vec<SigningKey>> {
    let keys = signing_keys::table.order(signing_keys::id.desc()).select(SigningKey::as_select());
    accounts.read(move |connection| Ok(keys.load(connection)?)).await
}

/// What verifies the tokens of one key.
pub(super) struct Verifying {
    pub algorithm: TokenAlgorithm,
    pub key: DecodingKey,
    /// Whether it is from before tokens named their client.
    pub is_a_first_key: bool,
}

/// What verifies a token with this `kid`; none for a key that is unknown, retired, or rotated out for long.
pub(super) fn verifying(
    connection: &mut DbConnection,
    id: &str,
    lifetime: Duration,
) -> Result<Option<Verifying>, Error> {
    let key: Option<SigningKey> = signing_keys::table
        .filter(signing_keys::id.eq(id))
        .select(SigningKey::as_select())
        .get_result(connection)
        .optional()
        .map_err(db::Error::from)?;
    let Some(found) = key.filter(|key| key.verifies(lifetime)) else { return Ok(None) };
    let (Some(algorithm), Some(public)) = (found.algorithm(), found.public_key()) else { return Ok(None) };
    let key = public.decoding_key().map_err(|error| Error::Key(error.to_string()))?;
    Ok(Some(Verifying { algorithm, key, is_a_first_key: found.is_a_first_key() }))
}

/// Makes all that a key signed invalid at once. False when there is no such key, or it was so already.
///
/// # Errors
/// When the database can't be written.
pub async fn retire(accounts: &Accounts, source: &Source, id: String) -> Result<bool, Error> {
    accounts.write(source, move |work| Ok(end(work, &id)?)).await
}

/// Makes all that any key signed invalid at once, inside a transaction. A new key is made at the next start, or with the
/// next token.
pub(in crate::accounts) fn end_all(work: &mut Work<'_>) -> db::Result<()> {
    let ids: Vec<String> = signing_keys::table
        .filter(signing_keys::retired_at.is_null())
        .select(signing_keys::id)
        .load(work.connection())?;
    ids.iter().try_for_each(|id| end(work, id).map(drop))
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
