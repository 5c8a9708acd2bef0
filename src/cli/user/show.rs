//! `vestibule user list` and `vestibule user show`

use serde_json::{Value, json};

use super::super::Context;
use super::super::error::Error;
use super::super::list::{Column, Format, List, PAGE, Page};
use super::super::output::{minute, moment, print_json, print_table};
use crate::accounts::session;
use crate::accounts::user::email_change::{self, Asked};
use crate::accounts::user::{self, Account, Found, Search, State, User, WaitsFor, Which};
use crate::notation::rfc3339;

const COLUMNS: &[Column] = &[
    Column::whole("USERNAME", 32),
    Column::cut("NAME"),
    Column::cut("EMAIL"),
    Column::cut("ROLES"),
    Column::whole("STATE", 8),
    Column::whole("CREATED (UTC)", 16).only_wide(),
    Column::whole("ID", 36).only_wide(),
];

/// Lists what is searched for, all pages of it.
pub(super) async fn list(search: Search, format: Format) -> Result<(), Error> {
    let context = Context::open()?;
    let mut list = List::new(format, COLUMNS);
    let mut search = Search { limit: PAGE.into(), ..search };
    loop {
        let Found { users, next } = user::search(&context.accounts, search.clone()).await?;
        search.after = list.print(Page { rows: users, next }, as_json, cells)?;
        if search.after.is_none() {
            return Ok(());
        }
    }
}

fn cells(Account { user, roles }: &Account) -> Vec<String> {
    vec![
        user.username.clone(),
        user.display_name.clone(),
        user.email.clone().unwrap_or_default(),
        roles.join(","),
        State::of(user).as_str().to_owned(),
        minute(user.created_at),
        user.id.clone(),
    ]
}

pub(super) async fn show(name: String, json: bool) -> Result<(), Error> {
    let context = Context::open()?;
    let account = user::show(&context.accounts, Which::Named(name)).await?;
    let Account { user, roles } = &account;
    let former_name = user::former_name(&context.accounts, &user.id).await?;
    let asked = email_change::pending(&context.accounts, &user.id).await?;
    let sessions = session::list(&context.accounts, Some(Which::Id(user.id.clone()))).await?.len();
    if json {
        let mut value = as_json(&account);
        value["sessions"] = sessions.into();
        value["former_name"] = former_name.into();
        value["email_to_confirm"] = asked.map(|asked| asked.email).into();
        return print_json(&value);
    }
    let row = |key: &str, value: String| vec![key.to_owned(), value];
    let mut rows = vec![
        row("id", user.id.clone()),
        row("username", user.username.clone()),
        row("name", user.display_name.clone()),
        row("email", email(user)),
        row("roles", if roles.is_empty() { "none".into() } else { roles.join(", ") }),
        row("state", State::of(user).as_str().to_owned()),
        row("password", password(user)),
        row("created", moment(user.created_at)),
        row("sessions", sessions.to_string()),
        row("deletion", deletion(user)),
    ];
    if let Some(Asked { email, expires_at }) = asked {
        let waits = format!("{email}, once the link that went there is opened, until {}", moment(expires_at));
        rows.insert(4, row("new email", waits));
    }
    if let Some(name) = former_name {
        rows.insert(2, row("also", format!("{name} (the name before the import)")));
    }
    print_table(&["FIELD", "VALUE"], &rows)
}

/// An account for programs, without anything about its password.
pub(super) fn as_json(Account { user, roles }: &Account) -> Value {
    json!({
        "id": user.id,
        "username": user.username,
        "name": user.display_name,
        "email": user.email,
        "email_confirmed": user.email.as_ref().map(|_| user.email_confirmed_at.is_some()),
        "roles": roles,
        "enabled": user.disabled_at.is_none(),
        "waits_for": user.waits_for().map(WaitsFor::as_str),
        "has_password": user.has_password(),
        "password_usable": user.has_usable_password(),
        "created_at": rfc3339(user.created_at),
        "deletes_at": user.deletes_at.map(rfc3339),
    })
}

fn email(user: &User) -> String {
    match &user.email {
        None => "none".into(),
        Some(email) if user.email_confirmed_at.is_none() => format!("{email} (not confirmed)"),
        Some(email) => email.clone(),
    }
}

fn password(user: &User) -> String {
    match user.password_format() {
        None => "none".into(),
        Some(Ok(format)) if format.is_own() => "set".into(),
        Some(Ok(format)) => format!("set ({format}, until the next login)"),
        Some(Err(unusable)) => format!("can't be verified ({unusable}): use `user set-password`"),
    }
}

fn deletion(user: &User) -> String {
    let asked = |at| format!("{}, as the owner asked, unless they log in before", moment(at));
    user.deletes_at.map_or_else(|| "none".to_owned(), asked)
}
