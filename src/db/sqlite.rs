//! What SQLite needs for itself: how a connection is opened.

use std::fs::OpenOptions;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;

use super::{DbConnection, Error, Result, connection};

/// Write-ahead logging lets readers go on beside a writer; FULL makes a commit survive a power cut.
const PRAGMAS: &str = "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; \
                       PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;";

/// Makes the file when it isn't there, for our own eyes only; SQLite would leave that to the umask. The files beside it
/// get the same mode from SQLite.
pub(super) fn create(path: &Path) -> Result<()> {
    // One that is there is not touched: closing it would drop the locks that this process has on it.
    if path.exists() {
        return Ok(());
    }
    let made = OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(path);
    made.map(drop).map_err(|error| Error::Unreachable(format!("{} can't be made: {error}", path.display())))
}

/// How long statements wait for the write lock from now on.
pub(super) fn wait_at_most(connection: &mut SqliteConnection, wait: Duration) -> QueryResult<()> {
    connection.batch_execute(&format!("PRAGMA busy_timeout = {}", wait.as_millis()))
}

/// Whether commits wait until they are on the disk. With the write-ahead log NORMAL loses the latest ones in a power cut,
/// and harms nothing.
pub(super) fn wait_for_disk(connection: &mut SqliteConnection, waits: bool) -> QueryResult<()> {
    connection.batch_execute(if waits { "PRAGMA synchronous = FULL" } else { "PRAGMA synchronous = NORMAL" })
}

/// Opens the file, and makes it when it isn't there.
pub(super) fn open(path: &Path) -> Result<DbConnection> {
    let text = path.to_str().ok_or_else(|| Error::Unreachable("the path of the file is not UTF-8".into()))?;
    // A relative name that begins with "file:" would be read as a URI with options.
    let text = if text.starts_with("file:") { format!("./{text}") } else { text.to_owned() };
    let mut connection = SqliteConnection::establish(&text).map_err(|e| Error::Unreachable(e.to_string()))?;
    connection.batch_execute(PRAGMAS)?;
    Ok(connection::of_sqlite(connection))
}
