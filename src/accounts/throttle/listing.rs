//! What operators see and forget of the budgets.

use diesel::prelude::*;

use super::Spent;
use super::store::{clear, columns, spent};
use crate::accounts::Accounts;
use crate::accounts::audit::{self, Event, Source};
use crate::accounts::user::{self, Which};
use crate::accounts::work::Work;
use crate::db::{self, DbConnection, schema::throttles, schema::users};

/// A budget that has been drawn on.
#[derive(Debug, Clone)]
pub struct Row {
    /// `user:<id>`, `name:<digest>` or `device:<id>`.
    pub subject: String,
    /// The username, when it is an account.
    pub username: Option<String>,
    /// What was spent.
    pub spent: Spent,
}

#[diesel::declare_sql_function]
extern "SQL" {
    fn substr(text: diesel::sql_types::Text, from: diesel::sql_types::Integer) -> diesel::sql_types::Text;
}

/// All rows, by subject.
///
/// # Errors
/// When the database does not answer.
pub async fn list(accounts: &Accounts) -> db::Result<Vec<Row>> {
    let list = |connection: &mut DbConnection| {
        // What stands behind `user:`.
        let owner = users::table.on(throttles::subject.like("user:%").and(users::id.eq(substr(throttles::subject, 6))));
        let rows: Vec<(String, Option<String>, _)> = throttles::table
            .left_join(owner)
            .order(throttles::subject)
            .select((throttles::subject, users::username.nullable(), columns()))
            .load(connection)?;
        let row = |(subject, username, columns)| Row { subject, username, spent: spent(columns) };
        Ok(rows.into_iter().map(row).collect())
    };
    accounts.read(list).await
}

/// Forgets what was spent on an account, by everyone and by its own devices, or all that was spent. Answers how many
/// rows went.
///
/// # Errors
/// [`user::Error::NotFound`] when there is no such user, and when the database does not answer.
pub async fn forget(accounts: &Accounts, source: &Source, whose: Option<Which>) -> Result<usize, user::Error> {
    let forget = move |work: &mut Work<'_>| {
        let user = whose.map(|which| user::get(work.connection(), &which)).transpose()?;
        let count = match &user {
            Some(user) => clear(work, &user.id)?,
            None => diesel::delete(throttles::table).execute(work.connection())?,
        };
        let target = user.as_ref().map(|user| user.id.as_str());
        audit::record(work, Event::ThrottleCleared, target, Some(&format!("{count} forgotten")))?;
        Ok(count)
    };
    accounts.write(source, forget).await
}
