//! Accounts in pages, for lists.

use diesel::prelude::*;

use super::{Account, State, User, WaitsFor, role};
use crate::accounts::Accounts;
use crate::accounts::names::{EmailAddress, canonical};
use crate::db::{self, DbConnection, schema::user_roles, schema::users};

/// The most characters of a text to look for: as many as the longest email address has.
pub const MAX_QUERY: usize = EmailAddress::MAX;

/// What to list.
#[derive(Debug, Clone, Default)]
pub struct Search {
    /// Part of a username, a display name or an email address, in any case.
    pub query: Option<String>,
    /// A role that they have.
    pub role: Option<String>,
    /// Only those that wait for something.
    pub waiting: bool,
    /// What they are just now.
    pub state: Option<State>,
    /// The username after which the page begins.
    pub after: Option<String>,
    /// The most accounts on a page.
    pub limit: i64,
}

/// One page, by username.
#[derive(Debug)]
pub struct Found {
    /// The accounts.
    pub users: Vec<Account>,
    /// The username after which the next page begins; none on the last page.
    pub next: Option<String>,
}

/// Finds accounts.
///
/// # Errors
/// When the database does not answer.
pub async fn search(accounts: &Accounts, search: Search) -> db::Result<Found> {
    accounts.read(move |connection| page(connection, &search)).await
}

fn page(connection: &mut DbConnection, search: &Search) -> db::Result<Found> {
    let mut query = users::table.order(users::username).limit(search.limit + 1).select(User::as_select()).into_boxed();
    if let Some(text) = &search.query {
        let pattern = pattern(text);
        query = query.filter(
            users::username
                .like(pattern.clone())
                .escape('\\')
                .or(users::display_name_folded.like(pattern.clone()).escape('\\'))
                .or(users::email_canonical
                    .is_not_null()
                    .and(users::email_canonical.assume_not_null().like(pattern).escape('\\'))),
        );
    }
    if let Some(role) = search.role.clone() {
        let holders = user_roles::table.filter(user_roles::role.eq(role)).select(user_roles::user_id);
        query = query.filter(users::id.eq_any(holders));
    }
    if search.waiting {
        query = query.filter(users::waits_for.is_not_null());
    }
    // Each of the rarer ones has an index by username.
    query = match search.state {
        None => query,
        Some(State::Disabled) => query.filter(users::disabled_at.is_not_null()),
        Some(State::Waiting) => {
            query.filter(users::waits_for.eq(WaitsFor::Approval.as_str())).filter(users::disabled_at.is_null())
        }
        Some(State::Deleting) => query
            .filter(users::deletes_at.is_not_null())
            .filter(users::disabled_at.is_null())
            // SQLite would take `IS NULL` for a value to look up, and read all who don't wait.
            .filter(diesel::dsl::not(users::waits_for.is_not_null())),
        Some(State::Enabled) => query
            .filter(users::disabled_at.is_null())
            .filter(users::waits_for.is_null())
            .filter(users::deletes_at.is_null()),
    };
    if let Some(after) = search.after.clone() {
        query = query.filter(users::username.gt(after));
    }
    let mut page: Vec<User> = query.load(connection)?;
    let more = page.len() as i64 > search.limit;
    page.truncate(usize::try_from(search.limit).unwrap_or(0));
    let next = page.last().filter(|_| more).map(|user| user.username.clone());
    Ok(Found { users: role::with_roles(connection, page)?, next })
}

/// What LIKE finds a text by, wherever it stands in one that is in lower case; the escape is a backslash.
pub(crate) fn pattern(text: &str) -> String {
    format!("%{}%", escape(&canonical(text)))
}

/// A text in which LIKE sees no wildcards.
pub(in crate::accounts) fn escape(text: &str) -> String {
    text.chars().flat_map(|c| ['\\'].into_iter().filter(move |_| "\\%_".contains(c)).chain([c])).collect()
}
