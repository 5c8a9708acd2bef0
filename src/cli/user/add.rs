//! `vestibule user add`

use clap::Args;
use serde_json::json;

use super::super::Context;
use super::super::error::Error;
use super::super::output::{print_json, say};
use super::super::password::{self, PasswordSource};
use super::show;
use crate::accounts::audit::Source;
use crate::accounts::names::{DisplayName, EmailAddress, Username};
use crate::accounts::password::Owner;
use crate::accounts::user::role::RoleName;
use crate::accounts::user::{self, NewUser};
use crate::config::Config;

/// Add an account.
#[derive(Debug, Args)]
pub(crate) struct Add {
    /// The username to log in by
    username: String,
    /// The name to be greeted by; the username unless you give one
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// The e-mail address, by which one can log in too
    #[arg(long, value_name = "ADDRESS")]
    email: Option<String>,
    /// A role to give; may come several times
    #[arg(long)]
    role: Vec<RoleName>,
    #[command(flatten)]
    password: PasswordSource,
    /// Print the account as JSON, with the password if it is a random one
    #[arg(long)]
    json: bool,
}

impl Add {
    pub(super) async fn run(self) -> Result<(), Error> {
        let usage = |error: &dyn std::fmt::Display| Error::Usage(error.to_string());
        let username = Username::parse(&self.username).map_err(|error| usage(&error))?;
        let name = self.name.as_deref().unwrap_or(&self.username);
        let display_name = DisplayName::parse(name).map_err(|error| usage(&error))?;
        let email = self.email.as_deref().map(EmailAddress::parse).transpose().map_err(|error| usage(&error))?;
        let context = Context::make(Config::load()?)?;
        let accounts = &context.accounts;
        // Before anyone types a password for nothing.
        user::check_free(accounts, username.clone(), email.clone()).await?;
        let owner = Owner { username: username.as_str(), display_name: name, email: self.email.as_deref() };
        let chosen = self.password.read(&accounts.password_rules, owner)?;
        let password_hash = accounts.hasher.hash_blocking(&chosen.password.into_password());
        let new = NewUser { username, display_name, email, roles: self.role, password_hash };
        let account = user::add(accounts, &Source::operator(), new).await?;
        if self.json {
            let mut value = json!({ "user": show::as_json(&account) });
            if let Some(random) = &chosen.random {
                value["password"] = random.as_str().into();
            }
            return print_json(&value);
        }
        say(&format!("Added {}.", account.user.username));
        chosen.random.as_deref().map_or(Ok(()), password::tell_random)
    }
}
