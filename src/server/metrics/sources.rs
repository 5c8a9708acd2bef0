//! Where the numbers come from.

use std::sync::Arc;

use super::process::Process;
use crate::accounts::{self, Accounts};
use crate::backup;
use crate::config::Config;
use crate::http::metrics::Requests;
use crate::metrics::Page;
use crate::server::listener::Numbers;

/// Whatever counts.
pub(in crate::server) struct Sources {
    pub(in crate::server) config: Config,
    pub(in crate::server) accounts: Accounts,
    pub(in crate::server) requests: Requests,
    pub(in crate::server) connections: Arc<Numbers>,
    /// When the certificate expires, as Unix time.
    pub(in crate::server) certificate_expires: Option<i64>,
    pub(in crate::server) process: Process,
}

impl Sources {
    /// The numbers as they are now.
    pub(super) async fn page(&self) -> Page {
        let mut page = Page::default();
        let database = if self.config.database.is_remote() { "postgres" } else { "sqlite" };
        page.gauge("vestibule_build_info", "Always 1: which version runs, on which database.")
            .value(&[("version", env!("CARGO_PKG_VERSION")), ("database", database)], 1);
        accounts::metrics::write(&self.accounts, &mut page).await;
        self.requests.write(&mut page);
        self.connections.write(&mut page);
        if let Some(newest) = self.newest_backup().await {
            page.gauge("vestibule_last_backup_timestamp_seconds", "When the newest backup was made.")
                .value(&[], newest);
        }
        if let Some(at) = self.certificate_expires {
            page.gauge("vestibule_certificate_expiry_timestamp_seconds", "When the certificate of `tls` expires.")
                .value(&[], at);
        }
        self.process.write(&mut page);
        page
    }

    /// When the newest backup was made, by this node or another one.
    async fn newest_backup(&self) -> Option<i64> {
        let config = self.config.clone();
        let own = tokio::task::spawn_blocking(move || backup::newest(&config)).await.ok().flatten();
        let others = match self.config.database.is_remote() {
            true => accounts::backed_up::look_up(&self.accounts).await.ok().flatten(),
            false => None,
        };
        own.max(others).map(|at| at.and_utc().timestamp())
    }
}
