//! Sessions in a list, for their owners and for operators.

use diesel::prelude::*;

use super::Session;
use super::find::not_ended;
use crate::accounts::Accounts;
use crate::accounts::user::{self, Which};
use crate::db::{self, DbConnection, schema::sessions, schema::users};

/// The sessions that have not ended, the newest first, with the names of their owners; of one user or of all.
///
/// # Errors
/// [`user::Error::NotFound`] when there is no such user, and when the database does not answer.
pub async fn list(accounts: &Accounts, whose: Option<Which>) -> Result<Vec<(Session, String)>, user::Error> {
    let list = move |connection: &mut DbConnection| {
        let user_id = match whose {
            None => None,
            Some(Which::Id(id)) => Some(id),
            Some(which) => Some(user::get(connection, &which)?.id),
        };
        Ok(live_of(connection, user_id)?)
    };
    accounts.read(list).await
}

#[diesel::declare_sql_function]
extern "SQL" {
    fn lower(text: diesel::sql_types::Text) -> diesel::sql_types::Text;
}

/// Which sessions a page is of.
#[derive(Debug, Clone)]
pub struct Search {
    /// Those of this user.
    pub whose: Option<Which>,
    /// Part of the username, the address or the browser, in any case.
    pub text: Option<String>,
    /// The id of the session after which the page begins.
    pub after: Option<String>,
    /// The most sessions on a page.
    pub limit: u32,
}

/// A page of the sessions that have not ended, the newest first: ids sort by the time they were made.
///
/// # Errors
/// As [`list`].
pub async fn page(accounts: &Accounts, search: Search) -> Result<Vec<(Session, String)>, user::Error> {
    let page = move |connection: &mut DbConnection| {
        let mut query = not_ended()
            .order(sessions::id.desc())
            .limit(search.limit.into())
            .select((Session::as_select(), users::username))
            .into_boxed();
        if let Some(which) = search.whose {
            query = query.filter(sessions::user_id.eq(user::get(connection, &which)?.id));
        }
        if let Some(after) = search.after {
            query = query.filter(sessions::id.lt(after));
        }
        if let Some(text) = search.text {
            let pattern = user::pattern(&text);
            let named = users::username.like(pattern.clone()).escape('\\');
            let address = lower(sessions::address.assume_not_null()).like(pattern.clone()).escape('\\');
            let browser = lower(sessions::user_agent.assume_not_null()).like(pattern).escape('\\');
            query = query.filter(
                named
                    .or(sessions::address.is_not_null().and(address))
                    .or(sessions::user_agent.is_not_null().and(browser)),
            );
        }
        Ok(query.load(connection).map_err(db::Error::from)?)
    };
    accounts.read(page).await
}

/// The session of this id with the name of its owner, unless it has ended.
///
/// # Errors
/// When the database does not answer.
pub async fn show(accounts: &Accounts, id: String) -> db::Result<Option<(Session, String)>> {
    let show = move |connection: &mut DbConnection| -> db::Result<Option<(Session, String)>> {
        let this = not_ended().filter(sessions::id.eq(id)).select((Session::as_select(), users::username));
        Ok(this.get_result(connection).optional()?)
    };
    accounts.read(show).await
}

fn live_of(connection: &mut DbConnection, user_id: Option<String>) -> db::Result<Vec<(Session, String)>> {
    let mut query =
        not_ended().order(sessions::created_at.desc()).select((Session::as_select(), users::username)).into_boxed();
    if let Some(user_id) = user_id {
        query = query.filter(sessions::user_id.eq(user_id));
    }
    Ok(query.load(connection)?)
}
