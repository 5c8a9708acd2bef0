//! Noting that a session is in use.

use std::sync::Arc;

use diesel::prelude::*;

use super::{Kind, Lifetimes, Session, lifetimes};
use crate::accounts::Accounts;
use crate::accounts::audit::Source;
use crate::accounts::work::Work;
use crate::db::{self, schema::sessions};

/// Notes that a session is in use, beside the request, which does not wait for a writer. There is one such task
/// at a time: a locked database must not collect them. When it fails, a later request tries again.
pub(in crate::accounts) fn note_use(accounts: &Accounts, session: Session) {
    let Ok(permit) = Arc::clone(&accounts.touching).try_acquire_owned() else { return };
    let accounts = accounts.clone();
    tokio::spawn(async move {
        let (lifetimes, source) = (accounts.lifetimes.clone(), Source::system());
        let touched: db::Result<()> =
            accounts.write_for_anyone(&source, move |work| touch(work, &session, &lifetimes)).await;
        if let Err(error) = touched {
            tracing::warn!(%error, "the use of a session was not noted");
        }
        drop(permit);
    });
}

/// Notes that a session is in use, so that it does not end as idle. Of several requests at once only the first
/// writes.
pub(in crate::accounts) fn touch(work: &mut Work<'_>, session: &Session, lifetimes: &Lifetimes) -> db::Result<()> {
    let now = db::now();
    // A session of tokens has no idle end of its own.
    let idle_expires_at = match session.kind() {
        Kind::Token => session.idle_expires_at,
        kind => now + lifetimes.idle(kind),
    };
    diesel::update(sessions::table)
        .filter(sessions::id.eq(&session.id))
        .filter(sessions::last_seen_at.le(now - lifetimes::TOUCH_EVERY))
        .set((sessions::last_seen_at.eq(now), sessions::idle_expires_at.eq(idle_expires_at)))
        .execute(work.connection())?;
    Ok(())
}
