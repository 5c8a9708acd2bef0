//! Wakes whoever answers requests for a new password.

use std::sync::Arc;

use tokio::sync::Notify;

/// Rung after the commit of a request.
#[derive(Debug, Clone, Default)]
pub struct Bell(Arc<Notify>);

impl Bell {
    pub(super) fn ring(&self) {
        self.0.notify_one();
    }

    /// Waits until it is rung; at once if that was since the last time.
    pub(super) async fn rung(&self) {
        self.0.notified().await;
    }
}
