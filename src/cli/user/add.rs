//! `vestibule user add`

use clap::Args;
use serde_json::json;

use super::super::Context;
use super::super::error::Error;
use super::super::output::{print_json, print_json_or_fail, say};
use super::super::password::{self, PasswordSource};
use super::show;
use crate::accounts::audit::Source;
use crate::accounts::names::{DisplayName, EmailAddress, Username};
use crate::accounts::password::Owner;
use crate::accounts::user::role::RoleName;
use crate::accounts::user::{self, Account, NewUser};
use crate::config::Config;

/// Add an account.
#[derive(Debug, Args)]
pub(crate) struct Add {
    /// The username for logging in
    username: String,
    /// The name to show [default: the username]
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// The email, which works for logging in too
    #[arg(long, value_name = "ADDRESS")]
    email: Option<String>,
    /// A role to give; repeat it for more
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
        let email = self.email.as_deref().map(EmailAddress::parse_new).transpose().map_err(|error| usage(&error))?;
        let context = Context::make_and_say(Config::load()?)?;
        let accounts = &context.accounts;
        // Checked before the prompt, so that nobody types a password in vain.
        user::check_free(accounts, username.clone(), email.clone()).await?;
        let owner = Owner { username: username.as_str(), display_name: name, email: self.email.as_deref() };
        let chosen = self.password.read(&accounts.password_rules, owner)?;
        let password_hash = accounts.hasher.hash_blocking(&chosen.password.into_password());
        let new = NewUser { username, display_name, email, is_email_confirmed: true, roles: self.role, password_hash };
        let account = match &chosen.random {
            None => user::add(accounts, &Source::operator(), new).await?,
            Some(random) => {
                let tell = |account: &Account| match self.json {
                    true => print_json_or_fail(&json!({ "user": show::as_json(account), "password": random })),
                    false => password::tell_random(random),
                };
                user::add_once_told(accounts, &Source::operator(), new, tell).await?
            }
        };
        match (self.json, chosen.random) {
            (true, Some(_)) => {}
            (true, None) => return print_json(&json!({ "user": show::as_json(&account) })),
            (false, _) => say(&format!("Added {}.", account.user.username)),
        }
        Ok(())
    }
}
