//! How floor 1 uses the database: a reading connection to read, a [`Work`] to change. Doors call neither.

use std::sync::Arc;

use super::Accounts;
use super::audit::refusals::{self, Refusal};
use super::session::Revoked;
use super::source::{Actor, Source};
use super::work::Work;
use crate::db::{self, Behalf, Db, DbConnection};

impl Accounts {
    /// Runs read-only work on a blocking thread; perhaps twice, see [`Db::read`].
    ///
    /// # Errors
    /// Those of the work, and [`db::Error`] when there is no connection, or too many wait for one.
    pub(crate) async fn read<T, E, F>(&self, look: F) -> Result<T, E>
    where
        F: FnOnce(&mut DbConnection) -> Result<T, E> + Clone + Send + 'static,
        T: Send + 'static,
        E: From<db::Error> + Send + 'static,
    {
        self.db.queue_to_read(move |db| db.read(look)).await
    }

    /// The same for a few rows by an index: see [`Db::look_up`].
    ///
    /// # Errors
    /// As [`Accounts::read`].
    pub(crate) async fn look_up<T, E, F>(&self, look: F) -> Result<T, E>
    where
        F: FnOnce(&mut DbConnection) -> Result<T, E> + Clone + Send + 'static,
        T: Send + 'static,
        E: From<db::Error> + Send + 'static,
    {
        self.db.look_up(move |db| db.read(look)).await
    }

    /// Changes something in the name of someone who has the right to, in one transaction: all of it happens or
    /// nothing, even when the client has disconnected. Their session, standing and roles are looked at again
    /// in the transaction itself, since some time may have passed since the guards did.
    ///
    /// # Errors
    /// Those of the work; [`Revoked`] when they have lost the right, or never had one; [`db::Error`] when there is no
    /// connection, too many wait for it, or the commit fails.
    pub(crate) async fn write<T, E, F>(&self, source: &Source, change: F) -> Result<T, E>
    where
        F: FnOnce(&mut Work<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<db::Error> + From<Revoked> + Send + 'static,
    {
        let look_first = |work: &mut Work<'_>| match work.look_at_rights()? {
            Ok(()) => change(work).map(Ok),
            Err(revoked) => Ok(Err(revoked)),
        };
        match self.write_for_anyone::<_, E, _>(source, look_first).await? {
            Ok(answer) => Ok(answer),
            Err(revoked) => {
                let why = format!("after the guards: {revoked}");
                refusals::note(self, source.clone(), Refusal::AccessDenied, None, Some(why));
                Err(revoked.into())
            }
        }
    }

    /// The same for what needs no right, such as logging in, and for what the program does by itself.
    ///
    /// # Errors
    /// Those of the work, and [`db::Error`] as above.
    pub(crate) async fn write_for_anyone<T, E, F>(&self, source: &Source, change: F) -> Result<T, E>
    where
        F: FnOnce(&mut Work<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<db::Error> + Send + 'static,
    {
        let (source, recognised, outbox) = (source.clone(), Arc::clone(&self.recognised), self.outbox.clone());
        let behalf = if source.actor == Actor::Visitor(None) { Behalf::Stranger } else { Behalf::Known };
        let run = move |db: &Db, deadline| Work::run_until(db, &recognised, &outbox, deadline, source, change);
        self.db.queue_to_write(behalf, run).await
    }

    /// [`Accounts::read`] for callers that may block.
    ///
    /// # Errors
    /// As [`Accounts::read`].
    pub(crate) fn read_blocking<T, E: From<db::Error>>(
        &self,
        look: impl FnOnce(&mut DbConnection) -> Result<T, E> + Clone,
    ) -> Result<T, E> {
        self.db.read(look)
    }

    /// [`Accounts::write_for_anyone`] for callers that may block, such as the command line.
    ///
    /// # Errors
    /// Those of the work, and [`db::Error`] when there is no connection or the commit fails.
    pub(crate) fn write_blocking<T, E: From<db::Error>>(
        &self,
        source: &Source,
        change: impl FnOnce(&mut Work<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        Work::run_until(&self.db, &self.recognised, &self.outbox, db::deadline(), source.clone(), change)
    }
}
