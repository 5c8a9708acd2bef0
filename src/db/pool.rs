//! One writer and several readers, so that a read never queues behind a write.
//!
//! Diesel blocks, so async callers go through [`Db::queue_to_read`] and [`Db::queue_to_write`]. A closure gets a
//! connection and must do nothing slow with it: no hashing, no mail.

use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::r2d2::{ManageConnection, Pool};

use super::queue::{Behalf, Queue, Turn};
use super::{DatabaseUrl, DbConnection, Error, Result, sqlite};

/// How long a caller waits, for a connection and for the write lock together.
const WAIT: Duration = Duration::from_secs(5);

const READERS: u32 = 4;

/// How many may wait to read. A read takes well under a millisecond, so the last one waits for less than a second.
const WAITING_READERS: usize = 1024;

/// How many may wait to write. A write takes some milliseconds, most of them for the disk.
const WAITING_WRITERS: usize = 256;

/// The database of this process. Clones share the connections.
#[derive(Clone)]
pub struct Db {
    writer: Pool<Manager>,
    readers: Pool<Manager>,
    /// Those who wait without a thread.
    to_write: Queue,
    to_read: Queue,
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
        match url {
            DatabaseUrl::Sqlite(path) => sqlite::create(path)?,
        }
        // The first connection is made here, by hand, so that its error reaches the caller in full.
        let manager = Manager(url.clone());
        drop(manager.connect()?);
        let pool = |size: u32| {
            Pool::builder()
                .max_size(size)
                .min_idle(Some(1))
                .connection_timeout(WAIT)
                .test_on_check_out(false)
                .build(Manager(url.clone()))
                .map_err(|e| Error::Unreachable(e.to_string()))
        };
        Ok(Db {
            writer: pool(1)?,
            readers: pool(READERS)?,
            to_write: Queue::new(1, WAITING_WRITERS),
            to_read: Queue::new(READERS as usize, WAITING_READERS),
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
        self.on_blocking_thread(move |db| in_turn(turn, || work(db))).await
    }

    /// Waits for a turn to read, then looks up a few rows by an index, on this very thread: on SQLite that takes some
    /// microseconds and waits for no writer, less than it takes to wake another thread. Whatever may take longer goes
    /// through [`Db::queue_to_read`].
    ///
    /// # Errors
    /// Those of the work, and [`Error::Busy`] at once when too many wait already.
    pub async fn look_up<T, E: From<Error>>(
        &self,
        work: impl FnOnce(&Db) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
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
        self.on_blocking_thread(move |db| in_turn(turn, || work(db, deadline))).await
    }

    /// Runs work on a thread that may block, and waits for it. It runs to its end even when nobody waits for it.
    ///
    /// # Errors
    /// Those of the work, and [`Error::Interrupted`].
    pub async fn on_blocking_thread<T, E, F>(&self, work: F) -> std::result::Result<T, E>
    where
        F: FnOnce(&Db) -> std::result::Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let db = self.clone();
        match tokio::task::spawn_blocking(move || work(&db)).await {
            Ok(answer) => answer,
            Err(_) => Err(Error::Interrupted.into()),
        }
    }

    /// Runs read-only work.
    ///
    /// # Errors
    /// Those of the work, and [`Error`] when there is no connection.
    pub fn read<T, E: From<Error>>(
        &self,
        work: impl FnOnce(&mut DbConnection) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        let mut connection = self.readers.get().map_err(|e| Error::Unreachable(e.to_string()))?;
        work(&mut connection)
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
        let mut connection = self.writer.get().map_err(|e| Error::Unreachable(e.to_string()))?;
        let answer = connection.transaction(|connection| {
            take_write_lock(connection, deadline)?;
            work(connection).map_err(Failed::Work)
        });
        answer.map_err(|failed| match failed {
            Failed::Work(error) => error,
            Failed::Transaction(error) => Error::from(error).into(),
        })
    }

    /// Work on the writing connection outside any transaction.
    pub(super) fn with_writer<T>(&self, work: impl FnOnce(&mut DbConnection) -> Result<T>) -> Result<T> {
        let mut connection = self.writer.get().map_err(|e| Error::Unreachable(e.to_string()))?;
        work(&mut connection)
    }
}

/// A transaction that reads first and writes later fails at once on SQLite when another process wrote in
/// between. A statement that writes nothing, put first, takes the write lock and waits for it.
fn take_write_lock(connection: &mut DbConnection, deadline: Instant) -> QueryResult<()> {
    let wait = deadline.saturating_duration_since(Instant::now());
    match connection {
        DbConnection::Sqlite(sqlite) => {
            sqlite::wait_at_most(sqlite, wait)?;
            sqlite.batch_execute("DELETE FROM user_roles WHERE 1 = 0")
        }
    }
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

/// Opens connections for the pool.
struct Manager(DatabaseUrl);

impl ManageConnection for Manager {
    type Connection = DbConnection;
    type Error = Error;

    fn connect(&self) -> Result<DbConnection> {
        match &self.0 {
            DatabaseUrl::Sqlite(path) => sqlite::open(path),
        }
    }

    fn is_valid(&self, connection: &mut DbConnection) -> Result<()> {
        Ok(connection.batch_execute("SELECT 1")?)
    }

    /// A connection whose transaction could not be rolled back is not used again.
    fn has_broken(&self, connection: &mut DbConnection) -> bool {
        use diesel::connection::TransactionManager;
        type Manager = <DbConnection as diesel::Connection>::TransactionManager;
        std::thread::panicking() || Manager::is_broken_transaction_manager(connection)
    }
}
