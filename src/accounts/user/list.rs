//! All accounts, and how many there are.

use diesel::prelude::*;

use super::role::{self, RoleName};
use super::{Account, User};
use crate::accounts::Accounts;
use crate::db::{self, Db, DbConnection, schema::user_roles, schema::users};

/// All accounts, by username; those with a role, when one is given.
///
/// # Errors
/// When the database does not answer.
pub async fn list(accounts: &Accounts, role: Option<RoleName>) -> db::Result<Vec<Account>> {
    let list = move |connection: &mut DbConnection| {
        let mut query = users::table.order(users::username).select(User::as_select()).into_boxed();
        if let Some(role) = role {
            let holders = user_roles::table.filter(user_roles::role.eq(role.as_str().to_owned()));
            query = query.filter(users::id.eq_any(holders.select(user_roles::user_id)));
        }
        let users = query.load(connection)?;
        role::with_roles(connection, users)
    };
    accounts.read(list).await
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
