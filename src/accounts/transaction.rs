//! How floor 1 gets at the database: readers for looking, a [`Work`] for changing. Doors call neither.

use std::sync::Arc;

use super::Accounts;
use super::source::{Actor, Source};
use super::work::Work;
use crate::db::{self, Behalf, Db, DbConnection};

impl Accounts {
    /// Runs read-only work on a blocking thread.
    ///
    /// # Errors
    /// Those of the work, and [`db::Error`] when there is no connection, or too many wait for one.
    pub(crate) async fn read<T, E, F>(&self, look: F) -> Result<T, E>
    where
        F: FnOnce(&mut DbConnection) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<db::Error> + Send + 'static,
    {
        self.db.queue_to_read(move |db| db.read(look)).await
    }

    /// Runs work in one transaction that may write, on a blocking thread. All of it happens or nothing, even when
    /// nobody waits for the answer any more.
    ///
    /// # Errors
    /// Those of the work, and [`db::Error`] when there is no connection, too many wait for it, or the commit fails.
    pub(crate) async fn write<T, E, F>(&self, source: &Source, change: F) -> Result<T, E>
    where
        F: FnOnce(&mut Work<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<db::Error> + Send + 'static,
    {
        let (source, recognised) = (source.clone(), Arc::clone(&self.recognised));
        let behalf = if source.actor == Actor::Stranger { Behalf::Stranger } else { Behalf::Known };
        let run = move |db: &Db, deadline| Work::run_until(db, &recognised, deadline, source, change);
        self.db.queue_to_write(behalf, run).await
    }

    /// [`Accounts::read`] for callers that may block.
    ///
    /// # Errors
    /// As [`Accounts::read`].
    pub(crate) fn read_blocking<T, E: From<db::Error>>(
        &self,
        look: impl FnOnce(&mut DbConnection) -> Result<T, E>,
    ) -> Result<T, E> {
        self.db.read(look)
    }
}
