//! Whether the program can do its work, for whoever sends it traffic.

use super::Accounts;

/// Whether the database can be read, and its schema has all that this program knows, perhaps more: while nodes are
/// replaced one by one, the next version has added to it. The answer does not say why not, because strangers may ask.
pub async fn is_ready(accounts: &Accounts) -> bool {
    matches!(accounts.db.queue_to_read(|db| db.is_up_to_date()).await, Ok(true))
}
