//! Passes rows from the thread that reads a file to the one that stages them.

use std::sync::mpsc::SyncSender;

use crate::accounts::user::import::{Row, Wrong};

/// A row, or what is wrong with it.
pub(super) type Read = Result<Row, Wrong>;

/// Why a file is not read any further.
#[derive(Debug)]
pub(super) enum Stop {
    /// The other thread takes no more rows.
    Enough,
    /// The rest can't be parsed.
    Broken(String),
}

/// Takes rows, and passes them on in batches. It blocks while enough batches are waiting.
pub(super) struct Feed {
    rows: Vec<Read>,
    batch: usize,
    sender: SyncSender<Vec<Read>>,
}

impl Feed {
    pub(super) fn new(batch: usize, sender: SyncSender<Vec<Read>>) -> Feed {
        Feed { rows: Vec::with_capacity(batch), batch, sender }
    }

    /// Takes a row.
    ///
    /// # Errors
    /// When the other thread takes no more rows.
    pub(super) fn push(&mut self, row: Read) -> Result<(), Stop> {
        self.rows.push(row);
        if self.rows.len() < self.batch {
            return Ok(());
        }
        self.send()
    }

    /// Passes on the last rows.
    ///
    /// # Errors
    /// When the other thread takes no more rows.
    pub(super) fn send(&mut self) -> Result<(), Stop> {
        self.sender.send(std::mem::take(&mut self.rows)).map_err(|_| Stop::Enough)
    }
}
