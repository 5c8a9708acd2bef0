//! `vestibule throttle`: login attempts that were used up.
//!
//! The limits of networks are in the memory of the server and recover by themselves, so they are neither listed nor
//! cleared.

use clap::{Args, Subcommand};
use serde_json::json;

use super::Context;
use super::error::Error;
use super::list::{Column, Format, List, PAGE, Page};
use super::output::{minute, say};
use crate::accounts::audit::Source;
use crate::accounts::throttle::{self, Row, Who};
use crate::accounts::user::Which;
use crate::db;
use crate::notation::rfc3339;

/// List and clear login attempts that were used up. What a network has left is in the server's memory, not here.
#[derive(Debug, Subcommand)]
pub(super) enum Throttle {
    /// List accounts whose attempts were used up, and by whom
    List {
        /// Only those with this text in the username
        search: Option<String>,
        #[command(flatten)]
        format: Format,
    },
    /// Clear the attempts at an account, whoever made them, or at all accounts
    Clear(Clear),
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub(super) struct Clear {
    /// Username, email or id
    name: Option<String>,
    /// Those of all accounts, and of unknown names
    #[arg(long)]
    all: bool,
}

impl Throttle {
    pub(super) async fn run(self) -> Result<(), Error> {
        match self {
            Throttle::List { search, format } => list(search, format).await,
            Throttle::Clear(clear) => clear.run().await,
        }
    }
}

const COLUMNS: &[Column] = &[
    Column::cut("ACCOUNT"),
    Column::whole("TRIED BY", 17),
    Column::whole("USED UP", 7),
    Column::whole("24 HOURS", 8),
    Column::whole("NEXT (UTC)", 16),
];

async fn list(text: Option<String>, format: Format) -> Result<(), Error> {
    let context = Context::open()?;
    let limits = &context.accounts.limits;
    let mut list = List::new(format, COLUMNS);
    let mut after = None;
    loop {
        let rows = throttle::page(&context.accounts, text.clone(), after, PAGE).await?;
        let Page { rows, next } = Page::of(rows, |row| row.subject.clone());
        let rows = rows.into_iter().map(|row| (row.level(limits), row));
        let spent = rows.filter(|(used, row)| *used > 0 || row.spent.day_count > 0).collect();
        after = list.print(Page { rows: spent, next }, as_json, cells)?;
        if after.is_none() {
            return Ok(());
        }
    }
}

fn as_json((used, row): &(i64, Row)) -> serde_json::Value {
    json!({
        "subject": row.subject,
        "username": row.username,
        "who": words(row.who).0,
        "spent": used,
        "today": row.spent.day_count,
        "next_at": rfc3339(row.spent.next_at),
    })
}

fn cells((used, row): &(i64, Row)) -> Vec<String> {
    let whose = row.username.clone().unwrap_or_else(|| row.subject.clone());
    let next = if row.spent.next_at > db::now() { minute(row.spent.next_at) } else { "now".to_owned() };
    vec![whose, words(row.who).1.to_owned(), used.to_string(), row.spent.day_count.to_string(), next]
}

/// Who made the attempts, as a word for programs and as one for people.
fn words(who: Who) -> (&'static str, &'static str) {
    match who {
        Who::Strangers => ("strangers", "strangers"),
        Who::Browser => ("browser", "a known browser"),
        Who::Program => ("program", "a known program"),
        Who::SignedIn => ("signed-in", "someone signed in"),
        Who::Resets => ("resets", "links by mail"),
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
