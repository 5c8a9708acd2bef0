//! What mail needs on this floor: how it is sent, where its links lead, and how much of it an address gets.

use std::sync::Arc;
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::Duration;

use tokio::sync::Notify;

use crate::accounts::throttle::TokenBuckets;
use crate::config::{Config, Origins, SecretKey};
use crate::mail::Mail;

/// How often an account is told of a login by an unknown browser, at most.
const NEW_DEVICE: Duration = Duration::from_secs(3600);

/// What mail needs; the default has no mail.
#[derive(Clone, Default)]
pub struct Outbox(Option<Arc<Open>>);

/// What it needs when it is sent.
pub(super) struct Open {
    pub(super) mail: Mail,
    pub(super) key: SecretKey,
    origins: Origins,
    port: AtomicU16,
    /// Wakes the worker after a commit.
    pub(super) wake: Notify,
    /// What each address has left of notices. It may be somebody else's who never heard of us.
    pub(super) notices: TokenBuckets<String>,
    /// What each account has left of notices about new devices.
    pub(super) new_devices: TokenBuckets<String>,
}

impl Outbox {
    /// As the configuration says.
    pub(in crate::accounts) fn new(config: &Config, key: SecretKey) -> Outbox {
        let open = |mail: &Mail| Open {
            mail: mail.clone(),
            key,
            origins: config.origins.clone(),
            port: AtomicU16::new(config.port),
            wake: Notify::new(),
            notices: TokenBuckets::per_hour(config.settings.mail_notices_per_hour),
            new_devices: TokenBuckets::new(1, NEW_DEVICE),
        };
        Outbox(config.mail.as_ref().map(open).map(Arc::new))
    }

    /// None when no mail is sent.
    pub(super) fn open(&self) -> Option<&Arc<Open>> {
        self.0.as_ref()
    }

    /// Tells where the server listens, for links when it has no public address.
    pub(in crate::accounts) fn listens_on(&self, port: u16) {
        if let Some(open) = &self.0 {
            open.port.store(port, Ordering::Relaxed);
        }
    }
}

impl Open {
    /// Where links lead.
    pub(super) fn site(&self) -> String {
        self.origins.front_door(self.port.load(Ordering::Relaxed))
    }
}
