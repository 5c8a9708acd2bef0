//! Lets the process end only when no connection is being opened.
//!
//! A pool opens connections on threads of its own, also while `main` returns. What `main` then leaves to the C libraries
//! is their clean-up, and that of Kerberos, which libpq asks for credentials, ends the process with a failed assertion
//! when another thread is still in there.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How long the end of the process waits. Longer than an attempt takes, unless the server is frozen.
const WAIT: Duration = Duration::from_secs(5);

static OPENING: Mutex<Opening> = Mutex::new(Opening { count: 0, ended: false });
static ONE_LESS: Condvar = Condvar::new();

/// How many connections are being opened, and whether no more may be.
struct Opening {
    count: usize,
    ended: bool,
}

/// Keeps the process from ending until it is dropped.
pub(super) struct Permit(());

/// Announces that a connection is about to be opened. None: the process ends.
pub(super) fn permit() -> Option<Permit> {
    let mut opening = opening();
    if opening.ended {
        return None;
    }
    opening.count += 1;
    Some(Permit(()))
}

impl Drop for Permit {
    fn drop(&mut self) {
        opening().count -= 1;
        ONE_LESS.notify_all();
    }
}

/// Opens no more connections, and waits for those that are being opened. The last that `main` does.
pub fn open_no_more() {
    let mut opening = opening();
    opening.ended = true;
    let waited = ONE_LESS.wait_timeout_while(opening, WAIT, |opening| opening.count > 0);
    drop(waited.unwrap_or_else(PoisonError::into_inner));
}

fn opening() -> MutexGuard<'static, Opening> {
    OPENING.lock().unwrap_or_else(PoisonError::into_inner)
}
