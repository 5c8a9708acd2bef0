//! Connections for writing, and others for reading, so that a read never queues behind a write.
//!
//! Diesel blocks, so async callers go through [`Db::queue_to_read`] and [`Db::queue_to_write`]. A closure gets a
//! connection and must do nothing slow with it: no hashing, no mail.

use std::sync::Arc;
use std::time::{Duration, Instant};

use diesel::prelude::*;
use diesel::r2d2::{ManageConnection, Pool};
use scheduled_thread_pool::ScheduledThreadPool;

use super::manager::{Bounds, Losses, Manager, WAIT, is_to_be_repeated};
#[cfg(feature = "postgres")]
use super::postgres;
use super::queue::{Behalf, Queue, Turn};
use super::write_lock::take_write_lock;
use super::{DatabaseUrl, DbConnection, Error, Result, sqlite};

/// How many may wait to read. A read takes well under a millisecond, so the last one waits for less than a second.
const WAITING_READERS: usize = 1024;

/// How many may wait to write. A write takes some milliseconds, most of them for the disk.
const WAITING_WRITERS: usize = 256;

/// The database of this process. Clones share the connections.
#[derive(Clone)]
pub struct Db {
    pub(super) writer: Pool<Manager>,
    pub(super) readers: Pool<Manager>,
    /// Those who wait without a thread.
    pub(super) to_write: Queue,
    pub(super) to_read: Queue,
    /// How long an answer is waited for once it is its turn; none: until it comes, as from a file.
    pub(super) patience: Option<Duration>,
}

/// Until when a write that begins now waits, for its turn and for the write lock of another process.
pub fn deadline() -> Instant {
    Instant::now() + WAIT
}

impl Db {
    /// Opens the database; a SQLite file is made when it isn't there.
    ///
    /// # Errors
    /// When no connection can be made.
    pub fn open(url: &DatabaseUrl) -> Result<Db> {
        let bounds = Bounds::of(url);
        match url {
            DatabaseUrl::Sqlite(path) => sqlite::create(path)?,
            #[cfg(feature = "postgres")]
            DatabaseUrl::Postgres(_) => {}
        }
        // The first connection is made here, by hand, so that its error reaches the caller in full.
        let manager = Manager(url.clone());
        drop(manager.connect()?);
        let openers = Arc::new(ScheduledThreadPool::new(bounds.openers));
        let pool = |size: u32| {
            let builder = match url.is_remote() {
                true => Pool::builder(),
                // Whoever closes the last connection to a file removes what the next one makes again, and that takes
                // room on the disk. A file does not go away, so a connection to it may stay.
                false => Pool::builder().max_lifetime(None).idle_timeout(None),
            };
            builder
                .max_size(size)
                .min_idle(Some(bounds.idle))
                .connection_timeout(bounds.connection_wait)
                .test_on_check_out(url.is_remote())
                .thread_pool(openers.clone())
                .error_handler(Box::new(Losses::default()))
                .build(Manager(url.clone()))
                .map_err(unreachable)
        };
        Ok(Db {
            writer: pool(bounds.writers)?,
            readers: pool(bounds.readers)?,
            to_write: Queue::new(bounds.writers as usize, WAITING_WRITERS),
            to_read: Queue::new(bounds.readers as usize, WAITING_READERS),
            patience: bounds.patience,
        })
    }

