//! The command line: it runs the server, and seeds and manages accounts beside a running one.
//!
//! Data goes to stdout, talk to stderr.

mod columns;
mod context;
mod error;
mod greeting;
mod key;
mod list;
mod logging;
mod migrate;
mod output;
mod password;
mod runtime;
mod seed;
mod serve;
mod session;
mod stderr;
mod throttle;
mod todo;
mod token;
mod user;

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use serde_json::json;

use context::Context;
use error::Error;
use runtime::block_on;
use stderr::Stderr;

/// A small login server.
///
/// Without a command it serves. Settings come from Rocket.toml in the current folder or above it, and from
/// the environment as `VESTIBULE_<KEY>`. Commands that manage accounts work beside a running server, which
/// follows them at once.
#[derive(Debug, Parser)]
#[command(name = "vestibule", version, after_help = EXIT_CODES)]
struct Vestibule {
    #[command(subcommand)]
    command: Option<Command>,
}

const EXIT_CODES: &str = "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 not found, 4 exists already.";

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the server (the default)
    Serve(serve::Serve),
    #[command(flatten)]
    Manage(Manage),
}

/// What works beside a running server.
#[derive(Debug, Subcommand)]
enum Manage {
    /// Make sample accounts for trying Vestibule out: admin/password, python/python, jumpiness/python, roy/roy
    Seed(seed::Seed),
    /// Add, list, show and change accounts
    #[command(subcommand)]
    User(user::User),
    /// List and end sessions
    #[command(subcommand)]
    Session(session::Session),
    /// List and add todos
    #[command(subcommand)]
    Todo(todo::Todo),
    /// Issue access tokens
    #[command(subcommand)]
    Token(token::Token),
    /// List, rotate and retire the keys that access tokens are signed with
    #[command(subcommand)]
    Key(key::Key),
    /// List and forget login attempts that were used up
    #[command(subcommand)]
    Throttle(throttle::Throttle),
    /// Bring the database up to date; the server and all other commands do so too
    Migrate,
    /// Print the version
    Version {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
}

/// Runs what the arguments say and answers the exit code.
pub fn run() -> ExitCode {
    match Vestibule::parse().command.unwrap_or(Command::Serve(serve::Serve::default())) {
        // It makes a runtime of its own, as large as the settings say.
        Command::Serve(serve) => run_server(serve),
        Command::Manage(manage) => exit_code(block_on(manage.run()), output::say),
    }
}

/// A server does not wait for whoever reads its stderr, not even for its last words. A short command may.
fn run_server(serve: serve::Serve) -> ExitCode {
    match Stderr::start() {
        Ok(stderr) => exit_code(serve.run(&stderr), |text| stderr.say(text)),
        Err(error) => exit_code(Err(error.into()), output::say),
    }
}

fn exit_code(answer: Result<(), Error>, say: impl FnOnce(&str)) -> ExitCode {
    match answer {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say(&format!("Error: {error}"));
            error.exit_code()
        }
    }
}

impl Manage {
    async fn run(self) -> Result<(), Error> {
        match self {
            Manage::Seed(seed) => seed.run().await,
            Manage::User(user) => user.run().await,
            Manage::Session(session) => session.run().await,
            Manage::Todo(todo) => todo.run().await,
            Manage::Token(token) => token.run().await,
            Manage::Key(key) => key.run().await,
            Manage::Throttle(throttle) => throttle.run().await,
            Manage::Migrate => migrate::run(),
            Manage::Version { json: false } => output::print(concat!("vestibule ", env!("CARGO_PKG_VERSION"))),
            Manage::Version { json: true } => output::print_json(&json!({ "version": env!("CARGO_PKG_VERSION") })),
        }
    }
}
