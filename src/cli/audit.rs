//! `vestibule audit`: who did what to whom, when and from where.

use std::time::Duration;

use clap::Args;
use serde_json::{Value, json};

use super::Context;
use super::error::Error;
use super::list::{Column, Format, List, PAGE, Page};
use super::output::second;
use crate::accounts::Accounts;
use crate::accounts::audit::follow::Following;
use crate::accounts::audit::list::{self, Order, Row, Search};
use crate::accounts::user::Which;
use crate::notation::rfc3339;

/// How many of the latest events `--follow` begins with.
const BEGINNING: u32 = 10;

/// How long `--follow` waits before it looks again.
const PAUSE: Duration = Duration::from_secs(1);

/// Show who did what to whom, when and from where, the earliest first.
///
/// With --json each event is an object on a line of its own.
#[derive(Debug, Args)]
pub(super) struct Audit {
    /// Show the latest events, then those to come, until interrupted
    #[arg(long)]
    follow: bool,
    /// Only what this user did, or what was done to them: username, email or id
    #[arg(long, value_name = "NAME")]
    user: Option<String>,
    /// Only this event, such as login.failed, or group of events, such as login
    #[arg(long)]
    event: Option<String>,
    #[command(flatten)]
    format: Format,
}

const COLUMNS: &[Column] = &[
    Column::whole("TIME (UTC)", 19),
    Column::cut("EVENT"),
    Column::cut("BY"),
    Column::cut("USER"),
    Column::cut("DETAIL"),
    Column::whole("ADDRESS", 39).only_wide(),
    Column::cut("BROWSER").only_wide(),
    Column::whole("REQUEST", 36).only_wide(),
];

impl Audit {
    pub(super) async fn run(self) -> Result<(), Error> {
        let context = Context::open()?;
        let list = List::of_lines(self.format, COLUMNS);
        let whose = self.user.map(Which::Named);
        let search = Search { event: self.event, whose, order: Order::EarliestFirst, after: None, limit: PAGE };
        match self.follow {
            true => follow(&context.accounts, list, search).await,
            false => print(&context.accounts, list, search).await,
        }
    }
}

/// Prints all there is, page by page.
async fn print(accounts: &Accounts, mut list: List, mut search: Search) -> Result<(), Error> {
    loop {
        let rows = list::page(accounts, search.clone()).await?;
        let next = rows.last().filter(|_| rows.len() >= PAGE as usize).map(|row| row.id.clone());
        search.after = list.print(Page { rows, next }, as_json, cells)?;
        if search.after.is_none() {
            return Ok(());
        }
    }
}

/// Prints the latest events, then new ones, until nobody reads them any more.
async fn follow(accounts: &Accounts, mut list: List, search: Search) -> Result<(), Error> {
    let (mut following, mut rows) = Following::begin(accounts, search, BEGINNING).await?;
    while list.print(Page { rows, next: Some(()) }, as_json, cells)?.is_some() {
        rows = loop {
            let new = following.next(accounts).await?;
            if !new.is_empty() {
                break new;
            }
            tokio::time::sleep(PAUSE).await;
        };
    }
    Ok(())
}

fn cells(row: &Row) -> Vec<String> {
    // A deleted user has only an id.
    let name = |name: &Option<String>, id: &Option<String>| name.clone().or_else(|| id.clone()).unwrap_or_default();
    vec![
        second(row.at),
        row.event.clone(),
        name(&row.actor_name, &row.actor),
        name(&row.target_name, &row.target),
        row.detail.clone().unwrap_or_default(),
        row.address.clone().unwrap_or_default(),
        row.user_agent.clone().unwrap_or_default(),
        row.request_id.clone(),
    ]
}

fn as_json(row: &Row) -> Value {
    json!({
        "id": row.id,
        "at": rfc3339(row.at),
        "event": row.event,
        "actor": row.actor,
        "actor_name": row.actor_name,
        "target": row.target,
        "target_name": row.target_name,
        "address": row.address,
        "user_agent": row.user_agent,
        "request_id": row.request_id,
        "detail": row.detail,
    })
}
