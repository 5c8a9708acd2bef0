//! Refusals that wait to be written.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync;

use super::kind::Refusal;
use crate::accounts::source::Source;

/// The most refusals that wait: a database that is locked does not collect more.
const MOST_WAITING: usize = 64;

/// A refusal of a request, with the id of the account that it was about.
#[derive(Debug, Clone)]
pub(super) struct Note {
    pub source: Source,
    pub refusal: Refusal,
    pub target: Option<String>,
    pub detail: Option<String>,
}

/// The refusals that wait.
#[derive(Debug, Clone, Default)]
pub(super) struct Waiting {
    notes: Arc<Mutex<Vec<Note>>>,
    /// Held by the task that writes. Another one may wait for it, and no more.
    pub(super) turn: Arc<sync::Mutex<()>>,
}

/// What a new note finds.
pub(super) enum Place {
    /// Nothing else waits, so nobody is about to write.
    First,
    Behind,
    Nowhere,
}

impl Waiting {
    pub(super) fn push(&self, note: Note) -> Place {
        let mut notes = self.lock();
        let place = match notes.len() {
            0 => Place::First,
            MOST_WAITING.. => return Place::Nowhere,
            _ => Place::Behind,
        };
        notes.push(note);
        place
    }

    pub(super) fn take(&self) -> Vec<Note> {
        std::mem::take(&mut self.lock())
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Note>> {
        self.notes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
