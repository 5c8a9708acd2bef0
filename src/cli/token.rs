//! `vestibule token`: access tokens for scripts of the operator.

use clap::Subcommand;
use serde_json::json;

use super::House;
use super::error::Error;
use super::output::{print, print_json, say};
use crate::accounts::audit::Source;
use crate::accounts::token;
use crate::accounts::user::{self, Which};
use crate::accounts::work::Work;

/// Issue access tokens.
#[derive(Debug, Subcommand)]
pub(super) enum Token {
    /// Print an access token for an account, without its password; its session ends with it
    Issue {
        /// Whose (username, e-mail address or id)
        name: String,
        /// For how many minutes it is valid; at most 30 days
        #[arg(long, value_name = "MINUTES", default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..=43_200))]
        ttl: u32,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
}

impl Token {
    pub(super) async fn run(self) -> Result<(), Error> {
        let Token::Issue { name, ttl, json } = self;
        let house = House::open()?;
        let accounts = &house.accounts;
        let user = accounts.read_blocking(|connection| user::get(connection, &Which::Named(name.to_owned())))?;
        if user.disabled_at.is_some() {
            return Err(Error::Failed(format!("{} is disabled: enable the account first", user.username)));
        }
        let lifetime = chrono::Duration::minutes(ttl.into());
        let issue = |work: &mut Work<'_>| token::issue(work, accounts, &user.id, lifetime);
        let token = accounts.write_blocking(Source::operator(), issue)?;
        if json {
            return print_json(
                &json!({ "access_token": token, "token_type": "Bearer", "expires_in": i64::from(ttl) * 60 }),
            );
        }
        say(&format!("A token for {}, valid for {ttl} minutes:", user.username));
        print(&token)
    }
}
