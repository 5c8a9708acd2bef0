//! The command line: it runs the server, and manages its accounts and data, also while the server runs.
//!
//! Data goes to stdout, messages to stderr.

mod audit;
mod backup;
mod check;
mod columns;
mod completions;
mod context;
mod database;
mod db;
mod error;
mod greeting;
mod invite;
mod key;
mod list;
mod logging;
mod mail;
mod man;
mod migrate;
mod output;
mod overview;
mod password;
mod restore;
mod runtime;
mod secret;
mod seed;
mod serve;
mod session;
mod settings;
mod stderr;
mod throttle;
mod todo;
mod token;
mod user;

use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};
use serde_json::json;
use tracing::Level;

use context::Context;
use error::Error;
use runtime::block_on;
use stderr::Stderr;

/// A small login server.
///
/// Without a command it serves. Settings come from Rocket.toml in the current folder or above it, and from
/// the environment as `VESTIBULE_<KEY>`. Run the other commands in the server's folder and with its
/// settings; a running server follows them within a second.
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
    /// Make sample accounts with well-known passwords, for trying Vestibule out
    Seed(seed::Seed),
    /// Add, list, show and change accounts
    #[command(subcommand)]
    User(user::User),
    /// Invite people to sign up
    #[command(subcommand)]
    Invite(invite::Invite),
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
    /// List and clear login attempts that were used up
    #[command(subcommand)]
    Throttle(throttle::Throttle),
    /// Try out the settings of mail, and look after what waits to be sent
    #[command(subcommand)]
    Mail(mail::Mail),
    /// Show who did what to whom, when and from where
    Audit(audit::Audit),
    /// Show how many log in, who waits, what mail does, and what deserves a look
    Overview(overview::Overview),
    /// Show the settings in force, and where each comes from
    Settings(settings::Settings),
    /// Write everything into one file, while the server runs
    Backup(backup::Backup),
    /// Put a backup in the place of the database; the server has to be stopped
    Restore(restore::Restore),
    /// Look at the configuration, the database, the keys and the machine, and say what to do
    Check(check::Check),
    /// Replace the secret key
    #[command(subcommand)]
    Secret(secret::Secret),
    /// Move everything into another database
    #[command(subcommand)]
    Db(db::Db),
    /// Bring the database up to date, as every other command does by itself
    Migrate,
    /// Print what a shell needs to complete commands
    Completions(completions::Completions),
    /// Print the manual page, or write all of them to a folder
    Man(man::Man),
    /// Print the version
    Version {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
}

/// Runs the command in the arguments, and returns the exit code.
pub fn run() -> ExitCode {
    let arguments = match Vestibule::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return misunderstood(&error),
    };
    let code = match arguments.command.unwrap_or(Command::Serve(serve::Serve::default())) {
        // It creates a runtime of its own, with the size in the settings.
        Command::Serve(serve) => run_server(serve),
        Command::Manage(manage) => exit_code(block_on(manage.run()), output::say),
    };
    crate::db::open_no_more();
    code
}

/// Prints help if it was requested, or reports wrong arguments in the form of all other errors.
fn misunderstood(error: &clap::Error) -> ExitCode {
    let text = error.render().to_string();
    let printed = match text.strip_prefix("error: ") {
        Some(wrong) => {
            output::say(format!("Error: {wrong}").trim_end());
            Ok(())
        }
        None => error.print(),
    };
    match printed {
        Ok(()) => u8::try_from(error.exit_code()).unwrap_or(2).into(),
        Err(broken) if broken.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

/// A server never waits for the reader of its stderr, not even for its last error. A short command may.
fn run_server(serve: serve::Serve) -> ExitCode {
    match Stderr::start() {
        Ok(stderr) => exit_code(serve.run(&stderr), |text| stderr.say(Level::ERROR, text)),
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
            Manage::Invite(invite) => invite.run().await,
            Manage::Session(session) => session.run().await,
            Manage::Todo(todo) => todo.run().await,
            Manage::Token(token) => token.run().await,
            Manage::Key(key) => key.run().await,
            Manage::Throttle(throttle) => throttle.run().await,
            Manage::Mail(mail) => mail.run().await,
            Manage::Audit(audit) => audit.run().await,
            Manage::Overview(overview) => overview.run().await,
            Manage::Settings(settings) => settings.run(),
            Manage::Backup(backup) => backup.run(),
            Manage::Restore(restore) => restore.run(),
            Manage::Check(check) => check.run().await,
            Manage::Secret(secret) => secret.run(),
            Manage::Completions(completions) => completions.run(Vestibule::command()),
            Manage::Man(man) => man.run(Vestibule::command()),
            Manage::Db(db) => db.run(),
            Manage::Migrate => migrate::run(),
            Manage::Version { json: false } => output::print(concat!("vestibule ", env!("CARGO_PKG_VERSION"))),
            Manage::Version { json: true } => output::print_json(&json!({ "version": env!("CARGO_PKG_VERSION") })),
        }
    }
}
