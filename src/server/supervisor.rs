//! Tells systemd, or whatever else started the server and set NOTIFY_SOCKET, how it is.

use sd_notify::{NotifyState, notify};

/// Connections are accepted.
pub(super) fn ready() {
    tell(NotifyState::Ready);
}

/// No new ones are, and what runs is finished.
pub(super) fn stopping() {
    tell(NotifyState::Stopping);
}

/// Nobody has to be there who listens.
fn tell(state: NotifyState<'_>) {
    if let Err(error) = notify(&[state]) {
        tracing::warn!(%error, "systemd can't be told how the server is");
    }
}
