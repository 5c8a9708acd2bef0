//! Whether the secret key is the one that the database has been used with. All nodes have to share it: with another one
//! nobody's cookie could be read, and tokens could not be signed.

use diesel::prelude::*;

use crate::config::SecretKey;
use crate::db::{self, Db, DbConnection, schema::key_checks};
use crate::notation::hex;

/// The version of the migration since which a database keeps something of its key.
pub const MIGRATION: &str = "20261128000600";

const NAME: &str = "secret_key";

/// Whether a database has been used with a key.
///
/// # Errors
/// When the database does not answer.
pub fn has_one(db: &Db) -> db::Result<bool> {
    Ok(db.read(kept)?.is_some())
}

/// Whether this key is the one that a database keeps something of.
///
/// # Errors
/// When the database does not answer.
pub fn is_kept(db: &Db, key: &SecretKey) -> db::Result<bool> {
    Ok(db.read(kept)?.is_some_and(|kept| is_of(key, &kept)))
}

/// Whether what a database keeps of its key is of this one.
pub fn is_of(key: &SecretKey, kept: &str) -> bool {
    kept == value(key)
}

/// Whether this key is the right one. The first one is, and whatever takes the place of the one before.
///
/// # Errors
/// When the database does not answer.
pub fn is_right(db: &Db, key: &SecretKey, takes_its_place: bool) -> db::Result<bool> {
    let value = value(key);
    match db.read(kept)? {
        Some(known) if known == value => return Ok(true),
        Some(_) if !takes_its_place => return Ok(false),
        _ => {}
    }
    db.write(db::deadline(), |connection| {
        // Another node may be the first at the same time.
        match kept(connection)? {
            Some(known) if known == value => Ok(true),
            Some(_) if !takes_its_place => Ok(false),
            Some(_) => {
                let row = key_checks::table.find(NAME);
                diesel::update(row).set(key_checks::value.eq(&value)).execute(connection)?;
                Ok(true)
            }
            None => {
                let row = (key_checks::name.eq(NAME), key_checks::value.eq(&value));
                diesel::insert_into(key_checks::table).values(row).execute(connection)?;
                Ok(true)
            }
        }
    })
}

fn value(key: &SecretKey) -> String {
    hex(&key.mac("key check", NAME))
}

fn kept(connection: &mut DbConnection) -> db::Result<Option<String>> {
    Ok(key_checks::table.find(NAME).select(key_checks::value).get_result(connection).optional()?)
}
