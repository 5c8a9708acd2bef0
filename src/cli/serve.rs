//! `vestibule serve`: runs the server until it is told to stop.

use std::time::Duration;

use clap::Args;

use super::error::Error;
use super::stderr::Stderr;
use super::{House, logging, seed};
use crate::accounts::audit::Source;
use crate::accounts::token::signing_key;
use crate::accounts::{hash_survey, user};
use crate::config::Config;
use crate::server;

/// Run the server.
#[derive(Debug, Args, Default)]
pub(super) struct Serve {
    /// Make sample accounts first, when there are none yet; on loopback only
    #[arg(long)]
    seed: bool,
}

impl Serve {
    /// Serves until it is told to stop. All that is said goes through `stderr`, so that nothing waits for its reader.
    pub(super) fn run(self, stderr: &Stderr) -> Result<(), Error> {
        let config = Config::load()?;
        if self.seed {
            seed::refuse_outside(&config, "start without --seed")?;
        }
        let house = House::make(config)?;
        if self.seed {
            stderr.say(seed::before_serving(&house)?);
        }
        logging::start(house.config.log_level, stderr);
        hash_survey::survey_blocking(&house.accounts)?;
        if house.accounts.read_blocking(user::count)? == 0 {
            stderr.say("There are no accounts yet. Create the first one with: vestibule user add NAME --role admin");
        }
        let unverifiable = house.accounts.read_blocking(user::count_unverifiable)?;
        if unverifiable > 0 {
            stderr.say(&format!(
                "Warning: accounts with a password that can't be verified: {unverifiable}. `user show` tells why."
            ));
        }
        for warning in house.config.warnings() {
            stderr.say(&format!("Warning: {warning}."));
        }
        let settings: rocket::Config =
            house.config.figment.extract().map_err(|error| Error::Failed(error.to_string()))?;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .thread_name("rocket-worker-thread")
            .worker_threads(settings.workers)
            .max_blocking_threads(settings.max_blocking)
            .enable_all()
            .build()?;
        house.accounts.write_blocking(Source::system(), |work| signing_key::ensure(work, &house.key))?;
        let stopped = runtime.block_on(launch(house, stderr));
        if settings.shutdown.force {
            // Work that still runs on a blocking thread is not waited for much longer.
            runtime.shutdown_timeout(Duration::from_secs(settings.shutdown.mercy.into()));
        }
        stopped
    }
}

async fn launch(house: House, stderr: &Stderr) -> Result<(), Error> {
    let House { config, accounts, key } = house;
    let (origins, lines) = (config.origins.clone(), stderr.lines());
    let ready = move |port| lines.say(&format!("Vestibule is ready at {}", origins.front_door(port)));
    Ok(server::run(&config, accounts, &key, ready).await?)
}
