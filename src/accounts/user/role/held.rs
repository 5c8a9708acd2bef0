//! Who holds which role.

use std::collections::HashMap;

use diesel::prelude::*;

use super::RoleName;
use crate::accounts::user::{Account, User};
use crate::accounts::work::Work;
use crate::db::{self, DbConnection, schema::user_roles};

/// So many accounts' roles are asked for at once.
const AT_ONCE: usize = 1000;

/// The roles of one user, in the order of the alphabet.
pub fn of(connection: &mut DbConnection, user_id: &str) -> db::Result<Vec<String>> {
    Ok(user_roles::table
        .filter(user_roles::user_id.eq(user_id))
        .order(user_roles::role)
        .select(user_roles::role)
        .load(connection)?)
}

/// Gives a role; false when the user had it already.
pub(in crate::accounts::user) fn give(work: &mut Work<'_>, user_id: &str, role: &RoleName) -> db::Result<bool> {
    if of(work.connection(), user_id)?.iter().any(|held| held == role.as_str()) {
        return Ok(false);
    }
    diesel::insert_into(user_roles::table)
        .values((user_roles::user_id.eq(user_id), user_roles::role.eq(role.as_str())))
        .execute(work.connection())?;
    Ok(true)
}

/// Takes a role away; false when the user did not have it.
pub(in crate::accounts::user) fn take(work: &mut Work<'_>, user_id: &str, role: &RoleName) -> db::Result<bool> {
    let gone = diesel::delete(user_roles::table)
        .filter(user_roles::user_id.eq(user_id))
        .filter(user_roles::role.eq(role.as_str()))
        .execute(work.connection())?;
    Ok(gone == 1)
}

/// The accounts of these users, in the same order.
pub(in crate::accounts::user) fn with_roles(
    connection: &mut DbConnection,
    users: Vec<User>,
) -> db::Result<Vec<Account>> {
    let mut held: HashMap<String, Vec<String>> = HashMap::new();
    for some in users.chunks(AT_ONCE) {
        let rows: Vec<(String, String)> = user_roles::table
            .filter(user_roles::user_id.eq_any(some.iter().map(|user| &user.id)))
            .order(user_roles::role)
            .select((user_roles::user_id, user_roles::role))
            .load(connection)?;
        for (user_id, role) in rows {
            held.entry(user_id).or_default().push(role);
        }
    }
    let account = |user: User| Account { roles: held.remove(&user.id).unwrap_or_default(), user };
    Ok(users.into_iter().map(account).collect())
}
