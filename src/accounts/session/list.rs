//! Sessions in a list, for their owners and for operators.

use diesel::prelude::*;

use super::{Session, clock};
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

fn live_of(connection: &mut DbConnection, user_id: Option<String>) -> db::Result<Vec<(Session, String)>> {
    let now = db::now();
    let mut query = sessions::table
        .inner_join(users::table)
        .filter(sessions::idle_expires_at.gt(now))
        .filter(sessions::expires_at.gt(now))
        .filter(sessions::created_at.le(clock::latest_beginning()))
        .order(sessions::created_at.desc())
        .select((Session::as_select(), users::username))
        .into_boxed();
    if let Some(user_id) = user_id {
        query = query.filter(sessions::user_id.eq(user_id));
    }
    Ok(query.load(connection)?)
}
