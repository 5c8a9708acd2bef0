//! Finding accounts: alone, or with their roles in the same query.

use diesel::dsl::{AsSelect, Nullable};
use diesel::prelude::*;

use super::{Account, Error, User, Which};
use crate::accounts::names::{EmailAddress, Username, canonical};
use crate::db::{self, DbConnection, schema::user_roles, schema::users};

type Backend = <DbConnection as diesel::Connection>::Backend;

/// What an account is found by.
enum Key {
    Id(String),
    Username(String),
    /// The canonical address, or a former name that looks like one.
    Email(String),
    /// What someone logged in by before they were imported, and what is no username.
    FormerName(String),
}

impl Key {
    /// What someone typed: a username or an email address, in any spelling, or what they were called before.
    fn typed(text: &str) -> Key {
        let name = canonical(text);
        if Username::parse(&name).is_ok() {
            return Key::Username(name);
        }
        match EmailAddress::parse(text) {
            Ok(address) => Key::Email(address.canonical().to_owned()),
            Err(_) => Key::FormerName(name),
        }
    }
}

/// The account that someone means by what they typed into a login form.
pub(crate) fn find_by_login(connection: &mut DbConnection, typed: &str) -> db::Result<Option<User>> {
    user(connection, &Key::typed(typed))
}

/// The account of this id.
pub(in crate::accounts) fn find(connection: &mut DbConnection, id: &str) -> db::Result<Option<User>> {
    user(connection, &Key::Id(id.to_owned()))
}

/// The account that is meant.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub(in crate::accounts) fn get(connection: &mut DbConnection, which: &Which) -> Result<User, Error> {
    meant(which, |key| user(connection, key))
}

/// The account that is meant, with its roles.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub(in crate::accounts) fn get_account(connection: &mut DbConnection, which: &Which) -> Result<Account, Error> {
    meant(which, |key| account(connection, key))
}

fn meant<T>(which: &Which, mut find: impl FnMut(&Key) -> db::Result<Option<T>>) -> Result<T, Error> {
    let found = match which {
        Which::Id(id) => find(&Key::Id(id.clone()))?,
        Which::Named(text) => match find(&Key::typed(text))? {
            Some(found) => Some(found),
            None => find(&Key::Id(text.trim().to_owned()))?,
        },
    };
    let (Which::Id(name) | Which::Named(name)) = which;
    found.ok_or_else(|| Error::NotFound(name.clone()))
}

fn user(connection: &mut DbConnection, key: &Key) -> db::Result<Option<User>> {
    let all = users::table.select(User::as_select());
    let found = match key {
        Key::Id(id) => all.filter(users::id.eq(id)).get_result(connection),
        Key::Username(name) => all.filter(users::username.eq(name)).get_result(connection),
        Key::Email(address) => all.filter(has_address(address)).get_result(connection),
        Key::FormerName(name) => all.filter(has_name(name)).get_result(connection),
    };
    Ok(found.optional()?)
}

/// Who is mailed at an address, or logged in by it before they were imported. Nobody has one as a former name that is
/// another one's address (`taken::refuse_taken`, and the check of an import).
#[diesel::dsl::auto_type]
fn has_address<'a>(address: &'a str) -> _ {
    users::email_canonical.eq(address).or(users::former_name.eq(address))
}

/// Who was called so before they were imported, or has a username of the first versions, which let in more than
/// `Username` does now.
#[diesel::dsl::auto_type]
fn has_name<'a>(name: &'a str) -> _ {
    users::former_name.eq(name).or(users::username.nullable().eq(name))
}

/// The spelling that an account had before it was imported, where it is no username.
pub(super) fn former_name(connection: &mut DbConnection, id: &str) -> db::Result<Option<String>> {
    let name = users::table.filter(users::id.eq(id)).select(users::former_name).get_result(connection);
    Ok(name.optional()?.flatten())
}

fn account(connection: &mut DbConnection, key: &Key) -> db::Result<Option<Account>> {
    let found: Vec<(User, Option<String>)> = match key {
        Key::Id(id) => with_roles().filter(users::id.eq(id)).load(connection),
        Key::Username(name) => with_roles().filter(users::username.eq(name)).load(connection),
        Key::Email(address) => with_roles().filter(has_address(address)).load(connection),
        Key::FormerName(name) => with_roles().filter(has_name(name)).load(connection),
    }?;
    let mut rows = found.into_iter();
    let Some((user, first)) = rows.next() else { return Ok(None) };
    let roles = first.into_iter().chain(rows.filter_map(|(_, role)| role)).collect();
    Ok(Some(Account { user, roles }))
}

/// A row for each role, and one for whoever has none.
#[diesel::dsl::auto_type]
fn with_roles() -> _ {
    let user: AsSelect<User, Backend> = User::as_select();
    let role: Nullable<user_roles::role> = user_roles::role.nullable();
    users::table.left_join(user_roles::table).order(user_roles::role).select((user, role))
}

/// A stored password hash, and whose it is.
#[derive(Debug, Queryable)]
pub(in crate::accounts) struct StoredHash {
    pub id: String,
    pub username: String,
    pub hash: Option<String>,
}

/// The next stored hashes that don't look like the usual ones (a pattern for LIKE), after the account of this id, in the
/// order of ids, limited in number.
pub(in crate::accounts) fn stored_hashes(
    connection: &mut DbConnection,
    usual: &str,
    after: &str,
    most: usize,
) -> db::Result<Vec<StoredHash>> {
    Ok(users::table
        .filter(users::password_hash.is_not_null())
        .filter(users::password_hash.not_like(usual))
        .filter(users::id.gt(after))
        .order(users::id)
        .limit(most as i64)
        .select((users::id, users::username, users::password_hash))
        .load(connection)?)
}
