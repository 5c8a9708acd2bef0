//! Backups that the nodes of one database make by turns: the audit tells all of them when the last one was made, and where.

use chrono::NaiveDateTime;
use diesel::dsl::max;
use diesel::prelude::*;

use super::Accounts;
use super::audit::{self, Event, Source};
use crate::db::{self, DbConnection, schema::audit_events};

/// Records one, with the name of its file. For callers that may block.
///
/// # Errors
/// When the database can't be written.
pub fn record(accounts: &Accounts, file: &str) -> db::Result<()> {
    let place = std::fs::read_to_string("/proc/sys/kernel/hostname").ok();
    let detail = match place.as_deref().map(str::trim) {
        Some(machine) if !machine.is_empty() => format!("{file} on {machine}"),
        _ => file.to_owned(),
    };
    accounts.write_blocking(&Source::system(), |work| audit::record(work, Event::DatabaseBackedUp, None, Some(&detail)))
}

/// When the last one was made, in UTC. For callers that may block.
///
/// # Errors
/// When the database does not answer.
pub fn newest(accounts: &Accounts) -> db::Result<Option<NaiveDateTime>> {
    accounts.read_blocking(newest_in)
}

/// The same on a thread that may not block.
///
/// # Errors
/// When the database does not answer.
pub async fn look_up(accounts: &Accounts) -> db::Result<Option<NaiveDateTime>> {
    accounts.read(newest_in).await
}

/// What a clock that was ahead has recorded does not count, as among the files.
fn newest_in(connection: &mut DbConnection) -> db::Result<Option<NaiveDateTime>> {
    let made = audit_events::table
        .filter(audit_events::event.eq(Event::DatabaseBackedUp.as_str()))
        .filter(audit_events::at.le(db::now()));
    Ok(made.select(max(audit_events::at)).get_result(connection)?)
}
