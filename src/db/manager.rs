//! How connections are opened, how many there are of each kind, and what is told when none can be opened.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::r2d2::{HandleError, ManageConnection};

#[cfg(feature = "postgres")]
use super::postgres;
use super::{DatabaseUrl, DbConnection, Error, Result, opening, sqlite};

/// How long a caller waits, for a connection and for the write lock together.
pub(super) const WAIT: Duration = Duration::from_secs(5);

/// Connections for reading from a SQLite file.
const READERS: u32 = 4;

/// What differs between engines: how many connections there are, and how long anything is waited for.
pub(super) struct Bounds {
    pub readers: u32,
    pub writers: u32,
    /// How many are kept open that nobody uses.
    pub idle: u32,
    /// Threads that open connections.
    pub openers: usize,
    pub connection_wait: Duration,
    /// How long an answer is waited for once it is its turn; none: until it comes, as from a file.
    pub patience: Option<Duration>,
}

impl Bounds {
    pub fn of(url: &DatabaseUrl) -> Bounds {
        match url {
            DatabaseUrl::Sqlite(_) => {
                Bounds { readers: READERS, writers: 1, idle: 0, openers: 1, connection_wait: WAIT, patience: None }
            }
            #[cfg(feature = "postgres")]
            DatabaseUrl::Postgres(_) => Bounds {
                readers: postgres::READERS,
                writers: postgres::WRITERS,
                idle: 1,
                openers: postgres::OPENERS,
                connection_wait: postgres::CONNECTION_WAIT,
                patience: Some(postgres::ANSWER_WAIT),
            },
        }
    }
}

/// Opens connections for the pool.
pub(super) struct Manager(pub DatabaseUrl);

impl ManageConnection for Manager {
    type Connection = DbConnection;
    type Error = Error;

    fn connect(&self) -> Result<DbConnection> {
        let _permit = opening::permit().ok_or(Error::Interrupted)?;
        match &self.0 {
            DatabaseUrl::Sqlite(path) => sqlite::open(path),
            #[cfg(feature = "postgres")]
            DatabaseUrl::Postgres(url) => postgres::open(url),
        }
    }

    fn is_valid(&self, connection: &mut DbConnection) -> Result<()> {
        Ok(connection.batch_execute("SELECT 1")?)
    }

    /// A connection whose transaction could not be rolled back is not used again.
    fn has_broken(&self, connection: &mut DbConnection) -> bool {
        std::thread::panicking() || is_broken(connection)
    }
}

/// Whether what failed on a connection is likely to succeed on another one.
pub(super) fn is_to_be_repeated(connection: &mut DbConnection) -> bool {
    #[cfg(feature = "postgres")]
    if let DbConnection::Postgres(postgres) = connection
        && postgres::met_a_deadlock(postgres)
    {
        return true;
    }
    is_lost(connection)
}

/// Whether there is nobody at the other end of a connection. A statement that could not be prepared leaves no sign of it,
/// so one that needs no preparation is tried.
fn is_lost(connection: &mut DbConnection) -> bool {
    is_broken(connection) || connection.batch_execute("SELECT 1").is_err()
}

/// Whether a connection was lost, or its transaction could not be rolled back.
fn is_broken(connection: &mut DbConnection) -> bool {
    use diesel::connection::TransactionManager;
    type Manager = <DbConnection as diesel::Connection>::TransactionManager;
    Manager::is_broken_transaction_manager(connection)
}

/// Says that connections can't be opened: once a second, however many are tried.
#[derive(Debug, Default)]
pub(super) struct Losses(Mutex<Option<Instant>>);

impl HandleError<Error> for Losses {
    fn handle_error(&self, error: Error) {
        // Nobody waits for this one any more.
        if matches!(error, Error::Interrupted) {
            return;
        }
        let mut told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if told.is_none_or(|at| at.elapsed() >= Duration::from_secs(1)) {
            *told = Some(Instant::now());
            error.log("no connection to the database");
        }
    }
}
