//! `vestibule serve`: runs the server until it is told to stop.

use clap::Args;
use rocket::error::ErrorKind;
use rocket::fairing::AdHoc;
use tokio::signal::unix::{SignalKind, signal};

use super::error::Error;
use super::output::say;
use super::{House, logging, seed};
use crate::accounts::audit::Source;
use crate::accounts::token::signing_key;
use crate::accounts::user;
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
    pub(super) fn run(self) -> Result<(), Error> {
        let config = Config::load()?;
        if self.seed {
            seed::refuse_outside(&config, "start without --seed")?;
        }
        let house = House::make(config)?;
        if self.seed {
            seed::before_serving(&house)?;
        }
        logging::start(house.config.log_level);
        let beginnings = house.accounts.read_blocking(user::hash_beginnings)?;
        house.accounts.hasher.learn(beginnings.iter().map(String::as_str));
        if house.accounts.read_blocking(user::count)? == 0 {
            say("There are no accounts yet. Create the first one with: vestibule user add NAME --role admin");
        }
        if let Some(warning) = house.config.data_dir_warning() {
            say(&format!("Warning: {warning}."));
        }
        if house.config.settings.bcrypt_cost < 10 {
            say("Warning: bcrypt_cost is below 10; new password hashes will be quick to guess.");
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
        runtime.block_on(launch(house))
    }
}

async fn launch(house: House) -> Result<(), Error> {
    let origins = house.config.origins.clone();
    let announce = AdHoc::on_liftoff("Announcement", move |rocket| {
        Box::pin(async move {
            say(&format!("Vestibule is ready at {}", origins.front_door(rocket.config().port)));
        })
    });
    // Rocket hears of signals only once it has announced itself. One that came before would end the process
    // without a word.
    let mut terminate = signal(SignalKind::terminate())?;
    let rocket = server::build(&house.config, house.accounts, &house.key)?.attach(announce);
    let rocket = rocket.ignite().await.map_err(|error| explain(&error))?;
    let shutdown = rocket.shutdown();
    tokio::spawn(async move {
        terminate.recv().await;
        shutdown.notify();
    });
    match rocket.launch().await {
        Ok(_) => Ok(()),
        Err(error) => Err(explain(&error)),
    }
}

/// A sentence for what Rocket says. Reading the error also keeps it from panicking when it is dropped.
fn explain(error: &rocket::Error) -> Error {
    Error::Failed(match error.kind() {
        ErrorKind::Bind(reason) | ErrorKind::Io(reason) => format!(
            "can't listen there: {reason}. Choose another `address` or `port` in Rocket.toml or with ROCKET_PORT"
        ),
        ErrorKind::FailedFairings(failed) if failed.iter().any(|fairing| fairing.name == "Templating") => {
            "a template can't be used; the lines above say which".into()
        }
        ErrorKind::Shutdown(..) => "some requests did not finish in time while stopping".into(),
        _ => error.to_string(),
    })
}
