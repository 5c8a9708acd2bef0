//! The async runtime of commands other than `serve`.

use super::error::Error;

/// Runs async work to completion. Waiting for the database needs timers, and talking to a mail server needs the
/// network.
pub(super) fn block_on<T, E: Into<Error>>(work: impl Future<Output = Result<T, E>>) -> Result<T, Error> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(work).map_err(Into::into)
}
