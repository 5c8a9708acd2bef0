//! `vestibule key`: the keys that access tokens are signed with.

use clap::Subcommand;
use serde_json::{Value, json};

use super::Context;
use super::error::Error;
use super::output::{moment, print_json, print_table, say};
use crate::accounts::Accounts;
use crate::accounts::audit::Source;
use crate::accounts::token::signing_key::{self, PublicKey, SigningKey};
use crate::config::TokenAlgorithm;
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
    Rotate {
        /// What the new key signs with: ES256, RS256 or EdDSA; that of the setting `token_algorithm` if omitted
        #[arg(long, value_parser = algorithm)]
        algorithm: Option<TokenAlgorithm>,
    },
    /// Make all tokens of a key invalid at once
    Retire {
        /// The id of the key, from `key list`
        id: String,
    },
}

fn algorithm(text: &str) -> Result<TokenAlgorithm, String> {
    let meant = TokenAlgorithm::ALL.into_iter().find(|algorithm| algorithm.as_str().eq_ignore_ascii_case(text));
    meant.ok_or_else(|| "use ES256, RS256 or EdDSA".to_owned())
}

impl Key {
    pub(super) async fn run(self) -> Result<(), Error> {
        let context = Context::open()?;
        let (accounts, source) = (&context.accounts, Source::operator());
        match self {
            Key::List { json } => list(accounts, json).await,
            Key::Rotate { algorithm } => rotate(accounts, &source, algorithm).await,
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

async fn rotate(accounts: &Accounts, source: &Source, algorithm: Option<TokenAlgorithm>) -> Result<(), Error> {
    let set = accounts.tokens.algorithm;
    let algorithm = algorithm.unwrap_or(set);
    let id = signing_key::rotate(accounts, source, algorithm).await?;
    let name = algorithm.as_str();
    say(&format!("New tokens are now signed with {id}, by {name}."));
    if algorithm != set {
        say(&format!(
            "Set `token_algorithm` (VESTIBULE_TOKEN_ALGORITHM) to {name} too: the server makes a key for {} when it \
             starts again.",
            set.as_str()
        ));
    }
    Ok(())
}

async fn list(accounts: &Accounts, json: bool) -> Result<(), Error> {
    let keys = signing_key::list(accounts).await?;
    let lifetime = accounts.lifetimes.longest_access_token();
    if json {
        let value = |key: &SigningKey| {
            json!({
                "id": key.id,
                "algorithm": name(key),
                "public_key": public_key(key),
                "created_at": rfc3339(key.created_at),
                "rotated_at": key.rotated_at.map(rfc3339),
                "retired_at": key.retired_at.map(rfc3339),
                "state": state(key, lifetime),
            })
        };
        return print_json(&keys.iter().map(value).collect::<Vec<_>>());
    }
    let row = |key: &SigningKey| {
        vec![key.id.clone(), name(key).to_owned(), state(key, lifetime).to_owned(), moment(key.created_at)]
    };
    print_table(&["ID", "ALGORITHM", "STATE", "CREATED"], &keys.iter().map(row).collect::<Vec<_>>())
}

/// The members of a key's JWK that hold the public key.
fn public_key(key: &SigningKey) -> Value {
    match key.public_key() {
        Some(PublicKey::Ec { x, y }) => json!({ "x": x, "y": y }),
        Some(PublicKey::Rsa { n, e }) => json!({ "n": n, "e": e }),
        Some(PublicKey::Ed25519 { x }) => json!({ "x": x }),
        None => Value::Null,
    }
}

fn name(key: &SigningKey) -> &'static str {
    key.algorithm().map_or("unknown", TokenAlgorithm::as_str)
}

fn state(key: &SigningKey, lifetime: chrono::Duration) -> &'static str {
    match (key.retired_at, key.rotated_at, key.verifies(lifetime)) {
        (Some(_), _, _) => "retired",
        (None, None, _) => "signs",
        (None, Some(_), true) => "verifies",
        (None, Some(_), false) => "expired",
    }
}
