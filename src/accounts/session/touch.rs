//! Noting that a session is in use.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use diesel::prelude::*;

use super::{Kind, Lifetimes, Session, lifetimes};
use crate::accounts::Accounts;
use crate::accounts::audit::Source;
use crate::accounts::work::Work;
use crate::db::{self, schema::sessions};

/// The most sessions whose use waits to be noted. Whoever finds no room is noted by a later request.
const MOST: usize = 10_000;

/// How many are noted in one transaction, and how long the next one waits at least.
const BATCH: usize = 500;
const PAUSE: Duration = Duration::from_secs(1);

/// The sessions whose use waits to be noted.
#[derive(Debug, Clone, Default)]
pub(in crate::accounts) struct Touching {
    sessions: Arc<Mutex<HashMap<String, Session>>>,
    /// Held by the one task that writes.
    writing: Arc<tokio::sync::Mutex<()>>,
}

impl Touching {
    fn add(&self, session: &Session) {
        let mut sessions = self.lock();
        if sessions.len() < MOST && !sessions.contains_key(&session.id) {
            sessions.insert(session.id.clone(), session.clone());
        }
    }

    fn take(&self) -> Vec<Session> {
        let mut sessions = self.lock();
        let some: Vec<String> = sessions.keys().take(BATCH).cloned().collect();
        some.iter().filter_map(|id| sessions.remove(id)).collect()
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Session>> {
        self.sessions.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Notes that a session is in use, beside the request, which does not wait for a writer: the first one at once, and all
/// that come within the next second together. There is one such task at a time, so that a locked database does not
/// collect them. When it fails, a later request tries again.
pub(in crate::accounts) fn note_use(accounts: &Accounts, session: &Session) {
    accounts.touching.add(session);
    let Ok(writing) = Arc::clone(&accounts.touching.writing).try_lock_owned() else { return };
    let accounts = accounts.clone();
    tokio::spawn(async move {
        loop {
            let sessions = accounts.touching.take();
            if sessions.is_empty() {
                break;
            }
            let lifetimes = accounts.lifetimes.clone();
            let touch = move |work: &mut Work<'_>| touch(work, &sessions, &lifetimes);
            if let Err(error) = accounts.write_for_anyone(&Source::system(), touch).await {
                tracing::warn!(%error, "the use of sessions was not noted");
            }
            tokio::time::sleep(PAUSE).await;
        }
        drop(writing);
    });
}

/// Notes that sessions are in use, so that they do not end as idle. Of several requests at once only the first writes.
///
/// Each kind takes one statement, however many sessions there are: the write lock of all nodes is held in the meantime.
pub(in crate::accounts) fn touch(work: &mut Work<'_>, sessions: &[Session], lifetimes: &Lifetimes) -> db::Result<()> {
    let now = db::now();
    for kind in [Kind::Browser { remembered: false }, Kind::Browser { remembered: true }, Kind::Token] {
        let ids: Vec<&str> =
            sessions.iter().filter(|session| session.kind() == kind).map(|session| session.id.as_str()).collect();
        if ids.is_empty() {
            continue;
        }
        let these = diesel::update(sessions::table)
            .filter(sessions::id.eq_any(ids))
            .filter(sessions::last_seen_at.le(now - lifetimes::TOUCH_EVERY));
        match kind {
            // It has no idle end of its own.
            Kind::Token => these.set(sessions::last_seen_at.eq(now)).execute(work.connection())?,
            Kind::Browser { .. } => {
                let idle_end = now + lifetimes.idle(kind);
                let uses = (sessions::last_seen_at.eq(now), sessions::idle_expires_at.eq(idle_end));
                these.set(uses).execute(work.connection())?
            }
        };
    }
    Ok(())
}
