//! A reader and a migration that wait for each other: PostgreSQL ends one of them, which can begin again.

use diesel::connection::{Instrumentation, InstrumentationEvent};
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error, Error::DatabaseError};

/// Notes on a connection that a query was ended because of a deadlock. Whoever asks gets errors of their own kind, which
/// don't tell.
#[derive(Default)]
struct Watch {
    met_one: bool,
}

impl Instrumentation for Watch {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        if let InstrumentationEvent::FinishQuery { error: Some(error), .. } = event {
            self.met_one |= is_deadlock(error);
        }
    }
}

/// From here on deadlocks are noted on this connection.
pub(super) fn watch(connection: &mut PgConnection) {
    connection.set_instrumentation(Watch::default());
}

/// Whether a query was ended because of a deadlock since this was asked the last time.
pub(in crate::db) fn met_one(connection: &mut PgConnection) -> bool {
    let watch = connection.instrumentation().downcast_mut::<Watch>();
    watch.is_some_and(|watch| std::mem::take(&mut watch.met_one))
}

/// Diesel does not tell the code of the error, and its message is in the language of the server. The details name the
/// two locks at least that are waited for, and such names are the same in every language.
fn is_deadlock(error: &Error) -> bool {
    let DatabaseError(DatabaseErrorKind::Unknown, about) = error else { return false };
    about.details().is_some_and(|details| details.matches("Lock").count() >= 2)
}
