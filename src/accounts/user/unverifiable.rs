//! Accounts with a password hash that can't be verified: damaged, of an unknown kind, or absurdly dear.

use diesel::prelude::*;

use super::User;
use crate::accounts::{Accounts, password};
use crate::db::{self, DbConnection, schema::users};

/// How many rows are in memory at once.
const PAGE: i64 = 1000;

impl User {
    /// Whether there is a password to log in by that can be verified.
    pub fn has_verifiable_password(&self) -> bool {
        self.password_hash.as_deref().is_some_and(password::can_verify)
    }
}

/// How many accounts have a password that can't be verified, so that nobody can log in with it.
///
/// # Errors
/// When the database does not answer.
pub async fn count_unverifiable(accounts: &Accounts) -> db::Result<usize> {
    accounts.read(count).await
}

fn count(connection: &mut DbConnection) -> db::Result<usize> {
    let (mut count, mut after) = (0, String::new());
    loop {
        let page: Vec<(String, Option<String>)> = users::table
            .filter(users::password_hash.is_not_null())
            .filter(users::id.gt(&after))
            .order(users::id)
            .limit(PAGE)
            .select((users::id, users::password_hash))
            .load(connection)?;
        let Some((last, _)) = page.last() else { return Ok(count) };
        after.clone_from(last);
        let hashes = page.iter().filter_map(|(_, hash)| hash.as_deref());
        count += hashes.filter(|hash| !password::can_verify(hash)).count();
    }
}
