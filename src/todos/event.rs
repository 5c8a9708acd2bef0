//! What can happen to todos, for the audit.

use crate::accounts::audit::Entry;

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// One was made.
    Created,
    /// What it says was changed.
    Changed,
    /// An admin marked it as done.
    Done,
    /// An admin marked it as not done.
    Undone,
    /// It was removed.
    Deleted,
}

impl From<Event> for Entry {
    fn from(event: Event) -> Entry {
        Entry::of_another_room(match event {
            Event::Created => "todo.created",
            Event::Changed => "todo.changed",
            Event::Done => "todo.done",
            Event::Undone => "todo.undone",
            Event::Deleted => "todo.deleted",
        })
    }
}
