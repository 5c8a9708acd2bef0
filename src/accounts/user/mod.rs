//! User accounts: reading them. What changes one is in `change.rs` and `standing.rs`.

mod administration;
mod change;
pub mod data;
pub mod email_change;
mod error;
pub mod role;
mod search;
mod standing;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use self::role::RoleName;
use super::Accounts;
use super::names::{EmailAddress, canonical};
use super::password::can_verify;
use crate::db::{self, Db, DbConnection, schema::users};

pub use administration::{Changed, add, add_role, check_free, delete, edit, remove_role, set_password, show};
pub use change::{Edit, NewUser};
pub(super) use change::{create, refuse_taken, replace_outdated_hash, replace_password};
pub use error::Error;
pub use search::{Found, Search, search};

/// An account.
#[derive(Debug, Clone, Queryable, Selectable)]
pub struct User {
    /// A UUID of version 7, never used again.
    pub id: String,
    /// The name to log in by, canonical.
    pub username: String,
    /// The name to be greeted by.
    pub display_name: String,
    /// Where mail goes, as it was given.
    pub email: Option<String>,
    /// The stored hash; none: no login by password.
    pub(super) password_hash: Option<String>,
    /// When the password was chosen, in UTC.
    pub password_set_at: Option<NaiveDateTime>,
    /// Since when the account may not log in, in UTC.
    pub disabled_at: Option<NaiveDateTime>,
    /// When the account was made, in UTC.
    pub created_at: NaiveDateTime,
}

impl User {
    /// Whether there is a password to log in by.
    pub fn has_password(&self) -> bool {
        self.password_hash.is_some()
    }

    /// Whether there is one that can be verified, so that it gets someone in.
    pub fn has_usable_password(&self) -> bool {
        self.password_hash.as_deref().is_some_and(can_verify)
    }
}

/// An account and its roles.
#[derive(Debug, Clone)]
pub struct Account {
    /// The account.
    pub user: User,
    /// The names of its roles, in the order of the alphabet.
    pub roles: Vec<String>,
}

impl Account {
    fn of(connection: &mut DbConnection, user: User) -> db::Result<Account> {
        let roles = role::of(connection, &user.id)?;
        Ok(Account { user, roles })
    }

    /// Whether it has this role.
    pub fn has(&self, role: &RoleName) -> bool {
        self.roles.iter().any(|held| held == role.as_str())
    }
}

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
pub(super) fn find(connection: &mut DbConnection, id: &str) -> db::Result<Option<User>> {
    Ok(users::table.filter(users::id.eq(id)).select(User::as_select()).first(connection).optional()?)
}

/// Which account is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Which {
    /// The one of this id.
    Id(String),
    /// The one that an operator means: by username, e-mail address or id.
    Named(String),
}

/// The account that is meant.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub(super) fn get(connection: &mut DbConnection, which: &Which) -> Result<User, Error> {
    let found = match which {
        Which::Id(id) => find(connection, id)?,
        Which::Named(text) => match find_by_login(connection, text)? {
            Some(user) => Some(user),
            None => find(connection, text.trim())?,
        },
    };
    found.ok_or(Error::NotFound)
}

/// All accounts, by username; those with a role, when one is given.
///
/// # Errors
/// When the database does not answer.
pub async fn list(accounts: &Accounts, role: Option<RoleName>) -> db::Result<Vec<Account>> {
    let list = move |connection: &mut DbConnection| {
        let all: Vec<User> = users::table.order(users::username).select(User::as_select()).load(connection)?;
        let mut listed = Vec::with_capacity(all.len());
        for user in all {
            let account = Account::of(connection, user)?;
            if role.as_ref().is_none_or(|role| account.has(role)) {
                listed.push(account);
            }
        }
        Ok(listed)
    };
    accounts.read(list).await
}

/// A stored password hash, and whose it is.
#[derive(Debug, Queryable)]
pub(super) struct StoredHash {
    pub id: String,
    pub username: String,
    pub hash: Option<String>,
}

/// The next stored hashes after the account of this id, in the order of ids: so many at most.
pub(super) fn stored_hashes(connection: &mut DbConnection, after: &str, most: usize) -> db::Result<Vec<StoredHash>> {
    Ok(users::table
        .filter(users::password_hash.is_not_null())
        .filter(users::id.gt(after))
        .order(users::id)
        .limit(most as i64)
        .select((users::id, users::username, users::password_hash))
        .load(connection)?)
}

/// How many accounts there are.
///
/// # Errors
/// When the database does not answer.
pub async fn count(accounts: &Accounts) -> db::Result<i64> {
    accounts.db.on_blocking_thread(count_in).await
}

/// [`count`], for whoever has a database and no key yet.
///
/// # Errors
/// As [`count`].
pub fn count_in(db: &Db) -> db::Result<i64> {
    db.read(|connection| Ok(users::table.count().get_result(connection)?))
}
