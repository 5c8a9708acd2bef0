//! Lists on stdout, as a table that fits 80 columns, as one with all columns, or as JSON. They are read a page at a
//! time, so that a long list needs no more memory than a page.

mod table;

use std::io::{self, Write};

use clap::Args;
use serde_json::Value;

use super::error::Error;
use super::output::{escaped, json_text};
use table::Table;

pub(super) use table::Column;

/// How many rows a page has.
pub(super) const PAGE: u32 = 500;

/// How a list is printed.
#[derive(Debug, Clone, Copy, Args)]
#[group(multiple = false)]
pub(super) struct Format {
    /// Print all columns, each in full, however wide that gets
    #[arg(long)]
    wide: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// A list that is being printed.
pub(super) struct List {
    shape: Shape,
    /// Whether the reader of the output has closed it, as `head` does.
    is_over: bool,
}

enum Shape {
    Table(Table),
    Json {
        is_empty: bool,
    },
    /// JSON with an object on each line, for lists that may never end.
    Lines,
}

/// A page of rows, and where the next one begins.
pub(super) struct Page<T, A> {
    pub rows: Vec<T>,
    pub next: Option<A>,
}

impl<T, A> Page<T, A> {
    /// A page of at most [`PAGE`] rows. If it is full, the next one begins after its last row.
    pub fn of(rows: Vec<T>, key: impl Fn(&T) -> A) -> Page<T, A> {
        let is_full = rows.len() >= PAGE as usize;
        let next = rows.last().filter(|_| is_full).map(key);
        Page { rows, next }
    }
}

impl List {
    pub fn new(format: Format, columns: &'static [Column]) -> List {
        let shape =
            if format.json { Shape::Json { is_empty: true } } else { Shape::Table(Table::new(columns, format.wide)) };
        List { shape, is_over: false }
    }

    /// A list whose JSON has an object on each line.
    pub fn of_lines(format: Format, columns: &'static [Column]) -> List {
        let shape = if format.json { Shape::Lines } else { Shape::Table(Table::new(columns, format.wide)) };
        List { shape, is_over: false }
    }

    /// Prints a page. Returns where the next one begins, if there is one and the output is still open.
    pub fn print<T, A>(
        &mut self,
        page: Page<T, A>,
        as_json: impl Fn(&T) -> Value,
        cells: impl Fn(&T) -> Vec<String>,
    ) -> Result<Option<A>, Error> {
        let is_last = page.next.is_none();
        let text = match &mut self.shape {
            Shape::Table(table) => table.lines(page.rows.iter().map(cells).collect(), is_last),
            Shape::Lines => page.rows.iter().map(|row| escaped(&as_json(row).to_string()) + "\n").collect(),
            Shape::Json { is_empty } => {
                let mut text = String::new();
                for row in &page.rows {
                    text.push_str(if *is_empty { "[\n  " } else { ",\n  " });
                    *is_empty = false;
                    text.push_str(&json_text(&as_json(row))?.replace('\n', "\n  "));
                }
                match (is_last, *is_empty) {
                    (true, true) => text.push_str("[]\n"),
                    (true, false) => text.push_str("\n]\n"),
                    (false, _) => {}
                }
                text
            }
        };
        self.write(&text)?;
        Ok(page.next.filter(|_| !self.is_over))
    }

    fn write(&mut self, text: &str) -> Result<(), Error> {
        let mut stdout = io::stdout().lock();
        match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => self.is_over = true,
            written => written?,
        }
        Ok(())
    }
}
