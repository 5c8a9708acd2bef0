//! Rows of the directory, read along one index each.

use diesel::prelude::*;

use super::super::{RoleName, State, User, WaitsFor};
use super::place::{Keys, Part, Place};
use crate::db::{self, DbConnection, schema::user_roles, schema::users};

/// No text that begins in some way is behind that beginning with this sign at its end.
const LAST: char = char::MAX;

/// An account, and what it is listed by.
pub(super) struct Row {
    pub user: User,
    pub keys: Keys,
}

/// The rows behind a place, as many as wanted: those whose keys begin so, or those of this role, or those of this state,
/// or all.
pub(super) fn behind(
    connection: &mut DbConnection,
    place: &Place,
    start: Option<&str>,
    role: Option<&RoleName>,
    state: Option<State>,
    most: usize,
) -> db::Result<Vec<Row>> {
    if let Some(role) = role {
        let holders = user_roles::table
            .inner_join(users::table)
            .filter(user_roles::role.eq(role.as_str()))
            .filter(user_roles::user_id.gt(&place.key))
            .order(user_roles::user_id)
            .limit(most as i64)
            .select((User::as_select(), users::email_canonical, users::display_name_folded));
        return Ok(rows(holders.load(connection)?));
    }
    let all = users::table.select((User::as_select(), users::email_canonical, users::display_name_folded));
    let mut query = all.limit(most as i64).into_boxed();
    let (email, name) = (users::email_canonical.assume_not_null(), users::display_name_folded);
    // One lower bound each: of two SQLite takes the first, and reads from there.
    let start_of_all = start.unwrap_or_default();
    query = match (place.part, place.behind(start_of_all)) {
        (Part::Username | Part::Role, None) => query.filter(users::username.ge(start_of_all)),
        (Part::Username | Part::Role, Some((key, _))) => query.filter(users::username.gt(key)),
        (Part::Email, None) => query.filter(email.ge(start_of_all)),
        (Part::Email, Some((key, _))) => query.filter(email.gt(key)),
        (Part::Name, None) => query.filter(name.ge(start_of_all)),
        (Part::Name, Some((key, id))) => query.filter(name.ge(key)).filter(name.gt(key).or(users::id.gt(id))),
    };
    query = match place.part {
        Part::Username | Part::Role => query.order(users::username),
        Part::Email => query.order(users::email_canonical),
        Part::Name => query.order((users::display_name_folded, users::id)),
    };
    if let Some(start) = start {
        let end = format!("{start}{LAST}");
        query = match place.part {
            Part::Username | Part::Role => query.filter(users::username.lt(end)),
            Part::Email => query.filter(email.lt(end)),
            Part::Name => query.filter(name.lt(end)),
        };
    } else {
        // Each has an index by username; for those who may log in, most of all, it is the one of all.
        query = match state {
            Some(State::Waiting) => query.filter(users::waits_for.eq(WaitsFor::Approval.as_str())),
            Some(State::Disabled) => query.filter(users::disabled_at.is_not_null()),
            Some(State::Deleting) => query.filter(users::deletes_at.is_not_null()),
            Some(State::Enabled) | None => query,
        };
    }
    Ok(rows(query.load(connection)?))
}

fn rows(found: Vec<(User, Option<String>, String)>) -> Vec<Row> {
    found.into_iter().map(|(user, email, name)| Row { user, keys: Keys { email, name } }).collect()
}
