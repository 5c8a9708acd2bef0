//! The audit: who did what to whom, when and from where. A row, written in the transaction of the change
//! it records, and a JSON line in the log.
//!
//! The line is written after the commit: what the log tells has happened, and is in the table.
//!
//! Never in it: a password, a token, or a name that belongs to nobody (see `Accounts::name_digest`).

pub mod days;
mod event;
pub mod export;
pub mod filter;
pub mod follow;
pub mod list;
pub mod refusals;
mod row;
pub mod search;
mod stream;

use diesel::prelude::*;

use super::work::Work;
use crate::db::{self, schema::audit_events};

pub use super::source::{Actor, Source};
pub use event::{Entry, Event};
pub use refusals::{Refusal, Refusals};

/// The most characters of a detail.
const MAX_DETAIL: usize = 255;

/// Writes what happened: to whom (a user's id), and in a few words what else there is to know. The log gets its line
/// after the commit.
///
/// # Errors
/// When the database can't be written.
pub fn record(
    work: &mut Work<'_>,
    event: impl Into<Entry>,
    target: Option<&str>,
    detail: Option<&str>,
) -> db::Result<()> {
    let Entry { name, changes_identity } = event.into();
    let line = Line::new(work.source(), name, target, detail);
    line.insert(work)?;
    if changes_identity {
        work.forget(target);
    }
    work.after_commit(move || line.log());
    Ok(())
}

/// What the log says of an event.
struct Line {
    event: &'static str,
    actor: Option<String>,
    target: Option<String>,
    address: Option<String>,
    request_id: String,
    detail: Option<String>,
}

impl Line {
    fn new(source: &Source, event: &'static str, target: Option<&str>, detail: Option<&str>) -> Line {
        Line {
            event,
            actor: source.actor.as_str().map(str::to_owned),
            target: target.map(str::to_owned),
            address: source.address_text(),
            request_id: source.request_id.clone(),
            detail: detail.map(|detail| detail.chars().take(MAX_DETAIL).collect()),
        }
    }

    /// The row, which has the user agent too.
    fn insert(&self, work: &mut Work<'_>) -> db::Result<()> {
        let user_agent = work.source().user_agent.clone();
        diesel::insert_into(audit_events::table)
            .values((
                audit_events::id.eq(db::new_id()),
                audit_events::at.eq(db::now()),
                audit_events::event.eq(self.event),
                audit_events::actor.eq(&self.actor),
                audit_events::target.eq(&self.target),
                audit_events::address.eq(&self.address),
                audit_events::user_agent.eq(user_agent),
                audit_events::request_id.eq(&self.request_id),
                audit_events::detail.eq(&self.detail),
            ))
            .execute(work.connection())?;
        Ok(())
    }

    fn log(&self) {
        tracing::info!(
            target: "audit",
            event = self.event,
            actor = self.actor,
            target = self.target,
            address = self.address,
            request_id = self.request_id,
            detail = self.detail,
        );
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::sync::{Arc, Mutex};

    use super::*;
    use crate::accounts::recognised::Recognised;
    use crate::db::{Db, tests::temporary};

    /// Does some work with a logger of this test's own, and answers what became of it, and the log.
    fn logged(db: &Db, change: impl FnOnce(&mut Work<'_>) -> db::Result<()>) -> (db::Result<()>, String) {
        let log = Arc::<Mutex<Vec<u8>>>::default();
        let logger = tracing_subscriber::fmt().with_writer(Buffer(log.clone()).into_maker()).finish();
        let answer =
            tracing::subscriber::with_default(logger, || Work::run(db, &Recognised::new(), Source::operator(), change));
        let text = String::from_utf8(log.lock().unwrap().clone()).unwrap();
        (answer, text)
    }

    #[derive(Clone)]
    struct Buffer(Arc<Mutex<Vec<u8>>>);

    impl Buffer {
        fn into_maker(self) -> impl Fn() -> Buffer {
            move || self.clone()
        }
    }

    impl Write for Buffer {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn what_was_committed_is_logged_afterwards() {
        let (_folder, db) = temporary();
        let (answer, log) = logged(&db, |work| {
            record(work, Event::SessionsEnded, None, Some("first"))?;
            record(work, Event::ThrottleCleared, None, Some("second"))?;
            Ok(())
        });
        assert!(answer.is_ok(), "{answer:?}");
        let lines: Vec<&str> = log.lines().collect();
        assert_eq!(lines.len(), 2, "{log}");
        assert!(lines[0].contains("first") && lines[1].contains("second"), "in the order of the work: {log}");
    }

    #[test]
    fn what_failed_is_not_logged() {
        let (_folder, db) = temporary();
        let (answer, log) = logged(&db, |work| {
            record(work, Event::SessionsEnded, None, None)?;
            Err(db::Error::Interrupted)
        });
        assert!(answer.is_err());
        assert_eq!(log, "", "the work failed after it had recorded something");

        let (answer, log) = logged(&db, |work| {
            use diesel::connection::SimpleConnection;
            // A foreign key that is looked at by the commit only.
            work.connection().batch_execute("PRAGMA defer_foreign_keys = ON")?;
            work.connection().batch_execute("INSERT INTO user_roles (user_id, role) VALUES ('nobody', 'x')")?;
            record(work, Event::RoleAdded, None, None)
        });
        assert!(answer.is_err(), "the commit itself failed");
        assert_eq!(log, "");
    }
}
