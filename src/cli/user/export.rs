//! `vestibule user export`

use std::io::{self, BufWriter, IsTerminal, Write};

use chrono::NaiveDateTime;
use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use super::super::Context;
use super::super::error::Error;
use super::super::output::{escaped, say};
use super::cell::{self, HEADING};
use crate::accounts::audit::Source;
use crate::accounts::user::WaitsFor;
use crate::accounts::user::export::{self, Exported};

/// Print all accounts as an import reads them, with their password hashes.
///
/// In CSV an apostrophe stands before what a spreadsheet would take for a formula; an import takes it off.
#[derive(Debug, Args)]
pub(crate) struct Export {
    /// How to write it
    #[arg(long, value_enum, default_value = "csv")]
    format: Format,
}

/// How accounts are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A heading, then a row per account
    Csv,
    /// A JSON object per line
    Jsonl,
}

impl Export {
    pub(super) async fn run(self) -> Result<(), Error> {
        let context = Context::open()?;
        let accounts = &context.accounts;
        if io::stdout().is_terminal() {
            say("This prints the password hashes of everyone: send it to a file that only you can read.");
        }
        export::begin(accounts, &Source::operator()).await?;
        let (mut output, mut count) = (BufWriter::new(io::stdout().lock()), 0);
        if self.format == Format::Csv {
            line(&mut output, &csv_line(&HEADING.map(str::to_owned))?)?;
        }
        let mut after = String::new();
        loop {
            let page = export::page(accounts, &after).await?;
            let Some(last) = page.last().map(|account| account.user.id.clone()) else { break };
            for account in &page {
                let text = match self.format {
                    Format::Csv => csv_line(&cells(account))?,
                    Format::Jsonl => escaped(&object(account).to_string()),
                };
                line(&mut output, &text)?;
            }
            count += page.len();
            after = last;
        }
        output.flush()?;
        say(&format!("Exported {count} accounts with their password hashes: keep them as safe as the database."));
        Ok(())
    }
}

/// Unlike with a list, a closed pipe is an error: an export that is cut off is incomplete.
fn line(output: &mut impl Write, text: &str) -> Result<(), Error> {
    output.write_all(text.as_bytes())?;
    Ok(output.write_all(b"\n")?)
}

fn csv_line(cells: &[String]) -> Result<String, Error> {
    let failed = |error: String| Error::Failed(error);
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(Vec::new());
    writer.write_record(cells).map_err(|error| failed(error.to_string()))?;
    let bytes = writer.into_inner().map_err(|error| failed(error.to_string()))?;
    let text = String::from_utf8(bytes).map_err(|error| failed(error.to_string()))?;
    Ok(text.trim_end_matches('\n').to_owned())
}

fn cells(account: &Exported) -> [String; HEADING.len()] {
    let user = &account.user;
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    [
        user.id.clone(),
        user.username.clone(),
        text(&account.former_name),
        text(&user.email),
        user.email.as_ref().map(|_| user.email_confirmed_at.is_some().to_string()).unwrap_or_default(),
        user.display_name.clone(),
        text(&account.password_hash),
        account.roles.join(","),
        user.disabled_at.is_none().to_string(),
        user.waits_for().map(WaitsFor::as_str).unwrap_or_default().to_owned(),
        exact(user.created_at),
        user.deletes_at.map(exact).unwrap_or_default(),
        account.data.as_deref().map(escaped).unwrap_or_default(),
    ]
    .map(|cell| cell::write(&cell))
}

fn object(account: &Exported) -> Value {
    let user = &account.user;
    let mut object = json!({
        "id": user.id,
        "username": user.username,
        "former_name": account.former_name,
        "email": user.email,
        "email_confirmed": user.email.as_ref().map(|_| user.email_confirmed_at.is_some()),
        "name": user.display_name,
        "password_hash": account.password_hash,
        "roles": account.roles,
        "active": user.disabled_at.is_none(),
        "waits_for": user.waits_for().map(WaitsFor::as_str),
        "created": exact(user.created_at),
        "deletes_at": user.deletes_at.map(exact),
    });
    // No data at all differs from data that is null, so nothing is inserted for it.
    if let Some(data) = account.data.as_deref().and_then(|data| serde_json::from_str(data).ok()) {
        object["data"] = data;
    }
    object
}

/// A time as precise as it is stored.
fn exact(at: NaiveDateTime) -> String {
    at.format("%Y-%m-%dT%H:%M:%S%.fZ").to_string()
}
