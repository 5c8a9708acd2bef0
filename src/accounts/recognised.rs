//! Who was recognised within the last second, so that most requests ask the database nothing.
//!
//! What ends a session or changes an account is an event of the audit, and the commit of one makes this process forget
//! whom it is about. Other processes are not told: what they change acts here within a second.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use chrono::NaiveDateTime;
use quick_cache::sync::Cache;

use super::session::Identity;
use crate::db;

/// For how long an entry counts.
const LIFETIME: Duration = Duration::from_secs(1);

/// The most entries: about 1 KB each.
const MOST: usize = 16_384;

/// What a credential is remembered by: its SHA-256.
pub(super) type Key = [u8; 32];

/// The people that this process has recognised lately.
pub(crate) struct Recognised {
    entries: Cache<Key, Entry>,
    changes: Mutex<Changes>,
    /// When the last of them was, in nanoseconds after `began`: most look-ups are later and need no lock.
    last_change: AtomicU64,
    began: Instant,
}

#[derive(Clone)]
struct Entry {
    identity: Arc<Identity>,
    /// When the database was asked, at the latest.
    asked_at: Instant,
    /// Until when the credential is valid.
    until: NaiveDateTime,
}

/// Whom something was changed about within the last second, and when.
#[derive(Default)]
struct Changes {
    everyone: Option<Instant>,
    users: HashMap<String, Instant>,
}

impl Recognised {
    /// Nobody yet.
    pub(crate) fn new() -> Recognised {
        Recognised {
            entries: Cache::new(MOST),
            changes: Mutex::default(),
            last_change: AtomicU64::new(0),
            began: Instant::now(),
        }
    }

    /// Who has this credential, when that was found out within the last second and nothing has changed about them.
    pub(super) fn get(&self, key: &Key) -> Option<Arc<Identity>> {
        let entry = self.entries.get(key)?;
        let valid = entry.asked_at.elapsed() < LIFETIME
            && db::now() < entry.until
            && self.unchanged(&entry.identity.user.id, entry.asked_at);
        valid.then_some(entry.identity)
    }

    /// Remembers who has a credential. `asked_at` is a moment before the database was asked, so that a change which
    /// came in between makes the entry worthless; `until` is when the credential ends.
    pub(super) fn put(&self, key: Key, identity: Arc<Identity>, asked_at: Instant, until: NaiveDateTime) {
        self.entries.insert(key, Entry { identity, asked_at, until });
    }

    /// Forgets whom a committed event is about that changed who they are. Events without a target are about everyone.
    pub(super) fn forget(&self, target: Option<&str>) {
        let now = Instant::now();
        let mut changes = self.changes.lock().unwrap_or_else(PoisonError::into_inner);
        self.last_change.fetch_max(self.since_began(now), Ordering::Release);
        match target {
            None => changes.everyone = Some(now),
            Some(user_id) => {
                changes.users.retain(|_, at| at.elapsed() < LIFETIME);
                changes.users.insert(user_id.to_owned(), now);
            }
        }
    }

    /// Frees the memory of entries that are too old.
    pub(super) fn sweep(&self) {
        self.entries.retain(|_, entry| entry.asked_at.elapsed() < LIFETIME);
    }

    fn since_began(&self, at: Instant) -> u64 {
        u64::try_from(at.saturating_duration_since(self.began).as_nanos()).unwrap_or(u64::MAX)
    }

    fn unchanged(&self, user_id: &str, since: Instant) -> bool {
        if self.since_began(since) > self.last_change.load(Ordering::Acquire) {
            return true;
        }
        let changes = self.changes.lock().unwrap_or_else(PoisonError::into_inner);
        let before = |changed: Option<&Instant>| changed.is_none_or(|at| *at < since);
        before(changes.everyone.as_ref()) && (changes.users.is_empty() || before(changes.users.get(user_id)))
    }
}
