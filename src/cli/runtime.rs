//! The runtime of commands, which is there for nothing else.

use super::error::Error;

/// Waits for something to be done. The time is for what waits for the database.
pub(super) fn block_on<T, E: Into<Error>>(work: impl Future<Output = Result<T, E>>) -> Result<T, Error> {
    tokio::runtime::Builder::new_current_thread().enable_time().build()?.block_on(work).map_err(Into::into)
}
