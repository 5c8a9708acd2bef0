//! How many accounts there are.

use diesel::prelude::*;

use crate::accounts::Accounts;
use crate::db::{self, Db, schema::users};

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
