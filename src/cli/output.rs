//! What commands print: data on stdout, talk on stderr. A closed pipe is no reason to panic.

use std::io::{self, Write};

use chrono::NaiveDateTime;
use serde::Serialize;

use super::error::Error;
use crate::accounts::names::is_forbidden;

/// A line of talk on stderr, if anyone listens.
pub(super) fn say(text: &str) {
    let _ = writeln!(io::stderr(), "{text}");
}

/// A line of data on stdout. Whoever closed the pipe, such as `head`, has seen enough: that is no error.
pub(super) fn print(text: &str) -> Result<(), Error> {
    match writeln!(io::stdout(), "{text}").and_then(|()| io::stdout().flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => Ok(written?),
    }
}

/// A value as JSON on stdout, with every character that could steer a terminal as an escape.
pub(super) fn print_json(value: &impl Serialize) -> Result<(), Error> {
    let text = serde_json::to_string_pretty(value).map_err(|error| Error::Failed(error.to_string()))?;
    print(&escaped(&text))
}

/// Rows in columns, with a heading; nothing but the heading when there are none.
pub(super) fn print_table(heading: &[&str], rows: &[Vec<String>]) -> Result<(), Error> {
    let rows: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(|cell| plain(cell)).collect()).collect();
    let width = |column: usize| {
        let cells = rows.iter().map(|row| row[column].chars().count());
        cells.chain([heading[column].len()]).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..heading.len()).map(width).collect();
    let line = |cells: Vec<&str>| {
        let padded = cells.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}"));
        padded.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    let mut lines = vec![line(heading.to_vec())];
    lines.extend(rows.iter().map(|row| line(row.iter().map(String::as_str).collect())));
    print(&lines.join("\n"))
}

/// The same JSON without control and bidi characters. Outside of texts JSON has only line breaks of these, and inside
/// of them an escape means the same.
fn escaped(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    for c in json.chars() {
        if c != '\n' && is_forbidden(c) {
            let mut units = [0; 2];
            escaped.extend(c.encode_utf16(&mut units).iter().map(|unit| format!("\\u{unit:04x}")));
        } else {
            escaped.push(c);
        }
    }
    escaped
}

/// Text that can't move the cursor or turn the writing direction of a terminal, whoever typed it.
fn plain(text: &str) -> String {
    text.replace(is_forbidden, "\u{FFFD}")
}

/// A moment for tables.
pub(super) fn moment(at: NaiveDateTime) -> String {
    at.format("%Y-%m-%d %H:%M UTC").to_string()
}
