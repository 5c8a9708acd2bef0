//! Who a session belongs to: session, account and roles in one query, as every request that is not remembered asks it.

use chrono::NaiveDateTime;
use diesel::dsl::Nullable;
use diesel::prelude::*;

use super::{Identity, Session, SessionToken, clock};
use crate::accounts::user::User;
use crate::db::direct::{Columns, columns};
use crate::db::{self, DbConnection, direct, schema::sessions, schema::user_roles, schema::users};

/// Who the token of a browser belongs to; none when the session has ended or the account is disabled.
pub(in crate::accounts) fn find(connection: &mut DbConnection, token: &SessionToken) -> db::Result<Option<Identity>> {
    let found = whole().filter(sessions::token_hash.eq(token.digest())).filter(sessions::kind.eq("browser"));
    Ok(identity(direct::load(connection, found)?))
}

/// Who a session of tokens belongs to, by its id; none when it has ended or the account is disabled.
pub(in crate::accounts) fn find_by_id(connection: &mut DbConnection, id: &str) -> db::Result<Option<Identity>> {
    let found = whole().filter(sessions::id.eq(id.to_owned())).filter(sessions::kind.eq("token"));
    Ok(identity(direct::load(connection, found)?))
}

/// Sessions that have not ended, with their accounts, unless these are disabled.
#[diesel::dsl::auto_type]
pub(super) fn live() -> _ {
    not_ended().filter(users::disabled_at.is_null())
}

/// Sessions that have not ended, with their accounts.
#[diesel::dsl::auto_type]
pub(super) fn not_ended() -> _ {
    let now: NaiveDateTime = db::now();
    let latest_beginning: NaiveDateTime = clock::latest_beginning();
    sessions::table
        .inner_join(users::table)
        .filter(sessions::idle_expires_at.gt(now))
        .filter(sessions::expires_at.gt(now))
        .filter(sessions::created_at.le(latest_beginning))
}

/// All there is to know of them: a row for each role, and one for whoever has none.
#[diesel::dsl::auto_type]
fn whole() -> _ {
    let session: Columns<Session> = columns::<Session>();
    let user: Columns<User> = columns::<User>();
    let role: Nullable<user_roles::role> = user_roles::role.nullable();
    live()
        .left_join(user_roles::table.on(user_roles::user_id.eq(users::id)))
        .order(user_roles::role)
        .select((session, user, role))
}

fn identity(rows: Vec<(Session, User, Option<String>)>) -> Option<Identity> {
    let mut rows = rows.into_iter();
    let (session, user, first) = rows.next()?;
    let roles = first.into_iter().chain(rows.filter_map(|(_, _, role)| role)).collect();
    Some(Identity::new(session, user, roles))
}
