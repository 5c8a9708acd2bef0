//! The async runtime of commands other than `serve`.

use super::error::Error;

/// Runs async work to its end. Timers are enabled, since waiting for the database needs them.
pub(super) fn block_on<T, E: Into<Error>>(work: impl Future<Output = Result<T, E>>) -> Result<T, Error> {
    tokio::runtime::Builder::new_current_thread().enable_time().build()?.block_on(work).map_err(Into::into)
}
