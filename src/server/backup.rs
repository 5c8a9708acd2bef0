//! Makes a backup at intervals, as the settings say. Of several nodes one does.

use std::time::{Duration, Instant};

use rocket::fairing::{Fairing, Info, Kind};
use rocket::{Orbit, Rocket};

use crate::accounts::Accounts;
use crate::backup;
use crate::config::{Config, SecretKey};

/// How often it is looked whether one is due, at least: a machine that was asleep is not late by so much.
const LOOK: Duration = Duration::from_secs(600);

/// The shortest time between two, whatever the clock and the names of the files say.
const PAUSE: Duration = Duration::from_secs(60);

/// After how long one that failed is tried again.
const AGAIN: Duration = Duration::from_secs(600);

/// The fairing.
pub(super) struct Timer {
    config: Config,
    key: SecretKey,
}

impl Timer {
    pub(super) fn new(config: &Config, key: &SecretKey) -> Timer {
        Timer { config: config.clone(), key: key.clone() }
    }
}

#[rocket::async_trait]
impl Fairing for Timer {
    fn info(&self) -> Info {
        Info { name: "Backups", kind: Kind::Liftoff }
    }

    async fn on_liftoff(&self, rocket: &Rocket<Orbit>) {
        let accounts: &Accounts = rocket.state().expect("server::build manages the accounts");
        let (accounts, config, key) = (accounts.clone(), self.config.clone(), self.key.clone());
        let mut shutdown = rocket.shutdown();
        let started = Instant::now();
        tokio::spawn(async move {
            // None when the settings want no backups.
            while let Some(wait) = backup::due_in(&config, started.elapsed()) {
                let next = if wait.is_zero() { make(&accounts, &config, &key).await } else { wait.min(LOOK) };
                tokio::select! {
                    () = tokio::time::sleep(next) => {}
                    () = &mut shutdown => return,
                }
            }
        });
    }
}

/// Makes one on a thread that may block. Answers after how long to look again.
async fn make(accounts: &Accounts, config: &Config, key: &SecretKey) -> Duration {
    let (accounts, config, key) = (accounts.clone(), config.clone(), key.clone());
    match tokio::task::spawn_blocking(move || backup::make_due(&accounts, &config, &key)).await {
        Ok(Ok(Some(file))) => {
            tracing::info!(file = %file.display(), "a backup was made");
            PAUSE
        }
        Ok(Ok(None)) => {
            tracing::debug!("another node makes the backup that is due, or has made it");
            LOOK
        }
        Ok(Err(error)) => {
            tracing::error!(%error, "no backup was made; it is tried again in ten minutes");
            AGAIN
        }
        Err(_) => AGAIN,
    }
}
