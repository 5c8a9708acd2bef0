//! `vestibule serve`: runs the server until it is told to stop.

use std::time::Duration;

use clap::Args;
use tracing::Level;

use super::error::Error;
use super::greeting::greeting;
use super::runtime::block_on;
use super::stderr::Stderr;
use super::{Context, logging, seed};
use crate::accounts::password::survey;
use crate::accounts::setup::{self, SetupToken};
use crate::accounts::token::signing_key;
use crate::config::Config;
use crate::server::{self, Bound, MetricsListener};

/// Run the server.
#[derive(Debug, Args, Default)]
pub(super) struct Serve {
    /// Make sample accounts first if there are no accounts yet; on loopback only
    #[arg(long)]
    seed: bool,
}

impl Serve {
    /// Serves until it is told to stop. All messages go through `stderr`, so that nothing waits for its reader.
    pub(super) fn run(self, stderr: &Stderr) -> Result<(), Error> {
        let config = Config::load()?;
        stderr.change_style(stderr.style().with_format(config.settings.log_format));
        if self.seed {
            seed::refuse_outside(&config, "start without --seed")?;
        }
        let settings: rocket::Config = config.figment.extract().map_err(|error| Error::Failed(error.to_string()))?;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .thread_name("rocket-worker-thread")
            .worker_threads(settings.workers)
            .max_blocking_threads(settings.max_blocking)
            .enable_all()
            .build()?;
        // Binds first, so that a second server on the same address fails before it changes anything, such as the setup
        // link.
        let bound = Bound::new(&settings)?;
        let metrics = match &config.metrics {
            Some(metrics) => Some(runtime.block_on(MetricsListener::bind(metrics))?),
            None => None,
        };
        let _the_only_one = config.serve_data_dir()?;
        let context = Context::make(config)?;
        let setup = block_on(prepare(&context, self.seed, stderr))?;
        for warning in context.config.warnings() {
            stderr.say(Level::WARN, &format!("Warning: {warning}."));
        }
        let shutdown = settings.shutdown.clone();
        let addresses = (bound, metrics);
        let stopped = runtime.block_on(launch(addresses, context, settings, setup.as_ref(), stderr));
        if shutdown.force {
            // Don't wait much longer for work that still runs on blocking threads.
            runtime.shutdown_timeout(Duration::from_secs(shutdown.mercy.into()));
        }
        stopped
    }
}

/// Prepares the database for the first request. Returns the token of the setup link if there is no admin.
async fn prepare(context: &Context, seed: bool, stderr: &Stderr) -> Result<Option<SetupToken>, Error> {
    let accounts = &context.accounts;
    if seed {
        stderr.say(Level::INFO, seed::before_serving(context).await?);
    }
    logging::start(context.config.log_level, stderr);
    survey::survey(accounts).await?;
    signing_key::ensure(accounts).await?;
    setup::prepare(accounts).await.map_err(|error| Error::Failed(error.to_string()))
}

async fn launch(
    (bound, metrics): (Bound, Option<MetricsListener>),
    context: Context,
    rocket: rocket::Config,
    setup: Option<&SetupToken>,
    stderr: &Stderr,
) -> Result<(), Error> {
    // `in_use` marks the data folder as used until the server has stopped.
    let Context { config, accounts, key, in_use: _in_use } = context;
    let metrics_at = metrics.as_ref().map(MetricsListener::address);
    let ready = |port| {
        for line in greeting(&config, &rocket, metrics_at, setup, port) {
            stderr.say(Level::INFO, &line);
        }
    };
    Ok(server::run(bound, metrics, &config, accounts, &key, ready).await?)
}
