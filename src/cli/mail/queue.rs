//! `vestibule mail queue`: mail that waits to be sent, or was given up.

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::super::Context;
use super::super::error::Error;
use super::super::list::{Column, Format, List, PAGE, Page};
use super::super::output::{minute, say};
use crate::accounts::audit::Source;
use crate::accounts::mail_queue::{self, Row, Which};
use crate::notation::rfc3339;

/// List, retry and drop mail that waits or could not be delivered.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum Queue {
    /// List what waits to be sent, and what was given up, with the reason
    List {
        #[command(flatten)]
        format: Format,
    },
    /// Send now what waits or was given up; a running server does it within seconds
    Retry(Letters),
    /// Remove mail without sending it
    Drop(Letters),
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub(in crate::cli) struct Letters {
    /// An id from `mail queue list --wide`, or an email address
    name: Option<String>,
    /// All of it
    #[arg(long)]
    all: bool,
}

impl Letters {
    fn which(self) -> Which {
        self.name.map_or(Which::All, Which::Named)
    }
}

impl Queue {
    pub(super) async fn run(self) -> Result<(), Error> {
        let context = Context::open()?;
        let (accounts, operator) = (&context.accounts, Source::operator());
        match self {
            Queue::List { format } => list(&context, format).await,
            Queue::Retry(letters) => {
                if context.config.mail.is_none() {
                    return Err(Error::Failed(
                        "mail is off, so nothing is sent: set `mail_transport` to smtp".to_owned(),
                    ));
                }
                let which = letters.which();
                let count = mail_queue::retry(accounts, &operator, which.clone()).await?;
                told(count, &which, "Due now")
            }
            Queue::Drop(letters) => {
                let which = letters.which();
                let count = mail_queue::drop(accounts, &operator, which.clone()).await?;
                told(count, &which, "Removed")
            }
        }
    }
}

fn told(count: usize, which: &Which, done: &str) -> Result<(), Error> {
    match which {
        Which::Named(name) if count == 0 => {
            Err(Error::NotFound(format!("No mail {name:?} in the queue: see `vestibule mail queue list`.")))
        }
        _ => {
            say(&format!("{done}: {count} {}.", if count == 1 { "message" } else { "messages" }));
            Ok(())
        }
    }
}

const COLUMNS: &[Column] = &[
    Column::whole("ID", 36).only_wide(),
    Column::cut("TO"),
    Column::cut("MAIL"),
    Column::whole("STATE", 8),
    Column::whole("TRIES", 6),
    Column::whole("WRITTEN (UTC)", 16).only_wide(),
    Column::whole("NEXT (UTC)", 16),
    Column::cut("LAST ERROR"),
];

async fn list(context: &Context, format: Format) -> Result<(), Error> {
    let mut list = List::new(format, COLUMNS);
    let mut after = None;
    loop {
        let rows = mail_queue::page(&context.accounts, after, PAGE).await?;
        after = list.print(Page::of(rows, |row| row.id.clone()), as_json, cells)?;
        if after.is_none() {
            return Ok(());
        }
    }
}

fn cells(row: &Row) -> Vec<String> {
    vec![
        row.id.clone(),
        row.recipient.clone(),
        row.kind.clone(),
        row.state().as_str().to_owned(),
        row.tries.to_string(),
        minute(row.created_at),
        row.next_try_at.map(minute).unwrap_or_default(),
        row.last_error.clone().unwrap_or_default(),
    ]
}

fn as_json(row: &Row) -> Value {
    json!({
        "id": row.id,
        "to": row.recipient,
        "mail": row.kind,
        "user_id": row.user_id,
        "state": row.state().as_str(),
        "tries": row.tries,
        "written_at": rfc3339(row.created_at),
        "next_try_at": row.next_try_at.map(rfc3339),
        "given_up_at": row.given_up_at.map(rfc3339),
        "last_error": row.last_error,
    })
}
