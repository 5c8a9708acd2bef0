//! Roles: `admin`, plus any that you name.

mod held;

use diesel::prelude::*;

use crate::db::schema::user_roles;
use crate::texts::{Message, Worded};

pub(super) use held::{give, take, with_roles};

/// The role whose holders may do everything. Who asks whether someone is an admin does not compare with it, but calls
/// one of the functions here.
const ADMIN: &str = "admin";

/// A role's name: 1 to 32 characters of `[a-z0-9_-]`, the first a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleName(String);

/// A text that is no role's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.words())]
pub struct InvalidRoleName;

impl Worded for InvalidRoleName {
    fn words(&self) -> Message {
        Message::new("user-role-invalid")
    }
}

impl RoleName {
    /// The most characters.
    pub const MAX: usize = 32;

    /// What it is made of, as a regular expression of JSON Schema. Case does not matter to [`RoleName::parse`].
    pub const PATTERN: &str = "^[A-Za-z][A-Za-z0-9_-]*$";

    /// Reads what someone typed; case does not matter.
    ///
    /// # Errors
    /// When it can't be a role's name.
    pub fn parse(typed: &str) -> Result<RoleName, InvalidRoleName> {
        let name = typed.trim().to_ascii_lowercase();
        let first = name.starts_with(|c: char| c.is_ascii_lowercase());
        let rest = name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"_-".contains(&b));
        if first && rest && name.len() <= RoleName::MAX { Ok(RoleName(name)) } else { Err(InvalidRoleName) }
    }

    /// The role whose holders may do everything.
    pub fn admin() -> RoleName {
        RoleName(ADMIN.to_owned())
    }

    /// Whether its holders may do everything.
    pub fn is_admin(&self) -> bool {
        self.0 == ADMIN
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

/// [`is_admin`], in a query: the rows of admins among those of all roles.
#[diesel::dsl::auto_type]
pub(in crate::accounts) fn of_admins() -> _ {
    let admin: &'static str = ADMIN;
    user_roles::role.eq(admin)
}

/// Whether someone who has these roles may do everything.
pub fn is_admin(roles: &[String]) -> bool {
    roles.iter().any(|role| role == ADMIN)
}
