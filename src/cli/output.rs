//! What commands print: data on stdout, messages on stderr. A closed pipe must not cause a panic.

use std::io::{self, Write};
use std::os::fd::AsFd;
use std::os::unix::fs::MetadataExt;

use chrono::NaiveDateTime;
use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::columns::line;
use super::error::Error;

pub(super) use crate::accounts::names::{escaped, plain};
pub(super) use crate::notation::moment;

/// A message on stderr; nothing when stderr is closed.
pub(super) fn say(text: &str) {
    let _ = writeln!(io::stderr(), "{text}");
}

/// A line of data on stdout. A closed pipe is no error: `head`, for example, closes it once it has enough.
pub(super) fn print(text: &str) -> Result<(), Error> {
    match writeln!(io::stdout(), "{text}").and_then(|()| io::stdout().flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => Ok(written?),
    }
}

/// The same for output that must not be lost: here a closed stdout is an error.
pub(super) fn print_or_fail(text: &str) -> Result<(), Error> {
    let lost = |error: io::Error| Error::Failed(format!("stdout can't be written ({error}). Nothing was changed."));
    if is_closed(io::stdout()).map_err(lost)? {
        return Err(lost(io::Error::from(io::ErrorKind::BrokenPipe)));
    }
    writeln!(io::stdout(), "{text}").and_then(|()| io::stdout().flush()).map_err(lost)
}

/// Whether stdout was closed when the program began. Rust then opens `/dev/null` in its place for reading and writing;
/// a shell that redirects output opens it for writing only.
fn is_closed(stdout: impl AsFd) -> io::Result<bool> {
    let null = std::fs::metadata("/dev/null").map(|null| null.rdev()).unwrap_or_default();
    let is_null = rustix::fs::fstat(&stdout)?.st_rdev == null;
    Ok(is_null && rustix::fs::fcntl_getfl(&stdout)?.contains(rustix::fs::OFlags::RDWR))
}

/// A value as JSON on stdout. Characters that could control a terminal are escaped.
pub(super) fn print_json(value: &impl Serialize) -> Result<(), Error> {
    print(&json_text(value)?)
}

/// The same for output that must not be lost.
pub(super) fn print_json_or_fail(value: &impl Serialize) -> Result<(), Error> {
    print_or_fail(&json_text(value)?)
}

pub(super) fn json_text(value: &impl Serialize) -> Result<String, Error> {
    let text = serde_json::to_string_pretty(value).map_err(|error| Error::Failed(error.to_string()))?;
    Ok(escaped(&text))
}

/// A few rows in columns, with a heading, which is printed even if there are no rows.
pub(super) fn print_table(heading: &[&str], rows: &[Vec<String>]) -> Result<(), Error> {
    let heading: Vec<String> = heading.iter().map(|cell| (*cell).to_owned()).collect();
    let rows = rows.iter().map(|row| row.iter().map(|cell| plain(cell)).collect());
    let all: Vec<Vec<String>> = std::iter::once(heading).chain(rows).collect();
    let width = |column: usize| all.iter().map(|row| row[column].width()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..all[0].len()).map(width).collect();
    let lines: Vec<String> = all.iter().map(|row| line(row, &widths)).collect();
    print(&lines.join("\n"))
}

/// A time to the minute, for tables whose heading says that it is UTC.
pub(super) fn minute(at: NaiveDateTime) -> String {
    at.format("%Y-%m-%d %H:%M").to_string()
}

/// The same to the second.
pub(super) fn second(at: NaiveDateTime) -> String {
    at.format("%Y-%m-%d %H:%M:%S").to_string()
}
