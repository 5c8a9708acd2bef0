//! Sweeps what has expired, from the start on and every ten minutes.

use std::time::Duration;

use rocket::fairing::{Fairing, Info, Kind};
use rocket::{Orbit, Rocket};

use crate::accounts::{Accounts, sweep};

const EVERY: Duration = Duration::from_secs(600);

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
            loop {
                match sweep::sweep(&accounts).await {
                    Ok(0) => {}
                    Ok(gone) => tracing::debug!(gone, "expired rows were removed"),
                    Err(error) => tracing::warn!(%error, "expired rows were not removed"),
                }
                tokio::select! {
                    () = tokio::time::sleep(EVERY) => {}
                    () = &mut shutdown => return,
                }
            }
        });
    }
}
