//! `vestibule audit`: who did what to whom, when and from where.

use std::io::{self, Write};
use std::time::Duration;

use clap::{Args, ValueEnum};
use serde_json::Value;

use super::Context;
use super::error::Error;
use super::list::{Column, Format, List, PAGE, Page};
use super::output::second;
use crate::accounts::Accounts;
use crate::accounts::audit::export::{self, EventDocument, Export};
use crate::accounts::audit::filter::{Asked, Filter};
use crate::accounts::audit::follow::Following;
use crate::accounts::audit::list::Row;
use crate::accounts::audit::search::{self, Order, Search};
use crate::texts::Message;

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
    /// Username, email or id: only what they did, or what was done to them; operator and system are users here
    #[arg(long, value_name = "NAME")]
    user: Option<String>,
    /// Only this event, such as login.failed, or group of events, such as login
    #[arg(long)]
    event: Option<String>,
    /// Only what came from this IP address
    #[arg(long, value_name = "IP")]
    address: Option<String>,
    /// Only from this day or time (UTC) on, such as 2030-01-31 or 2030-01-31T12:00:00Z
    #[arg(long, value_name = "TIME")]
    from: Option<String>,
    /// Only until this day, with all of it, or until this time
    #[arg(long, value_name = "TIME", conflicts_with = "follow")]
    until: Option<String>,
    /// Print a file for a spreadsheet or a program, as the page of admins has it
    #[arg(long, value_enum, value_name = "FORMAT", conflicts_with_all = ["follow", "wide", "json"])]
    export: Option<File>,
    #[command(flatten)]
    format: Format,
}

/// The formats of files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum File {
    /// A heading, then a row per event; an apostrophe stands before what a spreadsheet would take for a formula
    Csv,
    /// A JSON object per line
    Jsonl,
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
        let Audit { follow, user, event, address, from, until, export, format } = self;
        let filter = Asked { event, user, address, from, until }.read().map_err(|wrong| usage(&wrong))?;
        let context = Context::open()?;
        if let Some(file) = export {
            return write(&context, filter, file).await;
        }
        let list = List::of_lines(format, COLUMNS);
        let search = Search { filter, order: Order::EarliestFirst, after: None, limit: PAGE };
        match follow {
            true => self::follow(&context.accounts, list, search).await,
            false => print(&context.accounts, list, search).await,
        }
    }
}

/// Prints all there is, page by page.
async fn print(accounts: &Accounts, mut list: List, mut search: Search) -> Result<(), Error> {
    search.filter = search::settle(accounts, search.filter).await?;
    loop {
        let found = search::page(accounts, search.clone()).await?;
        search.after = list.print(Page { rows: found.rows, next: found.next }, as_json, cells)?;
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

/// Unlike with a list, a closed pipe is an error: an export that is cut off is incomplete.
async fn write(context: &Context, filter: Filter, file: File) -> Result<(), Error> {
    let format = match file {
        File::Csv => export::Format::Csv,
        File::Jsonl => export::Format::JsonLines,
    };
    let (mut export, beginning) = Export::begin(&context.accounts, filter, format).await?;
    let mut stdout = io::stdout().lock();
    stdout.write_all(&beginning)?;
    while let Some(part) = export.next().await? {
        stdout.write_all(&part)?;
    }
    Ok(stdout.flush()?)
}

/// One sentence for filters that can't be used.
fn usage(wrong: &[(&str, Message)]) -> Error {
    let told: Vec<String> = wrong.iter().map(|(name, why)| format!("--{name}: {why}")).collect();
    Error::Usage(told.join(" "))
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
    serde_json::to_value(EventDocument::of(row)).unwrap_or_default()
}
