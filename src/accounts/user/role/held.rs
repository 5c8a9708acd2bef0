//! Who holds which role.

use std::collections::HashMap;

use diesel::prelude::*;

use super::RoleName;
use crate::accounts::user::{Account, User};
use crate::accounts::work::Work;
use crate::db::{self, DbConnection, schema::user_roles};

/// How many accounts' roles are read in one query.
const AT_ONCE: usize = 1000;

/// Gives a role; false when the user had it already.
pub(in crate::accounts::user) fn give(work: &mut Work<'_>, user_id: &str, role: &RoleName) -> db::Result<bool> {
    let held = user_roles::table.find((user_id, role.as_str()));
    if diesel::select(diesel::dsl::exists(held)).get_result(work.connection())? {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::{audit::Source, recognised::Recognised};
    use crate::db::tests::{insert_user, queries, temporary};

    #[test]
    fn a_list_asks_for_all_roles_at_once() {
        let (_folder, db) = temporary();
        let story = |work: &mut Work<'_>| -> db::Result<()> {
            let all = ["anna", "ben", "cleo", "dora"].map(|id| insert_user(work.connection(), id));
            for (user_id, role) in [(&all[0], "writer"), (&all[0], "editor"), (&all[2], "editor")] {
                assert!(give(work, user_id, &RoleName::parse(role).unwrap())?);
                assert!(!give(work, user_id, &RoleName::parse(role).unwrap())?, "they have it");
            }
            let users = crate::db::schema::users::table.order(crate::db::schema::users::id);
            let users: Vec<User> = users.select(User::as_select()).load(work.connection())?;
            let mut accounts = Vec::new();
            let queries = queries(work.connection(), |connection| accounts = with_roles(connection, users).unwrap());
            let roles: Vec<String> = accounts.iter().map(|account| account.roles.join(",")).collect();
            assert_eq!(roles, ["editor,writer", "", "editor", ""]);
            assert_eq!(queries.len(), 1, "{queries:?}");
            Ok(())
        };
        Work::run(&db, &Recognised::new(), Source::operator(), story).unwrap();
    }
}
