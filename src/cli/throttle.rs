//! `vestibule throttle`: who has to wait, and forgetting it.
//!
//! The buckets of networks are in the server's memory and refill by themselves; they are neither listed nor cleared.

use clap::{Args, Subcommand};
use serde_json::json;

use super::House;
use super::error::Error;
use super::output::{moment, print_json, print_table, say, timestamp};
use crate::accounts::audit::Source;
use crate::accounts::throttle::{self, Limits, Row, Subject};
use crate::accounts::user::Which;
use crate::db;

/// List and forget spent attempts at passwords. What a network has left is in the server's memory, not here.
#[derive(Debug, Subcommand)]
pub(super) enum Throttle {
    /// List accounts, known browsers and unknown names of which attempts are spent
    List {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Forget the attempts at an account, or all of them
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
    let house = House::open()?;
    let rows = throttle::list(&house.accounts).await?;
    let limits = &house.accounts.limits;
    let rows: Vec<(&Row, i64)> = rows
        .iter()
        .map(|row| (row, spent(row, limits)))
        .filter(|(row, spent)| *spent > 0 || row.spent.day_count > 0)
        .collect();
    if json {
        let values = rows.iter().map(|(row, spent)| {
            json!({
                "subject": row.subject,
                "username": row.username,
                "spent": spent,
                "today": row.spent.day_count,
                "next_at": timestamp(row.spent.next_at),
            })
        });
        return print_json(&values.collect::<Vec<_>>());
    }
    let cells = |(row, spent): &(&Row, i64)| {
        let subject = row.username.clone().unwrap_or_else(|| row.subject.clone());
        let next = if row.spent.next_at > db::now() { moment(row.spent.next_at) } else { "now".to_owned() };
        vec![subject, spent.to_string(), row.spent.day_count.to_string(), next]
    };
    print_table(&["SUBJECT", "SPENT", "IN 24 HOURS", "NEXT ATTEMPT"], &rows.iter().map(cells).collect::<Vec<_>>())
}

/// How many attempts are spent now.
fn spent(row: &Row, limits: &Limits) -> i64 {
    let budget = Subject::parse(&row.subject).map(|subject| limits.of(&subject));
    budget.unwrap_or(&limits.account).level(row.spent.spent_until, db::now())
}

impl Clear {
    async fn run(self) -> Result<(), Error> {
        let house = House::open()?;
        let whose = self.name.map(Which::Named);
        let count = throttle::forget(&house.accounts, &Source::operator(), whose).await?;
        say(&format!("Forgotten: {count}"));
        Ok(())
    }
}
