//! All accounts with what an import reads, their password hashes included, for moving out.

use diesel::prelude::*;

use super::{User, role};
use crate::accounts::Accounts;
use crate::accounts::audit::{self, Event, Source};
use crate::accounts::work::Work;
use crate::db::{self, DbConnection, schema::user_data, schema::users};

/// How many accounts are read at a time.
const PAGE: i64 = 1000;

/// An account as another program may read it.
#[derive(Debug)]
pub struct Exported {
    /// The account.
    pub user: User,
    /// The names of its roles, in the order of the alphabet.
    pub roles: Vec<String>,
    /// The stored hash; none: no login by password.
    pub password_hash: Option<String>,
    /// What they logged in by before they were imported, where it is no username.
    pub former_name: Option<String>,
    /// What an app keeps for them, as JSON text.
    pub data: Option<String>,
}

/// Notes in the audit that all accounts leave.
///
/// # Errors
/// When the database can't be written.
pub async fn begin(accounts: &Accounts, source: &Source) -> db::Result<()> {
    let note = |work: &mut Work<'_>| audit::record(work, Event::UsersExported, None, None);
    accounts.write_for_anyone(source, note).await
}

/// The next accounts after the one of this id, by their ids; none after the last.
///
/// # Errors
/// When the database does not answer.
pub async fn page(accounts: &Accounts, after: &str) -> db::Result<Vec<Exported>> {
    let after = after.to_owned();
    accounts.read(move |connection| read(connection, &after)).await
}

fn read(connection: &mut DbConnection, after: &str) -> db::Result<Vec<Exported>> {
    let rows: Vec<(User, Option<String>, Option<String>)> = users::table
        .left_join(user_data::table)
        .filter(users::id.gt(after))
        .order(users::id)
        .limit(PAGE)
        .select((User::as_select(), users::former_name, user_data::data.nullable()))
        .load(connection)?;
    let (mut users, mut others) = (Vec::new(), Vec::new());
    for (user, former_name, data) in rows {
        users.push(user);
        others.push((former_name, data));
    }
    let accounts = role::with_roles(connection, users)?.into_iter().zip(others);
    let export = accounts.map(|(account, (former_name, data))| {
        let password_hash = account.user.password_hash.clone();
        Exported { user: account.user, roles: account.roles, password_hash, former_name, data }
    });
    Ok(export.collect())
}
