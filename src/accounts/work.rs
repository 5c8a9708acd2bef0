//! The work of one writing transaction: its connection, who acts, and what happens once it has been committed.
//!
//! Whatever changes something takes a `Work`, so that nothing is changed outside a transaction or in nobody's name.
//! What has to wait for the commit (a line in the log; forgetting whom an event is about) is left with it. Nothing of
//! that happens when the transaction fails.

use std::time::Instant;

use super::mail_queue::Outbox;
use super::recognised::Recognised;
use super::session::{self, Revoked};
use super::source::{Actor, Source};
use crate::db::{self, Db, DbConnection};

/// A transaction that may write. It is committed when the function that was given it answers `Ok`.
pub struct Work<'a> {
    connection: &'a mut DbConnection,
    source: Source,
    is_admin: bool,
    outbox: Outbox,
    /// Whom to recognise again after the commit; none is everyone.
    changed: Vec<Option<String>>,
    after_commit: Vec<Box<dyn FnOnce() + Send>>,
}

impl Work<'_> {
    /// The same as `Accounts::write`, for tests that have a database only.
    #[cfg(test)]
    pub(crate) fn run<T, E: From<db::Error>>(
        db: &Db,
        recognised: &Recognised,
        source: Source,
        change: impl FnOnce(&mut Work<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        Work::run_until(db, recognised, &Outbox::default(), db::deadline(), source, |work| {
            work.is_admin = true;
            change(work)
        })
    }

    /// Runs work in one transaction, whoever acts, then what it left for after the commit, on this thread. It waits for the write lock
    /// until the deadline.
    ///
    /// # Errors
    /// Those of the work, and [`db::Error`] when there is no connection or the commit fails.
    pub(super) fn run_until<T, E: From<db::Error>>(
        db: &Db,
        recognised: &Recognised,
        outbox: &Outbox,
        deadline: Instant,
        source: Source,
        change: impl FnOnce(&mut Work<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let change = |connection: &mut DbConnection| -> Result<_, E> {
            let (outbox, changed, after_commit) = (outbox.clone(), Vec::new(), Vec::new());
            let mut work = Work { connection, source, is_admin: false, outbox, changed, after_commit };
            let answer = change(&mut work)?;
            Ok((answer, work.changed, work.after_commit))
        };
        db.write_then(deadline, change, |(answer, changed, after_commit)| {
            for target in changed {
                recognised.forget(target.as_deref());
            }
            for happen in after_commit {
                happen();
            }
            answer
        })
    }

    /// The connection, for reading what the change depends on.
    pub fn connection(&mut self) -> &mut DbConnection {
        self.connection
    }

    /// Who acts, and from where.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// What mail needs.
    pub(super) fn outbox(&self) -> &Outbox {
        &self.outbox
    }

    /// Whether whoever acts may do everything, as of this transaction: operators, the program itself, and admins.
    pub fn is_admin(&self) -> bool {
        self.is_admin
    }

    /// Refuses whoever is no admin, operator, or the program itself.
    ///
    /// # Errors
    /// [`Revoked::Admin`].
    pub fn demand_admin(&self) -> Result<(), Revoked> {
        if self.is_admin { Ok(()) } else { Err(Revoked::Admin) }
    }

    /// Looks at the rights of whoever acts. Visitors have none.
    pub(super) fn look_at_rights(&mut self) -> db::Result<Result<(), Revoked>> {
        self.is_admin = match &self.source.actor {
            Actor::Operator | Actor::System => true,
            Actor::Visitor(_) => return Ok(Err(Revoked::Session)),
            Actor::User(acting) => match session::look(self.connection, acting)? {
                Ok(is_admin) => is_admin,
                Err(revoked) => return Ok(Err(revoked)),
            },
        };
        Ok(Ok(()))
    }

    /// From here on it is this user whom the audit names.
    pub(super) fn act_as(&mut self, user_id: &str) {
        self.source.actor = Actor::Visitor(Some(user_id.to_owned()));
    }

    /// Does a part of the work in the name of the program itself.
    pub(super) fn as_system<T>(&mut self, part: impl FnOnce(&mut Self) -> T) -> T {
        let system = Source { request_id: self.source.request_id.clone(), ..Source::system() };
        self.in_the_name_of(system, part)
    }

    /// Does a part of the work in the name of someone else.
    pub(super) fn in_the_name_of<T>(&mut self, source: Source, part: impl FnOnce(&mut Self) -> T) -> T {
        let before = std::mem::replace(&mut self.source, source);
        let answer = part(self);
        self.source = before;
        answer
    }

    /// Notes whom an event changes that is being recorded: after the commit they are not recognised as they were before
    /// it. None is everyone.
    pub(super) fn forget(&mut self, target: Option<&str>) {
        self.changed.push(target.map(str::to_owned));
    }

    /// Leaves something for after the commit. It must be quick and can't fail.
    pub(super) fn after_commit(&mut self, happen: impl FnOnce() + Send + 'static) {
        self.after_commit.push(Box::new(happen));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::tests::temporary;

    #[test]
    fn a_part_that_the_program_does_by_itself_is_in_its_own_name() {
        let (_folder, db) = temporary();
        let story = |work: &mut Work<'_>| -> db::Result<()> {
            let before = work.source().clone();
            let inside = work.as_system(|work| work.source().clone());
            assert_eq!((inside.actor, &inside.request_id), (Actor::System, &before.request_id));
            assert_eq!(work.source().actor, before.actor);
            Ok(())
        };
        Work::run(&db, &Recognised::new(), Source::operator(), story).unwrap();
    }

    #[cfg(feature = "postgres")]
    #[test]
    fn what_was_left_for_after_the_commit_happens_when_the_wait_for_the_disk_fails() {
        use diesel::connection::SimpleConnection;
        use std::sync::atomic::{AtomicBool, Ordering};
        let (_folder, db) = temporary();
        let happened = std::sync::Arc::new(AtomicBool::new(false));
        let happen = std::sync::Arc::clone(&happened);
        let story = |work: &mut Work<'_>| -> db::Result<bool> {
            let DbConnection::Postgres(postgres) = work.connection() else { return Ok(false) };
            // By this a wait for the disk is asked for.
            postgres.batch_execute(
                "CREATE FUNCTION public.pg_logical_emit_message(boolean, text, text) RETURNS text \
                 LANGUAGE plpgsql AS 'BEGIN RAISE ''the disk is gone''; END'; \
                 SET search_path = public, pg_catalog",
            )?;
            work.after_commit(move || happen.store(true, Ordering::Relaxed));
            Ok(true)
        };
        let answer = Work::run(&db, &Recognised::new(), Source::operator(), story);
        match answer {
            Ok(on_server) => assert!(!on_server, "the wait has failed"),
            Err(error) => assert!(happened.load(Ordering::Relaxed) && error.to_string().contains("disk"), "{error}"),
        }
    }
}
