//! What changes an account: each command asks, calls one function of the accounts, and says what came of it.

use std::io::{self, BufRead, IsTerminal, Write};

use serde_json::json;

use super::super::House;
use super::super::error::Error;
use super::super::output::{print_json, say};
use super::super::password::{self, PasswordSource};
use crate::accounts::audit::Source;
use crate::accounts::password::Owner;
use crate::accounts::role::RoleName;
use crate::accounts::user::{self, User, Which};
use crate::accounts::username::Username;
use crate::accounts::work::Work;

pub(super) fn set_password(name: &str, source: &PasswordSource, json: bool) -> Result<(), Error> {
    let house = House::open()?;
    let accounts = &house.accounts;
    let user = accounts.read_blocking(|connection| user::get(connection, &Which::Named(name.to_owned())))?;
    let owner = Owner { username: &user.username, display_name: &user.display_name, email: user.email.as_deref() };
    let chosen = source.read(&accounts.password_rules, owner)?;
    let hash = accounts.hasher.hash_blocking(chosen.password.as_password());
    change(&house, &user.id, |work, user| user::set_password(work, user, &hash))?;
    if json {
        return print_json(&json!({ "username": user.username, "password": chosen.random }));
    }
    say(&format!("{} has a new password, and was logged out everywhere.", user.username));
    chosen.random.as_deref().map_or(Ok(()), password::tell_random)
}

pub(super) fn rename(name: &str, to: &str) -> Result<(), Error> {
    let to = Username::parse(to).map_err(|error| Error::Usage(error.to_string()))?;
    let house = House::open()?;
    let (user, ()) = change(&house, name, |work, user| user::rename(work, user, &to))?;
    say(&format!("{} is called {} now.", user.username, to.as_str()));
    Ok(())
}

pub(super) fn add_role(name: &str, role: &RoleName) -> Result<(), Error> {
    let house = House::open()?;
    let (user, added) = change(&house, name, |work, user| user::add_role(work, &user.id, role))?;
    let (user, role) = (user.username, role.as_str());
    say(&if added {
        format!("{user} has the role {role} now.")
    } else {
        format!("{user} had the role {role} already.")
    });
    Ok(())
}

pub(super) fn remove_role(name: &str, role: &RoleName) -> Result<(), Error> {
    let house = House::open()?;
    let (user, removed) = change(&house, name, |work, user| user::remove_role(work, user, role))?;
    let (user, role) = (user.username, role.as_str());
    if !removed {
        return Err(Error::NotFound(format!("{user} does not have the role {role}.")));
    }
    say(&format!("{user} does not have the role {role} any more."));
    Ok(())
}

pub(super) fn enable(name: &str) -> Result<(), Error> {
    let house = House::open()?;
    let (user, changed) = change(&house, name, user::enable)?;
    let user = user.username;
    say(&if changed { format!("{user} can log in again.") } else { format!("{user} was enabled already.") });
    Ok(())
}

pub(super) fn disable(name: &str) -> Result<(), Error> {
    let house = House::open()?;
    let (user, changed) = change(&house, name, user::disable)?;
    let user = user.username;
    say(&if changed {
        format!("{user} can't log in any more, and was logged out everywhere.")
    } else {
        format!("{user} was disabled already.")
    });
    Ok(())
}

pub(super) fn delete(name: &str, yes: bool) -> Result<(), Error> {
    let house = House::open()?;
    let user = house.accounts.read_blocking(|connection| user::get(connection, &Which::Named(name.to_owned())))?;
    if !yes {
        confirm(&format!("Remove {} for good? Type the username again: ", user.username), &user.username)?;
    }
    change(&house, &user.id, user::delete)?;
    say(&format!("Removed {}.", user.username));
    Ok(())
}

/// Finds the account and changes it, in one transaction. Answers the account as it was before.
fn change<T>(
    house: &House,
    name: &str,
    change: impl FnOnce(&mut Work<'_>, &User) -> Result<T, user::Error>,
) -> Result<(User, T), Error> {
    let changed = house.accounts.write_blocking(Source::operator(), |work| -> Result<_, user::Error> {
        let user = user::get(work.connection(), &Which::Named(name.to_owned()))?;
        let answer = change(work, &user)?;
        Ok((user, answer))
    })?;
    Ok(changed)
}

fn confirm(question: &str, expected: &str) -> Result<(), Error> {
    if !io::stdin().is_terminal() {
        return Err(Error::Usage("there is no terminal to ask on: say --yes to remove the account".into()));
    }
    write!(io::stderr(), "{question}")?;
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer)?;
    if answer.trim() != expected {
        return Err(Error::Failed("that is not the username; nothing was removed".into()));
    }
    Ok(())
}
