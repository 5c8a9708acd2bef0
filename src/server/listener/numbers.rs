//! What the listener counts for monitoring.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::metrics::{Counter, Page};

/// Connections that are open, and those that did not come to their end.
#[derive(Debug, Default)]
pub(in crate::server) struct Numbers {
    open: AtomicU64,
    /// Closed for a newer one of the same network.
    pub(super) network: Counter,
    /// Closed because there were too many in all.
    pub(super) all: Counter,
    /// Closed, or never accepted, because the system allowed no more files, or had another reason.
    pub(super) system: Counter,
    /// Closed because the client did not finish a TLS handshake, or made none that we understand.
    pub(super) handshake: Counter,
    /// Closed because nothing happened on them in the middle of a request or an answer.
    pub(super) silent: Counter,
}

/// A connection that is open, until this is dropped.
pub(super) struct Opened<'a>(&'a Numbers);

impl Numbers {
    /// One more connection is open.
    pub(super) fn open(&self) -> Opened<'_> {
        self.open.fetch_add(1, Ordering::Relaxed);
        Opened(self)
    }

    /// Writes them.
    pub(in crate::server) fn write(&self, page: &mut Page) {
        page.gauge("vestibule_connections", "Connections that are open.").value(&[], self.open.load(Ordering::Relaxed));
        let help = "Connections that were refused or cut off, by the reason.";
        let mut family = page.counter("vestibule_connections_refused_total", help);
        for (reason, counter) in [
            ("network_limit", &self.network),
            ("limit", &self.all),
            ("system", &self.system),
            ("handshake", &self.handshake),
            ("silent", &self.silent),
        ] {
            family.value(&[("reason", reason)], counter.get());
        }
    }
}

impl Drop for Opened<'_> {
    fn drop(&mut self) {
        self.0.open.fetch_sub(1, Ordering::Relaxed);
    }
}
