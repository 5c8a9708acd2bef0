//! `vestibule token`: access tokens for an operator's scripts.

use clap::Subcommand;
use serde_json::json;

use super::Context;
use super::error::Error;
use super::output::{print, print_json, say};
use crate::accounts::audit::Source;
use crate::accounts::token;
use crate::accounts::user::Which;

/// Issue access tokens.
#[derive(Debug, Subcommand)]
pub(super) enum Token {
    /// Print an access token for an account, without its password; its session ends with it
    Issue {
        /// Username, email or id
        name: String,
        /// For how many minutes it is valid, up to 43200 (30 days)
        #[arg(long, value_name = "MINUTES", default_value_t = 30, value_parser = minutes)]
        ttl: u32,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
}

fn minutes(text: &str) -> Result<u32, String> {
    let minutes = text.parse().ok().filter(|minutes| (1..=43_200).contains(minutes));
    minutes.ok_or_else(|| "use a number from 1 to 43200".to_owned())
}

impl Token {
    pub(super) async fn run(self) -> Result<(), Error> {
        let Token::Issue { name, ttl, json } = self;
        let context = Context::open()?;
        let lifetime = chrono::Duration::minutes(ttl.into());
        let (user, token) = token::issue(&context.accounts, &Source::operator(), Which::Named(name), lifetime).await?;
        if json {
            return print_json(
                &json!({ "access_token": token, "token_type": "Bearer", "expires_in": i64::from(ttl) * 60 }),
            );
        }
        say(&format!("A token for {}, valid for {ttl} minutes:", user.username));
        print(&token)
    }
}
