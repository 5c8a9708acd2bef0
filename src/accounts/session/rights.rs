//! Whether someone may still do what the guards let them do: looked at again in every transaction that changes
//! something in their name. In between a password may have been checked, or another process may have ended the session.

use diesel::prelude::*;

use super::find::live;
use crate::accounts::source::Acting;
use crate::accounts::user::role;
use crate::db::{self, DbConnection, schema::sessions, schema::signing_keys, schema::user_roles, schema::users};
use crate::texts::{Message, Worded};

/// What someone has lost since the guards looked. The text says what to do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.words())]
pub enum Revoked {
    /// The session: it has ended, the account was disabled or removed, or the key of the token was retired.
    Session,
    /// The role of an admin.
    Admin,
}

impl Worded for Revoked {
    fn words(&self) -> Message {
        match self {
            Revoked::Session => Message::new("session-ended"),
            Revoked::Admin => Message::new("session-admins-only"),
        }
    }
}

/// Whether someone is an admin now, if they may act at all.
pub(in crate::accounts) fn look(connection: &mut DbConnection, acting: &Acting) -> db::Result<Result<bool, Revoked>> {
    if let Some(key) = &acting.signing_key {
        let active = signing_keys::table.filter(signing_keys::id.eq(key)).filter(signing_keys::retired_at.is_null());
        if active.count().get_result::<i64>(connection)? == 0 {
            return Ok(Err(Revoked::Session));
        }
    }
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
