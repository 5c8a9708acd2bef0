//! `vestibule seed`: sample accounts and todos for trying Vestibule out.

use clap::Args;

use super::error::Error;
use super::output::{print_json, say};
use super::{Context, output};
use crate::accounts::audit::Source;
use crate::accounts::{Accounts, seed, user};
use crate::config::Config;
use crate::todos;

const EVERYONE_KNOWS: &str = "Sample accounts with well-known passwords, for trying out only: \
    admin/password (an admin), python/python, jumpiness/python, roy/roy.";

/// Make sample accounts for trying Vestibule out.
///
/// Their passwords are well known: never use them where strangers can reach the server.
#[derive(Debug, Args)]
pub(super) struct Seed {
    /// Run even in a release build, on a reachable server, or beside existing accounts
    #[arg(long)]
    force: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl Seed {
    pub(super) async fn run(self) -> Result<(), Error> {
        let config = Config::load()?;
        if !self.force {
            refuse_outside(&config, "pass --force to add them anyway")?;
        }
        let context = Context::make_and_say(config)?;
        if !self.force && user::count(&context.accounts).await? > 0 {
            return Err(Error::Exists(
                "There are accounts already, and sample accounts beside real ones are a risk. To add them anyway, pass --force."
                    .into(),
            ));
        }
        let seeded = seed(&context.accounts).await?;
        say(EVERYONE_KNOWS);
        if self.json {
            return print_json(&seeded);
        }
        let rows: Vec<Vec<String>> = seeded
            .iter()
            .map(|sample| {
                let state = if sample.created { "created" } else { "was there, left as it is" };
                vec![sample.username.into(), sample.password.into(), state.into()]
            })
            .collect();
        output::print_table(&["USERNAME", "PASSWORD", "STATE"], &rows)
    }
}

/// `serve --seed`: fills an empty database, and leaves one with users as it is. Returns a message that says which.
pub(super) async fn before_serving(context: &Context) -> Result<&'static str, Error> {
    if user::count(&context.accounts).await? > 0 {
        return Ok("There are accounts already: no sample accounts were made.");
    }
    seed(&context.accounts).await?;
    Ok(EVERYONE_KNOWS)
}

/// Refuses release builds and servers that strangers can reach, even through a proxy: the passwords are well known.
pub(super) fn refuse_outside(config: &Config, otherwise: &str) -> Result<(), Error> {
    refuse_release_build()?;
    let rocket: rocket::Config = config.figment.extract().map_err(|error| Error::Failed(error.to_string()))?;
    let place = if !config.origins.is_loopback() {
        config.origins.front_door(rocket.port)
    } else if !rocket.address.to_canonical().is_loopback() {
        rocket.address.to_string()
    } else {
        return Ok(());
    };
    Err(Error::Failed(format!(
        "the sample accounts have well-known passwords, and {place} can be reached from outside: \
         serve on 127.0.0.1 without a public `public_url`, or {otherwise}"
    )))
}

fn refuse_release_build() -> Result<(), Error> {
    if cfg!(debug_assertions) {
        return Ok(());
    }
    Err(Error::Failed(
        "this is a release build, and the sample accounts have well-known passwords. \
         Make your own account with `vestibule user add NAME --role admin`, or pass --force to `vestibule seed`."
            .into(),
    ))
}

async fn seed(accounts: &Accounts) -> Result<Vec<seed::Seeded>, Error> {
    let source = Source::operator();
    let seeded = seed::seed(accounts, &source).await?;
    let new = seeded.iter().filter(|sample| sample.created).map(|sample| sample.username).collect();
    todos::sample::seed(accounts, &source, new).await?;
    Ok(seeded)
}
