//! `vestibule user edit`

use clap::{ArgGroup, Args};
use serde_json::json;

use super::super::Context;
use super::super::error::Error;
use super::super::output::{print_json, say};
use super::show;
use crate::accounts::audit::Source;
use crate::accounts::names::{DisplayName, EmailAddress};
use crate::accounts::user::{self, Changed, Which};

/// Change the name to show, the email, or both.
#[derive(Debug, Args)]
#[command(override_usage = "vestibule user edit [OPTIONS] <NAME>")]
#[command(group(ArgGroup::new("change").required(true).multiple(true).args(["display_name", "email", "no_email"])))]
pub(crate) struct Edit {
    /// Username, email or id
    name: String,
    /// The new name to show
    #[arg(long = "name", value_name = "NAME")]
    display_name: Option<String>,
    /// The new email, which works for logging in too
    #[arg(long, value_name = "ADDRESS", conflicts_with = "no_email")]
    email: Option<String>,
    /// Remove the email
    #[arg(long)]
    no_email: bool,
    /// Print the account as JSON
    #[arg(long)]
    json: bool,
}

impl Edit {
    pub(super) async fn run(self) -> Result<(), Error> {
        let usage = |error: &dyn std::fmt::Display| Error::Usage(error.to_string());
        let display_name = self.display_name.as_deref().map(DisplayName::parse).transpose();
        let display_name = display_name.map_err(|error| usage(&error))?;
        let email = self.email.as_deref().map(EmailAddress::parse_new).transpose().map_err(|error| usage(&error))?;
        let email = if self.no_email { Some(None) } else { email.map(Some) };
        let context = Context::open()?;
        let edit = user::Edit { display_name, email, ..user::Edit::default() };
        let changed = user::edit(&context.accounts, &Source::operator(), Which::Named(self.name), edit).await?;
        if self.json {
            return print_json(&json!({ "user": show::as_json(&changed.now) }));
        }
        say(&told(&changed));
        Ok(())
    }
}

/// A message that says what has changed.
fn told(Changed { before, now }: &Changed) -> String {
    let (before, now) = (&before.user, &now.user);
    let email = |email: &Option<String>| email.clone().unwrap_or_else(|| "none".to_owned());
    let name = (before.display_name != now.display_name).then(|| format!("the name is {}", now.display_name));
    let email = (before.email != now.email).then(|| format!("the email is {}", email(&now.email)));
    let changes: Vec<String> = name.into_iter().chain(email).collect();
    match changes.as_slice() {
        [] => format!("{} is like that already.", now.username),
        changes => format!("Changed {}: {}.", now.username, changes.join(", ")),
    }
}
