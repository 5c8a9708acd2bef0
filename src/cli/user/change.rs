//! Commands that change an account: each asks what it needs to, calls one function of the accounts, and reports the
//! result.

use std::io::{self, BufRead, IsTerminal, Write};

use serde_json::json;

use super::super::Context;
use super::super::error::Error;
use super::super::output::{print_json, print_json_or_fail, say};
use super::super::password::{self, PasswordSource};
use crate::accounts::audit::Source;
use crate::accounts::names::Username;
use crate::accounts::password::Owner;
use crate::accounts::user::role::RoleName;
use crate::accounts::user::{self, Changed, Edit, Which};
use crate::accounts::version::Expected;

pub(super) async fn set_password(name: String, source: &PasswordSource, json: bool) -> Result<(), Error> {
    let context = Context::open()?;
    let accounts = &context.accounts;
    let user = user::show(accounts, Which::Named(name)).await?.user;
    let owner = Owner { username: &user.username, display_name: &user.display_name, email: user.email.as_deref() };
    let chosen = source.read(&accounts.password_rules, owner)?;
    let hash = accounts.hasher.hash_blocking(&chosen.password.into_password());
    let document = json!({ "username": user.username, "password": chosen.random });
    match (&chosen.random, json) {
        (Some(_), true) => print_json_or_fail(&document)?,
        (Some(random), false) => password::tell_random(random)?,
        (None, _) => {}
    }
    user::set_password(accounts, &Source::operator(), Which::Id(user.id), hash).await?;
    match (chosen.random, json) {
        (Some(_), true) => {}
        (None, true) => return print_json(&document),
        (_, false) => say(&format!("{} has a new password, and was logged out everywhere.", user.username)),
    }
    Ok(())
}

pub(super) async fn rename(name: String, to: &str) -> Result<(), Error> {
    let to = Username::parse(to).map_err(|error| Error::Usage(error.to_string()))?;
    let changed = edit(name, Edit { username: Some(to), ..Edit::default() }).await?;
    say(&format!("Renamed {} to {}.", changed.before.user.username, changed.now.user.username));
    Ok(())
}

pub(super) async fn add_role(name: String, role: RoleName) -> Result<(), Error> {
    let context = Context::open()?;
    let changed = user::add_role(&context.accounts, &Source::operator(), Which::Named(name), role.clone()).await?;
    let (user, had_it, role) = (changed.now.user.username, changed.before.has(&role), role.as_str());
    say(&if had_it {
        format!("{user} already has the role {role}.")
    } else {
        format!("{user} now has the role {role}.")
    });
    Ok(())
}

pub(super) async fn remove_role(name: String, role: RoleName) -> Result<(), Error> {
    let context = Context::open()?;
    let changed = user::remove_role(&context.accounts, &Source::operator(), Which::Named(name), role.clone()).await?;
    let (user, had_it, role) = (changed.now.user.username, changed.before.has(&role), role.as_str());
    if !had_it {
        return Err(Error::NotFound(format!("{user} does not have the role {role}.")));
    }
    say(&format!("{user} no longer has the role {role}."));
    Ok(())
}

pub(super) async fn enable(name: String) -> Result<(), Error> {
    let before = edit(name, Edit { enabled: Some(true), ..Edit::default() }).await?.before.user;
    let (user, was_disabled) = (before.username, before.disabled_at.is_some());
    say(&if was_disabled { format!("{user} can log in again.") } else { format!("{user} is already enabled.") });
    Ok(())
}

pub(super) async fn disable(name: String) -> Result<(), Error> {
    let before = edit(name, Edit { enabled: Some(false), ..Edit::default() }).await?.before.user;
    let (user, was_disabled) = (before.username, before.disabled_at.is_some());
    say(&if was_disabled {
        format!("{user} is already disabled.")
    } else {
        format!("{user} can no longer log in, and was logged out everywhere.")
    });
    Ok(())
}

pub(super) async fn delete(name: String, yes: bool) -> Result<(), Error> {
    let context = Context::open()?;
    let user = user::check_removable(&context.accounts, Which::Named(name)).await?;
    if !yes {
        confirm(&format!("Delete {} for good? Type the username to confirm: ", user.username), &user.username)?;
    }
    user::delete(&context.accounts, &Source::operator(), Which::Id(user.id), Expected::default()).await?;
    say(&format!("Deleted {}.", user.username));
    Ok(())
}

async fn edit(name: String, edit: Edit) -> Result<Changed, Error> {
    let context = Context::open()?;
    Ok(user::edit(&context.accounts, &Source::operator(), Which::Named(name), edit).await?)
}

fn confirm(question: &str, expected: &str) -> Result<(), Error> {
    if !io::stdin().is_terminal() {
        return Err(Error::Usage("there is no terminal to ask on: pass --yes to delete the account".into()));
    }
    write!(io::stderr(), "{question}")?;
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer)?;
    if answer.trim() != expected {
        return Err(Error::Failed("That is not the username. Nothing was deleted.".into()));
    }
    Ok(())
}