    /// Waits for a turn to read, then runs work on a thread that may block.
    ///
    /// # Errors
    /// Those of the work, [`Error::Busy`] at once when too many wait already, and those of [`Db::on_blocking_thread`].
    pub async fn queue_to_read<T, E, F>(&self, work: F) -> std::result::Result<T, E>
    where
        F: FnOnce(&Db) -> std::result::Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let turn = self.to_read.turn(Behalf::Known, deadline()).await?;
        self.with_patience(self.start(move |db| in_turn(turn, || work(db)))).await
    }

    /// Waits for a turn to read, then looks up a few rows by an index. From a file that happens on this very thread: it
    /// takes some microseconds and waits for no writer, less than it takes to wake another thread. A server is asked on
    /// a thread that may block. Whatever may take longer goes through [`Db::queue_to_read`].
    ///
    /// # Errors
    /// Those of the work, and [`Error::Busy`] at once when too many wait already.
    pub async fn look_up<T, E, F>(&self, work: F) -> std::result::Result<T, E>
    where
        F: FnOnce(&Db) -> std::result::Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        if self.patience.is_some() {
            return self.queue_to_read(work).await;
        }
        let turn = self.to_read.turn(Behalf::Known, deadline()).await?;
        in_turn(turn, || work(self))
    }

    /// Waits for a turn to write, then runs work on a thread that may block. The work hears until when it may wait for
    /// the write lock.
    ///
    /// # Errors
    /// As [`Db::queue_to_read`].
    pub async fn queue_to_write<T, E, F>(&self, behalf: Behalf, work: F) -> std::result::Result<T, E>
    where
        F: FnOnce(&Db, Instant) -> std::result::Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let deadline = deadline();
        let turn = self.to_write.turn(behalf, deadline).await?;
        self.with_patience(self.start(move |db| in_turn(turn, || work(db, deadline)))).await
    }

    /// Runs read-only work. Of a server it is asked once more, on another connection, when the first one was lost in the
    /// meantime, or when it and a migration waited for each other.
    ///
    /// # Errors
    /// Those of the work, and [`Error`] when there is no connection.
    pub fn read<T, E: From<Error>>(
        &self,
        work: impl FnOnce(&mut DbConnection) -> std::result::Result<T, E> + Clone,
    ) -> std::result::Result<T, E> {
        let again = self.patience.map(|_| work.clone());
        let mut connection = self.readers.get().map_err(unreachable)?;
        match (work(&mut connection), again) {
            (Err(_), Some(again)) if is_to_be_repeated(&mut connection) => {
                drop(connection);
                again(&mut *self.readers.get().map_err(unreachable)?)
            }
            (answer, _) => answer,
        }
    }

    /// Runs work in one transaction that may write, and waits until then for the write lock. All of it happens or nothing.
    ///
    /// # Errors
    /// Those of the work, and [`Error`] when there is no connection or the commit fails.
    pub fn write<T, E: From<Error>>(
        &self,
        deadline: Instant,
        work: impl FnOnce(&mut DbConnection) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        self.write_then(deadline, work, |answer| answer)
    }

    /// The same, and hands what the work answered to what follows the commit. That happens too when the wait for the
    /// disk fails behind it: others see the change, whatever the caller is told.
    pub(crate) fn write_then<T, U, E: From<Error>>(
        &self,
        deadline: Instant,
        work: impl FnOnce(&mut DbConnection) -> std::result::Result<T, E>,
        committed: impl FnOnce(T) -> U,
    ) -> std::result::Result<U, E> {
        let mut connection = self.writer.get().map_err(unreachable)?;
        let answer = connection.transaction(|connection| {
            take_write_lock(connection, deadline)?;
            work(connection).map_err(Failed::Work)
        });
        // On SQLite the commit itself has waited for the disk.
        #[cfg(feature = "postgres")]
        let waited = match (&answer, &mut *connection) {
            (Ok(_), DbConnection::Postgres(postgres)) => postgres::wait_for_disk(postgres).map_err(Failed::Transaction),
            _ => Ok(()),
        };
        drop(connection);
        let answer = answer.map(committed);
        #[cfg(feature = "postgres")]
        let answer = waited.and(answer);
        answer.map_err(|failed| match failed {
            Failed::Work(error) => error,
            Failed::Transaction(error) => Error::from(error).into(),
        })
    }

    /// Work on one writing connection, outside any transaction.
    ///
    /// # Errors
    /// Those of the work, and [`Error`] when there is no connection.
    pub(super) fn on_one_connection<T, E: From<Error>>(
        &self,
        work: impl FnOnce(&mut DbConnection) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        work(&mut *self.writer.get().map_err(unreachable)?)
    }
}

fn unreachable(error: impl std::fmt::Display) -> Error {
    Error::Unreachable(error.to_string())
}

/// Runs work, and only then lets the next one have its turn.
fn in_turn<T>(turn: Turn, work: impl FnOnce() -> T) -> T {
    let answer = work();
    drop(turn);
    answer
}

/// Tells the failure of the work from that of the transaction around it.
enum Failed<E> {
    Work(E),
    Transaction(diesel::result::Error),
}

impl<E> From<diesel::result::Error> for Failed<E> {
    fn from(error: diesel::result::Error) -> Self {
        Failed::Transaction(error)
    }
}
