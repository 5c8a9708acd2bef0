//! The runtime of commands, which is there for nothing else.

use super::error::Error;

/// Waits for something to be done.
pub(super) fn block_on<T, E: Into<Error>>(work: impl Future<Output = Result<T, E>>) -> Result<T, Error> {
    tokio::runtime::Builder::new_current_thread().build()?.block_on(work).map_err(Into::into)
}
