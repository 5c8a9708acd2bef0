//! `vestibule key`: the keys that access tokens are signed with.

use clap::Subcommand;
use serde_json::json;

use super::Context;
use super::error::Error;
use super::output::{moment, print_json, print_table, say};
use crate::accounts::Accounts;
use crate::accounts::audit::Source;
use crate::accounts::token::signing_key::{self, SigningKey};
use crate::notation::rfc3339;

/// List, rotate and retire the keys that access tokens are signed with.
#[derive(Debug, Subcommand)]
pub(super) enum Key {
    /// List the keys
    List {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Sign with a new key from now on; tokens of the old one stay valid until they expire
    Rotate,
    /// Make all tokens of a key invalid at once
    Retire {
        /// The id of the key, from `key list`
        id: String,
    },
}

impl Key {
    pub(super) async fn run(self) -> Result<(), Error> {
        let context = Context::open()?;
        let (accounts, source) = (&context.accounts, Source::operator());
        match self {
            Key::List { json } => list(accounts, json).await,
            Key::Rotate => {
                let id = signing_key::rotate(accounts, &source).await?;
                say(&format!("New tokens are now signed with {id}."));
                Ok(())
            }
            Key::Retire { id } => {
                if !signing_key::retire(accounts, &source, id.clone()).await? {
                    return Err(Error::NotFound(format!(
                        "No key {id:?} that is still in use: see `vestibule key list`."
                    )));
                }
                say("Tokens of this key are no longer valid.");
                Ok(())
            }
        }
    }
}

async fn list(accounts: &Accounts, json: bool) -> Result<(), Error> {
    let keys = signing_key::list(accounts).await?;
    let lifetime = accounts.lifetimes.longest_access_token();
    if json {
        let value = |key: &SigningKey| {
            json!({
                "id": key.id,
                "public_key": key.public_key,
                "created_at": rfc3339(key.created_at),
                "rotated_at": key.rotated_at.map(rfc3339),
                "retired_at": key.retired_at.map(rfc3339),
                "state": state(key, lifetime),
            })
        };
        return print_json(&keys.iter().map(value).collect::<Vec<_>>());
    }
    let rows = keys.iter().map(|key| vec![key.id.clone(), state(key, lifetime).to_owned(), moment(key.created_at)]);
    print_table(&["ID", "STATE", "CREATED"], &rows.collect::<Vec<_>>())
}

fn state(key: &SigningKey, lifetime: chrono::Duration) -> &'static str {
    match (key.retired_at, key.rotated_at, key.verifies(lifetime)) {
        (Some(_), _, _) => "retired",
        (None, None, _) => "signs",
        (None, Some(_), true) => "verifies",
        (None, Some(_), false) => "expired",
    }
}
