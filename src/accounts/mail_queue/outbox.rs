//! What the accounts need for mail: how it is sent, where its links lead, and how much of it an address gets.

use std::sync::Arc;
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::Duration;

use tokio::sync::Notify;

use crate::accounts::throttle::TokenBuckets;
use crate::config::{Config, Origins, SecretKey};
use crate::mail::Mail;

/// The shortest time between two notices to an account about logins with unknown browsers.
const NEW_DEVICE: Duration = Duration::from_secs(3600);

/// What the accounts need for mail; the default sends none.
#[derive(Clone, Default)]
pub struct Outbox(Option<Arc<Open>>);

/// What is needed if mail is sent.
pub(super) struct Open {
    pub(super) mail: Mail,
    pub(super) key: SecretKey,
    origins: Origins,
    port: AtomicU16,
    /// Wakes the worker after a commit.
    pub(super) wake: Notify,
    /// How many notices each address may still get. It may belong to somebody who never signed up here.
    pub(super) notices: TokenBuckets<String>,
    /// How many letters each address may still get because somebody entered it, who may be a stranger. They don't use up
    /// the notices.
    pub(super) requests: TokenBuckets<String>,
    /// How many notices about new browsers each account may still get.
    pub(super) new_devices: TokenBuckets<String>,
}

impl Outbox {
    /// The outbox that the configuration describes.
    pub(in crate::accounts) fn new(config: &Config, key: SecretKey) -> Outbox {
        let open = |mail: &Mail| Open {
            mail: mail.clone(),
            key,
            origins: config.origins.clone(),
            port: AtomicU16::new(config.port),
            wake: Notify::new(),
            notices: TokenBuckets::per_hour(config.settings.mail_notices_per_hour),
            requests: TokenBuckets::per_hour(config.settings.mail_notices_per_hour),
            new_devices: TokenBuckets::new(1, NEW_DEVICE),
        };
        Outbox(config.mail.as_ref().map(open).map(Arc::new))
    }

    /// None when no mail is sent.
    pub(super) fn open(&self) -> Option<&Arc<Open>> {
        self.0.as_ref()
    }

    /// Whether mail is sent.
    pub(in crate::accounts) fn is_open(&self) -> bool {
        self.0.is_some()
    }

    /// Sets the port that the server listens on, for links when no public address is configured.
    pub(in crate::accounts) fn listens_on(&self, port: u16) {
        if let Some(open) = &self.0 {
            open.port.store(port, Ordering::Relaxed);
        }
    }
}

impl Open {
    /// The address of the site, for links.
    pub(super) fn site(&self) -> String {
        self.origins.front_door(self.port.load(Ordering::Relaxed))
    }

    /// A link to the page of this path, with the text of a token.
    pub(super) fn link(&self, path: &str, token: &str) -> String {
        format!("{}{path}?token={token}", self.site())
    }
}
