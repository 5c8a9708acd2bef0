//! `vestibule user list` and `vestibule user show`

use serde_json::{Value, json};

use super::super::Context;
use super::super::error::Error;
use super::super::output::{moment, print_json, print_table};
use crate::accounts::session;
use crate::accounts::user::role::RoleName;
use crate::accounts::user::{self, Account, User, Which};
use crate::notation::rfc3339;

pub(super) async fn list(role: Option<RoleName>, json: bool) -> Result<(), Error> {
    let context = Context::open()?;
    let all = user::list(&context.accounts, role).await?;
    if json {
        return print_json(&all.iter().map(as_json).collect::<Vec<_>>());
    }
    let rows: Vec<Vec<String>> = all
        .iter()
        .map(|Account { user, roles }| {
            vec![
                user.username.clone(),
                user.display_name.clone(),
                user.email.clone().unwrap_or_default(),
                roles.join(","),
                state(user).to_owned(),
                moment(user.created_at),
            ]
        })
        .collect();
    print_table(&["USERNAME", "NAME", "E-MAIL", "ROLES", "STATE", "CREATED"], &rows)
}

pub(super) async fn show(name: String, json: bool) -> Result<(), Error> {
    let context = Context::open()?;
    let account = user::show(&context.accounts, Which::Named(name)).await?;
    let Account { user, roles } = &account;
    let sessions = session::list(&context.accounts, Some(Which::Id(user.id.clone()))).await?.len();
    if json {
        let mut value = as_json(&account);
        value["sessions"] = sessions.into();
        return print_json(&value);
    }
    let row = |key: &str, value: String| vec![key.to_owned(), value];
    let rows = [
        row("id", user.id.clone()),
        row("username", user.username.clone()),
        row("name", user.display_name.clone()),
        row("e-mail", user.email.clone().unwrap_or_else(|| "none".into())),
        row("roles", if roles.is_empty() { "none".into() } else { roles.join(", ") }),
        row("state", state(user).to_owned()),
        row("password", password(user).to_owned()),
        row("created", moment(user.created_at)),
        row("sessions", sessions.to_string()),
    ];
    print_table(&["FIELD", "VALUE"], &rows)
}

/// An account for programs; never anything of its password.
pub(super) fn as_json(Account { user, roles }: &Account) -> Value {
    json!({
        "id": user.id,
        "username": user.username,
        "name": user.display_name,
        "email": user.email,
        "roles": roles,
        "enabled": user.disabled_at.is_none(),
        "has_password": user.has_password(),
        "password_usable": user.has_usable_password(),
        "created_at": rfc3339(user.created_at),
    })
}

fn password(user: &User) -> &'static str {
    match (user.has_password(), user.has_usable_password()) {
        (false, _) => "none",
        (true, true) => "set",
        (true, false) => {
            "can't be verified (damaged, of an unknown kind, or a bcrypt cost above 16): use `user set-password`"
        }
    }
}

fn state(user: &User) -> &'static str {
    if user.disabled_at.is_some() { "disabled" } else { "enabled" }
}
