//! `vestibule user`: accounts, from the command line.

mod add;
mod approval;
mod cell;
mod change;
mod edit;
mod export;
mod import;
mod reset;
mod show;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Subcommand};

use super::error::Error;
use super::list::Format;
use super::password::PasswordSource;
use crate::accounts::user::role::RoleName;
use crate::accounts::user::{Search, State};

/// Add, list, show and change accounts. NAME is a username, an email or an id.
#[derive(Debug, Subcommand)]
pub(super) enum User {
    /// Add an account
    Add(add::Add),
    /// List the accounts
    List {
        /// Only those with this text in their username, name or email
        search: Option<String>,
        /// Only those with this role
        #[arg(long)]
        role: Option<RoleName>,
        /// Only those that wait for approval
        #[arg(long, conflicts_with = "state")]
        waiting: bool,
        /// Only those that are so just now
        #[arg(long, value_parser = states())]
        state: Option<State>,
        #[command(flatten)]
        format: Format,
    },
    /// Show an account
    Show {
        /// Username, email or id
        name: String,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Set a new password, and end all sessions of the account
    SetPassword {
        /// Username, email or id
        name: String,
        #[command(flatten)]
        password: PasswordSource,
        /// Print JSON, with the password if it is a random one
        #[arg(long)]
        json: bool,
    },
    /// Print a link by which the owner of an account chooses a new password, once, within 60 minutes
    ResetLink {
        /// Username, email or id
        name: String,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Let the owner of an account log in that waits for approval
    Approve(Who),
    /// Remove an account that waits for approval
    Reject(Who),
    /// Change the name to show and the email
    Edit(edit::Edit),
    /// Change a username
    Rename {
        /// Username, email or id
        name: String,
        /// The new username
        new_username: String,
    },
    /// Give and take roles
    #[command(subcommand)]
    Role(Role),
    /// Import the accounts of another program, with their password hashes
    Import(import::Import),
    /// Print all accounts as an import reads them, with their password hashes
    Export(export::Export),
    /// Let an account log in again
    Enable(Who),
    /// Stop an account from logging in, and end its sessions
    Disable(Who),
    /// Delete an account and all that belongs to it
    Delete {
        #[command(flatten)]
        who: Who,
        /// Don't ask
        #[arg(long)]
        yes: bool,
    },
}

/// Give and take roles.
#[derive(Debug, Subcommand)]
pub(super) enum Role {
    /// Give a role: admin, or a name of your own for your apps
    Add(WhoAndRole),
    /// Take a role away
    Remove(WhoAndRole),
}

#[derive(Debug, Args)]
pub(super) struct Who {
    /// Username, email or id
    name: String,
}

#[derive(Debug, Args)]
pub(super) struct WhoAndRole {
    /// Username, email or id
    name: String,
    /// The role
    role: RoleName,
}

fn states() -> impl TypedValueParser<Value = State> {
    PossibleValuesParser::new(State::WORDS).try_map(|word| State::parse(&word).ok_or("no state"))
}

impl User {
    pub(super) async fn run(self) -> Result<(), Error> {
        match self {
            User::Add(add) => add.run().await,
            User::List { search, role, waiting, state, format } => {
                let role = role.map(|role| role.as_str().to_owned());
                show::list(Search { query: search, role, waiting, state, ..Search::default() }, format).await
            }
            User::Show { name, json } => show::show(name, json).await,
            User::SetPassword { name, password, json } => change::set_password(name, &password, json).await,
            User::ResetLink { name, json } => reset::link(name, json).await,
            User::Approve(who) => approval::approve(who.name).await,
            User::Reject(who) => approval::reject(who.name).await,
            User::Edit(edit) => edit.run().await,
            User::Rename { name, new_username } => change::rename(name, &new_username).await,
            User::Role(Role::Add(who)) => change::add_role(who.name, who.role).await,
            User::Role(Role::Remove(who)) => change::remove_role(who.name, who.role).await,
            User::Import(import) => import.run(),
            User::Export(export) => export.run().await,
            User::Enable(who) => change::enable(who.name).await,
            User::Disable(who) => change::disable(who.name).await,
            User::Delete { who, yes } => change::delete(who.name, yes).await,
        }
    }
}
