//! The progress of an import and the time left, on a terminal.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use indicatif::{ProgressBar, ProgressStyle};

use crate::cli::output::say;

/// A line on stderr that is redrawn; nothing where stderr is no terminal.
pub(super) struct Progress {
    bar: ProgressBar,
    /// How many bytes were read; none when rows are counted instead.
    read: Option<Arc<AtomicU64>>,
    rows: u64,
}

impl Progress {
    /// The progress of reading a file of this many bytes, or a table of this many rows.
    pub(super) fn of_reading(bytes: Option<u64>, read: Option<Arc<AtomicU64>>, rows: Option<u64>) -> Progress {
        let bar = match bytes.filter(|_| read.is_some()).or(rows) {
            Some(length) => bar(length, "{bar:24} {percent}%, {msg}, {eta} left"),
            None => bar(0, "{spinner} {msg}"),
        };
        Progress { bar, read, rows: 0 }
    }

    /// The progress of creating this many accounts.
    pub(super) fn of_making(accounts: u64) -> Progress {
        Progress { bar: bar(accounts, "{bar:24} {percent}%, {msg}, {eta} left"), read: None, rows: 0 }
    }

    /// Adds to the number of finished rows.
    pub(super) fn advance(&mut self, rows: usize) {
        self.done("rows read", self.rows + rows as u64);
    }

    /// Sets the number of finished rows.
    pub(super) fn done(&mut self, what: &str, rows: u64) {
        self.rows = rows;
        self.bar.set_position(self.read.as_ref().map_or(rows, |read| read.load(Ordering::Relaxed)));
        let seconds = self.bar.elapsed().as_secs_f64().max(0.001);
        self.bar.set_message(format!("{rows} {what}, {:.0} a second", rows as f64 / seconds));
    }

    /// Prints a message above the line.
    pub(super) fn say(&self, text: &str) {
        self.bar.suspend(|| say(text));
    }

    /// Removes the line.
    pub(super) fn end(&self) {
        self.bar.finish_and_clear();
    }
}

fn bar(length: u64, template: &str) -> ProgressBar {
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(length).with_style(style)
}
