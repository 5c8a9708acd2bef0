//! Large work in small transactions, so that other writers don't wait for all of it.

use super::Accounts;
use super::source::Source;
use super::work::Work;
use crate::db;

/// The most rows that one transaction removes.
pub(super) const BATCH: i64 = 200;

/// Does batches of work, each in a transaction of its own, until one is not full. Answers how many rows went.
pub(super) async fn in_batches(
    accounts: &Accounts,
    batch: impl Fn(&mut Work<'_>) -> db::Result<usize> + Clone + Send + 'static,
) -> db::Result<usize> {
    let mut total = 0;
    loop {
        let gone = accounts.write_for_anyone(&Source::system(), batch.clone()).await?;
        total += gone;
        if (gone as i64) < BATCH {
            return Ok(total);
        }
    }
}
