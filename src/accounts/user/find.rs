//! Finding accounts.

use diesel::prelude::*;

use super::{Error, User, Which};
use crate::accounts::names::{EmailAddress, canonical};
use crate::db::{self, DbConnection, schema::users};

/// The account that someone means by what they typed into a login form: a username or an e-mail address, in
/// any spelling.
pub(crate) fn find_by_login(connection: &mut DbConnection, typed: &str) -> db::Result<Option<User>> {
    let name = canonical(typed);
    if !name.contains('@') {
        return Ok(users::table
            .filter(users::username.eq(name))
            .select(User::as_select())
            .first(connection)
            .optional()?);
    }
    let Ok(address) = EmailAddress::parse(typed) else { return Ok(None) };
    Ok(users::table
        .filter(users::email_canonical.eq(address.canonical()))
        .select(User::as_select())
        .first(connection)
        .optional()?)
}

/// The account of this id.
pub(in crate::accounts) fn find(connection: &mut DbConnection, id: &str) -> db::Result<Option<User>> {
    Ok(users::table.filter(users::id.eq(id)).select(User::as_select()).first(connection).optional()?)
}

/// The account that is meant.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub(in crate::accounts) fn get(connection: &mut DbConnection, which: &Which) -> Result<User, Error> {
    let found = match which {
        Which::Id(id) => find(connection, id)?,
        Which::Named(text) => match find_by_login(connection, text)? {
            Some(user) => Some(user),
            None => find(connection, text.trim())?,
        },
    };
    found.ok_or(Error::NotFound)
}

/// A stored password hash, and whose it is.
#[derive(Debug, Queryable)]
pub(in crate::accounts) struct StoredHash {
    pub id: String,
    pub username: String,
    pub hash: Option<String>,
}

/// The next stored hashes after the account of this id, in the order of ids: so many at most.
pub(in crate::accounts) fn stored_hashes(
    connection: &mut DbConnection,
    after: &str,
    most: usize,
) -> db::Result<Vec<StoredHash>> {
    Ok(users::table
        .filter(users::password_hash.is_not_null())
        .filter(users::id.gt(after))
        .order(users::id)
        .limit(most as i64)
        .select((users::id, users::username, users::password_hash))
        .load(connection)?)
}
