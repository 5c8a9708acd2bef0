//! Sweeps what has expired, from the start on and every ten minutes. Imports that were left are looked for more often.

use std::time::{Duration, Instant};

use rocket::fairing::{Fairing, Info, Kind};
use rocket::{Orbit, Rocket};

use crate::accounts::{Accounts, sweep};

const EVERY: Duration = Duration::from_secs(600);

/// How often imports are looked for that were decided and not finished.
const LOOK_EVERY: Duration = Duration::from_secs(5);

/// The fairing.
pub(super) struct Sweeper;

#[rocket::async_trait]
impl Fairing for Sweeper {
    fn info(&self) -> Info {
        Info { name: "Sweeper", kind: Kind::Liftoff }
    }

    async fn on_liftoff(&self, rocket: &Rocket<Orbit>) {
        let accounts: &Accounts = rocket.state().expect("server::build manages the accounts");
        let accounts = accounts.clone();
        let mut shutdown = rocket.shutdown();
        tokio::spawn(async move {
            let mut swept_at: Option<Instant> = None;
            loop {
                if swept_at.is_none_or(|at| at.elapsed() >= EVERY) {
                    swept_at = Some(Instant::now());
                    match sweep::sweep(&accounts).await {
                        Ok(gone) => tracing::debug!(gone, "expired rows were removed"),
                        Err(error) => tracing::warn!(%error, "expired rows were not removed"),
                    }
                } else if let Err(error) = sweep::imports(&accounts).await {
                    // A warning each time would fill the log.
                    tracing::debug!(%error, "what imports left was not looked for");
                }
                tokio::select! {
                    () = tokio::time::sleep(LOOK_EVERY) => {}
                    () = &mut shutdown => return,
                }
            }
        });
    }
}
