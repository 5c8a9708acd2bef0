//! A database that comes from a backup: nobody is logged in on it. What had ended since then would be valid again, and
//! so would what was logged in with a secret that has leaked.

use diesel::prelude::*;

use super::Accounts;
use super::audit::{self, Event, Source};
use super::token::signing_key;
use super::work::Work;
use crate::db::{self, schema::sessions};

/// Ends every session with its tokens, and every key that signs tokens, and records where the database comes from.
/// Answers how many accounts there are.
///
/// # Errors
/// When the database can't be written.
pub async fn end_everything(accounts: &Accounts, source: &Source, backup: String) -> db::Result<i64> {
    let end = move |work: &mut Work<'_>| -> db::Result<i64> {
        diesel::delete(sessions::table).execute(work.connection())?;
        signing_key::end_all(work)?;
        audit::record(work, Event::DatabaseRestored, None, Some(&backup))?;
        Ok(crate::db::schema::users::table.count().get_result(work.connection())?)
    };
    accounts.write_for_anyone(source, end).await
}
