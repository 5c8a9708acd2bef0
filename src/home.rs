//! What someone sees first after logging in: their logins so far, and their todos in short.

use crate::accounts::Accounts;
use crate::accounts::login::history::{self, LoginHistory};
use crate::accounts::session::Identity;
use crate::db;
use crate::todos::{self, Due, Overview};

/// What there is to see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Home {
    /// The login before this one, and failures since.
    pub history: LoginHistory,
    /// What they have to do.
    pub todos: Overview,
}

/// Reads it for the person of a session.
///
/// # Errors
/// When the database does not answer.
pub async fn of(accounts: &Accounts, identity: &Identity, today: Due) -> db::Result<Home> {
    let identity = identity.clone();
    let read = move |connection: &mut db::DbConnection| {
        let todos = todos::overview(connection, &identity.user.id, today)?;
        Ok(Home { history: history::of(connection, &identity)?, todos })
    };
    accounts.look_up(read).await
}
