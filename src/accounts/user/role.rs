//! Roles: `admin`, plus any that you name.

use diesel::prelude::*;

use crate::accounts::work::Work;
use crate::db::{self, DbConnection, schema::user_roles, schema::users};

/// The role whose holders may do everything.
pub const ADMIN: &str = "admin";

/// A role's name: 1 to 32 characters of `[a-z0-9_-]`, the first a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleName(String);

/// A text that is no role's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("A role has 1 to 32 characters: letters a to z, digits, dash and underscore; the first is a letter.")]
pub struct InvalidRoleName;

impl RoleName {
    /// Reads what someone typed; case does not matter.
    ///
    /// # Errors
    /// When it can't be a role's name.
    pub fn parse(typed: &str) -> Result<RoleName, InvalidRoleName> {
        let name = typed.trim().to_ascii_lowercase();
        let first = name.starts_with(|c: char| c.is_ascii_lowercase());
        let rest = name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"_-".contains(&b));
        if first && rest && name.len() <= 32 { Ok(RoleName(name)) } else { Err(InvalidRoleName) }
    }

    /// The canonical text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::str::FromStr for RoleName {
    type Err = InvalidRoleName;

    fn from_str(typed: &str) -> Result<RoleName, InvalidRoleName> {
        RoleName::parse(typed)
    }
}

/// Whether someone who has these roles may do everything.
pub fn is_admin(roles: &[String]) -> bool {
    roles.iter().any(|role| role == ADMIN)
}

/// The roles of one user, in the order of the alphabet.
pub fn of(connection: &mut DbConnection, user_id: &str) -> db::Result<Vec<String>> {
    Ok(user_roles::table
        .filter(user_roles::user_id.eq(user_id))
        .order(user_roles::role)
        .select(user_roles::role)
        .load(connection)?)
}

/// Gives a role; false when the user had it already.
pub(super) fn give(work: &mut Work<'_>, user_id: &str, role: &RoleName) -> db::Result<bool> {
    if of(work.connection(), user_id)?.iter().any(|held| held == role.as_str()) {
        return Ok(false);
    }
    diesel::insert_into(user_roles::table)
        .values((user_roles::user_id.eq(user_id), user_roles::role.eq(role.as_str())))
        .execute(work.connection())?;
    Ok(true)
}

/// Takes a role away; false when the user did not have it.
pub(super) fn take(work: &mut Work<'_>, user_id: &str, role: &RoleName) -> db::Result<bool> {
    let gone = diesel::delete(user_roles::table)
        .filter(user_roles::user_id.eq(user_id))
        .filter(user_roles::role.eq(role.as_str()))
        .execute(work.connection())?;
    Ok(gone == 1)
}

/// Whether there is an admin who can log in, other than this user.
pub(super) fn has_admin_besides(connection: &mut DbConnection, user_id: &str) -> db::Result<bool> {
    let others: i64 = users::table
        .inner_join(user_roles::table)
        .filter(user_roles::role.eq(ADMIN))
        .filter(users::disabled_at.is_null())
        .filter(users::id.ne(user_id))
        .count()
        .get_result(connection)?;
    Ok(others > 0)
}
