//! The audit as a file, a page at a time: however long it is, no more than a page of it is in memory, and the database
//! is not held while somebody reads slowly.

use serde::Serialize;
use utoipa::ToSchema;

use super::filter::Filter;
use super::row::Row;
use super::search::{self, Order, Search};
use crate::accounts::Accounts;
use crate::accounts::names::{escaped, plain};
use crate::accounts::user;
use crate::db;
use crate::notation::{cell, rfc3339};

/// How many rows are read at a time.
const PAGE: u32 = 500;

/// An event, for programs.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AuditEvent)]
pub struct EventDocument<'a> {
    /// A UUID; ids sort by the time they were made.
    id: &'a str,
    /// RFC 3339, UTC.
    at: String,
    /// The name, such as `login.succeeded`.
    event: &'a str,
    /// The id of the user who did it, `operator` for the command line, `system` for the program itself; null for a
    /// stranger.
    actor: Option<&'a str>,
    /// Their username, as long as there is one.
    actor_name: Option<&'a str>,
    /// The id of the user it was done to.
    target: Option<&'a str>,
    /// Their username, as long as there is one.
    target_name: Option<&'a str>,
    /// The address it came from.
    address: Option<&'a str>,
    /// What the browser or program said it was.
    user_agent: Option<&'a str>,
    /// The same for all that one request caused.
    request_id: &'a str,
    /// What else there is to know.
    detail: Option<&'a str>,
}

/// The columns of a CSV file, in the order of its cells.
const HEADING: &str = "at,event,actor_name,target_name,address,user_agent,detail,request_id,actor,target,id\r\n";

/// How it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A heading, then a row per event (RFC 4180). No cell is a formula.
    Csv,
    /// A JSON object per line.
    JsonLines,
}

/// An export that goes on.
#[derive(Clone)]
pub struct Export {
    accounts: Accounts,
    search: Search,
    format: Format,
    is_over: bool,
}

impl<'a> EventDocument<'a> {
    /// Of a row.
    pub fn of(row: &'a Row) -> EventDocument<'a> {
        EventDocument {
            id: &row.id,
            at: rfc3339(row.at),
            event: &row.event,
            actor: row.actor.as_deref(),
            actor_name: row.actor_name.as_deref(),
            target: row.target.as_deref(),
            target_name: row.target_name.as_deref(),
            address: row.address.as_deref(),
            user_agent: row.user_agent.as_deref(),
            request_id: &row.request_id,
            detail: row.detail.as_deref(),
        }
    }
}

impl Export {
    /// Of what there is by now, the earliest first. Answers its beginning too.
    ///
    /// # Errors
    /// [`user::Error::NotFound`] when nobody of that name is known, and when the database does not answer.
    pub async fn begin(accounts: &Accounts, filter: Filter, format: Format) -> Result<(Export, Vec<u8>), user::Error> {
        let now = db::now();
        let until = Some(filter.until.map_or(now, |until| until.min(now)));
        let filter = search::settle(accounts, Filter { until, ..filter }).await?;
        let search = Search { filter, order: Order::EarliestFirst, after: None, limit: PAGE };
        let mut export = Export { accounts: accounts.clone(), search, format, is_over: false };
        let mut beginning = match format {
            Format::Csv => HEADING.as_bytes().to_vec(),
            Format::JsonLines => Vec::new(),
        };
        beginning.extend(export.next().await?.unwrap_or_default());
        Ok((export, beginning))
    }

    /// The next part; none when that was all.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn next(&mut self) -> Result<Option<Vec<u8>>, user::Error> {
        if self.is_over {
            return Ok(None);
        }
        let found = search::page(&self.accounts, self.search.clone()).await?;
        self.is_over = found.next.is_none();
        self.search.after = found.next;
        Ok(Some(found.rows.iter().flat_map(|row| self.format.line(row)).collect()))
    }
}

impl Format {
    /// The end of the file's name.
    pub fn ending(self) -> &'static str {
        match self {
            Format::Csv => "csv",
            Format::JsonLines => "jsonl",
        }
    }

    /// A row, with its line break.
    fn line(self, row: &Row) -> Vec<u8> {
        match self {
            Format::Csv => csv_line(row),
            Format::JsonLines => {
                let text = serde_json::to_string(&EventDocument::of(row)).unwrap_or_default();
                (escaped(&text) + "\n").into_bytes()
            }
        }
    }
}

/// What could steer a terminal or turn the order of letters round is replaced, since CSV has no way to write it.
fn csv_line(row: &Row) -> Vec<u8> {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let cells = [
        rfc3339(row.at),
        row.event.clone(),
        text(&row.actor_name),
        text(&row.target_name),
        text(&row.address),
        text(&row.user_agent),
        text(&row.detail),
        row.request_id.clone(),
        text(&row.actor),
        text(&row.target),
        row.id.clone(),
    ];
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    // Writing into memory does not fail.
    let _ = writer.write_record(cells.iter().map(|text| cell(&plain(text))));
    writer.into_inner().unwrap_or_default()
}

#[cfg(test)]
mod tests;
