//! The audit, read back by people about their own account.

use super::row::{self, Which};
use crate::accounts::Accounts;
use crate::db::{self, DbConnection};

pub use super::row::{By, Row};

/// What happened to an account, the latest first, from after the row of this id on.
///
/// # Errors
/// When the database does not answer.
pub async fn about(accounts: &Accounts, user_id: &str, after: Option<String>, limit: u32) -> db::Result<Vec<Row>> {
    let user_id = user_id.to_owned();
    accounts.read(move |connection| read_about(connection, &user_id, after, limit)).await
}

/// [`about`], for those who read more at the same time.
pub(crate) fn read_about(
    connection: &mut DbConnection,
    user_id: &str,
    after: Option<String>,
    limit: u32,
) -> db::Result<Vec<Row>> {
    let mut rows = row::load(connection, Which::Target { id: user_id.to_owned(), after, limit })?;
    // Where an admin works from is not told to everyone whose account they change.
    for row in rows.iter_mut().filter(|row| row.by() == By::Admin) {
        (row.address, row.user_agent) = (None, None);
    }
    Ok(rows)
}
