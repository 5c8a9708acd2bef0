//! Which key signs, and its replacement by a new one.

use diesel::prelude::*;

use super::key_pair::KeyPair;
use super::{algorithm, end};
use crate::accounts::Accounts;
use crate::accounts::audit::{self, Event, Source};
use crate::accounts::sealed::{open, seal};
use crate::accounts::token::Error;
use crate::accounts::work::Work;
use crate::config::{SecretKey, TokenAlgorithm};
use crate::db::{self, DbConnection, schema::signing_keys};

/// What the keys in the database are encrypted for.
const PURPOSE: &str = "signing keys";

/// The key that signs, and its id. One is made when there is none, or none that this secret key opens.
pub(in crate::accounts::token) fn current(
    work: &mut Work<'_>,
    accounts: &Accounts,
) -> Result<(String, KeyPair), Error> {
    if let Some(newest) = newest_usable(work, &accounts.key)? {
        return Ok((newest.id, newest.pair));
    }
    let pair = KeyPair::generate(accounts.tokens.algorithm).map_err(unusable)?;
    Ok((add(work, &accounts.key, &pair)?, pair))
}

/// Makes sure that there is a key of the algorithm that is set, so that the public ones can be fetched before the first
/// token is issued. Keys of other algorithms no longer sign from then on.
///
/// # Errors
/// When the database can't be written, or the key can't be made.
pub async fn ensure(accounts: &Accounts) -> Result<(), Error> {
    let (wanted, secret) = (accounts.tokens.algorithm, accounts.key.clone());
    let is_there = move |connection: &mut DbConnection| -> db::Result<bool> {
        if !foreign(connection, &secret)?.is_empty() {
            return Ok(false);
        }
        Ok(newest(connection)?.is_some_and(|stored| stored.open(&secret).is_some_and(|key| key.is_as_set(wanted))))
    };
    if accounts.read(is_there).await? {
        return Ok(());
    }
    let (pair, secret) = (generate(wanted).await?, accounts.key.clone());
    let settle = move |work: &mut Work<'_>| -> Result<(), Error> {
        end_foreign(work, &secret)?;
        match newest_usable(work, &secret)? {
            // Another process was quicker.
            Some(newest) if newest.is_as_set(wanted) => {}
            Some(_) => _ = replace(work, &secret, &pair)?,
            None => _ = add(work, &secret, &pair)?,
        }
        Ok(())
    };
    accounts.write_for_anyone(&Source::system(), settle).await
}

/// Makes a new key sign from now on, with this algorithm. What the old ones signed stays valid until it expires.
/// Answers the id of the new one.
///
/// # Errors
/// When the database can't be written, or the key can't be made.
pub async fn rotate(accounts: &Accounts, source: &Source, algorithm: TokenAlgorithm) -> Result<String, Error> {
    let (pair, secret) = (generate(algorithm).await?, accounts.key.clone());
    let rotate = move |work: &mut Work<'_>| {
        end_foreign(work, &secret)?;
        replace(work, &secret, &pair)
    };
    accounts.write(source, rotate).await
}

/// A key that may sign, as it is stored.
#[derive(Queryable)]
struct Stored {
    id: String,
    private_key: String,
    algorithm: Option<String>,
}

/// The same, ready to sign.
struct Usable {
    id: String,
    pair: KeyPair,
    /// Whether it is from before keys had algorithms.
    is_a_first_key: bool,
}

impl Stored {
    fn open(self, secret: &SecretKey) -> Option<Usable> {
        let pkcs8 = open(secret, PURPOSE, &self.id, &self.private_key)?;
        let pair = KeyPair::from_pkcs8(algorithm(self.algorithm.as_deref())?, &pkcs8)?;
        Some(Usable { id: self.id, pair, is_a_first_key: self.algorithm.is_none() })
    }
}

impl Usable {
    /// Whether it signs as the settings say. A first key does not: tokens of such keys need not name their client.
    fn is_as_set(&self, wanted: TokenAlgorithm) -> bool {
        self.pair.algorithm() == wanted && !self.is_a_first_key
    }
}

fn newest(connection: &mut DbConnection) -> db::Result<Option<Stored>> {
    Ok(signing_keys::table
        .filter(signing_keys::rotated_at.is_null())
        .filter(signing_keys::retired_at.is_null())
        .order(signing_keys::id.desc())
        .select((signing_keys::id, signing_keys::private_key, signing_keys::algorithm))
        .first(connection)
        .optional()?)
}

/// The keys that still verify, and that this secret key does not open.
fn foreign(connection: &mut DbConnection, secret: &SecretKey) -> db::Result<Vec<String>> {
    let keys: Vec<Stored> = signing_keys::table
        .filter(signing_keys::retired_at.is_null())
        .select((signing_keys::id, signing_keys::private_key, signing_keys::algorithm))
        .load(connection)?;
    let ids = keys.into_iter().map(|key| (key.id.clone(), key.open(secret)));
    Ok(ids.filter(|(_, opened)| opened.is_none()).map(|(id, _)| id).collect())
}

/// Ends them: the secret key was replaced, perhaps because it leaked, and then they leaked with it.
fn end_foreign(work: &mut Work<'_>, secret: &SecretKey) -> db::Result<()> {
    for id in foreign(work.connection(), secret)? {
        work.as_system(|work| end(work, &id))?;
    }
    Ok(())
}

/// The newest key that this secret key opens. Newer ones end, as above.
fn newest_usable(work: &mut Work<'_>, secret: &SecretKey) -> db::Result<Option<Usable>> {
    while let Some(stored) = newest(work.connection())? {
        let id = stored.id.clone();
        if let Some(usable) = stored.open(secret) {
            return Ok(Some(usable));
        }
        work.as_system(|work| end(work, &id))?;
    }
    Ok(None)
}

/// Stores a pair, which signs in place of all others from now on.
fn replace(work: &mut Work<'_>, secret: &SecretKey, pair: &KeyPair) -> Result<String, Error> {
    diesel::update(signing_keys::table)
        .filter(signing_keys::rotated_at.is_null())
        .set(signing_keys::rotated_at.eq(db::now()))
        .execute(work.connection())
        .map_err(db::Error::from)?;
    let id = add(work, secret, pair)?;
    audit::record(work, Event::KeyRotated, None, Some(&id))?;
    Ok(id)
}

/// Stores a pair, and answers its id.
fn add(work: &mut Work<'_>, secret: &SecretKey, pair: &KeyPair) -> Result<String, Error> {
    let id = db::new_id();
    let sealed = seal(secret, PURPOSE, &id, &pair.to_pkcs8().map_err(unusable)?).map_err(unusable)?;
    diesel::insert_into(signing_keys::table)
        .values((
            signing_keys::id.eq(&id),
            signing_keys::private_key.eq(sealed),
            signing_keys::public_key.eq(pair.public_key().to_text()),
            signing_keys::created_at.eq(db::now()),
            signing_keys::algorithm.eq(pair.algorithm().as_str()),
        ))
        .execute(work.connection())
        .map_err(db::Error::from)?;
    Ok(id)
}

/// Makes a pair on a thread that may be busy for a while, as for RSA.
async fn generate(algorithm: TokenAlgorithm) -> Result<KeyPair, Error> {
    let made = tokio::task::spawn_blocking(move || KeyPair::generate(algorithm)).await;
    made.map_err(|_| Error::Key("it could not be made".into()))?.map_err(unusable)
}

fn unusable(_: aws_lc_rs::error::Unspecified) -> Error {
    Error::Key("the cryptographic library failed".into())
}
