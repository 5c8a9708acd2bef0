//! Whether someone may still do what the guards let them do: looked at again in every transaction that changes
//! something in their name. In between a password may have been checked, or another process may have ended the session.

use diesel::prelude::*;

use super::find::live;
use crate::accounts::source::Acting;
use crate::accounts::user::role;
use crate::db::{self, DbConnection, schema::sessions, schema::user_roles, schema::users};

/// What someone has lost since the guards looked. The text says what to do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Revoked {
    /// The session: it has ended, or the account was disabled or removed.
    #[error("Your login has ended. Log in again.")]
    Session,
    /// The role of an admin.
    #[error("Admins only!")]
    Admin,
}

/// Whether someone is an admin now, if they may act at all.
pub(in crate::accounts) fn look(connection: &mut DbConnection, acting: &Acting) -> db::Result<Result<bool, Revoked>> {
    let as_admin = user_roles::user_id.eq(users::id).and(role::of_admins());
    let found: Option<Option<String>> = live()
        .left_join(user_roles::table.on(as_admin))
        .filter(sessions::id.eq(&acting.session_id))
        .select(user_roles::role.nullable())
        .get_result(connection)
        .optional()?;
    Ok(match found.map(|role| role.is_some()) {
        None => Err(Revoked::Session),
        Some(false) if acting.as_admin => Err(Revoked::Admin),
        Some(is_admin) => Ok(is_admin),
    })
}
