//! `vestibule throttle`: who has to wait, and forgetting it.
//!
//! The buckets of networks are in the server's memory and refill by themselves; they are neither listed nor cleared.

use clap::{Args, Subcommand};
use serde_json::json;

use super::Context;
use super::error::Error;
use super::output::{moment, print_json, print_table, say};
use crate::accounts::audit::Source;
use crate::accounts::throttle::{self, Row, Who};
use crate::accounts::user::Which;
use crate::db;
use crate::notation::rfc3339;

/// List and forget login attempts that were used up. What a network has left is in the server's memory, not here.
#[derive(Debug, Subcommand)]
pub(super) enum Throttle {
    /// List whose attempts were used up, and by whom: strangers, known browsers and programs, or someone signed in
    List {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Forget all attempts at an account, whoever made them, or those at all accounts
    Clear(Clear),
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub(super) struct Clear {
    /// Whose (username, e-mail address or id)
    name: Option<String>,
    /// Everyone's, those of unknown names included
    #[arg(long)]
    all: bool,
}

impl Throttle {
    pub(super) async fn run(self) -> Result<(), Error> {
        match self {
            Throttle::List { json } => list(json).await,
            Throttle::Clear(clear) => clear.run().await,
        }
    }
}

async fn list(json: bool) -> Result<(), Error> {
    let context = Context::open()?;
    let rows = throttle::list(&context.accounts).await?;
    let limits = &context.accounts.limits;
    let rows: Vec<(&Row, i64)> = rows
        .iter()
        .map(|row| (row, row.level(limits)))
        .filter(|(row, used)| *used > 0 || row.spent.day_count > 0)
        .collect();
    if json {
        let values = rows.iter().map(|(row, used)| {
            json!({
                "subject": row.subject,
                "username": row.username,
                "who": words(row.who).0,
                "spent": used,
                "today": row.spent.day_count,
                "next_at": rfc3339(row.spent.next_at),
            })
        });
        return print_json(&values.collect::<Vec<_>>());
    }
    let cells = |(row, used): &(&Row, i64)| {
        let whose = row.username.clone().unwrap_or_else(|| row.subject.clone());
        let next = if row.spent.next_at > db::now() { moment(row.spent.next_at) } else { "now".to_owned() };
        vec![whose, words(row.who).1.to_owned(), used.to_string(), row.spent.day_count.to_string(), next]
    };
    let heading = ["ACCOUNT", "TRIED BY", "USED UP", "IN 24 HOURS", "NEXT ATTEMPT"];
    print_table(&heading, &rows.iter().map(cells).collect::<Vec<_>>())
}

/// Who tries, for programs and for people.
fn words(who: Who) -> (&'static str, &'static str) {
    match who {
        Who::Strangers => ("strangers", "strangers"),
        Who::Browser => ("browser", "a known browser"),
        Who::Program => ("program", "a known program"),
        Who::SignedIn => ("signed-in", "someone signed in"),
    }
}

impl Clear {
    async fn run(self) -> Result<(), Error> {
        let context = Context::open()?;
        let whose = self.name.map(Which::Named);
        let count = throttle::forget(&context.accounts, &Source::operator(), whose).await?;
        say(&format!("Cleared {count} {}.", if count == 1 { "record" } else { "records" }));
        Ok(())
    }
}
