//! Roles as they are typed into one field.

use crate::accounts::user::role::{InvalidRoleName, RoleName};

/// The roles in a text, with spaces or commas between them; each once.
///
/// # Errors
/// When one of them can't be a role.
pub fn parse(typed: &str) -> Result<Vec<RoleName>, InvalidRoleName> {
    let names = typed.split(|c: char| c == ',' || c.is_whitespace()).filter(|name| !name.is_empty());
    let mut roles: Vec<RoleName> = Vec::new();
    for name in names {
        let role = RoleName::parse(name)?;
        if !roles.contains(&role) {
            roles.push(role);
        }
    }
    Ok(roles)
}
