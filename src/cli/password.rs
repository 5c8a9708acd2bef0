//! Where a command gets a password from: a prompt, a pipe, a file, or chance. Never from an argument, which
//! every process on the machine could read.

use std::io::{self, BufRead, IsTerminal};
use std::path::PathBuf;

use clap::Args;

use super::error::Error;
use super::output::say;
use crate::accounts::password::{self, NewPassword, Owner, Password, Rules};

/// Without one of these you are asked for the password, twice.
#[derive(Debug, Args)]
#[group(multiple = false)]
pub(super) struct PasswordSource {
    /// Read the password from the first line of stdin
    #[arg(long)]
    password_stdin: bool,
    /// Read the password from the first line of a file
    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,
    /// Make a random password, and print it once
    #[arg(long)]
    random: bool,
}

/// A password that keeps the rules.
pub(super) struct Chosen {
    pub password: NewPassword,
    /// The password itself when it was made here, to be printed once.
    pub random: Option<String>,
}

impl PasswordSource {
    /// Reads a new password for this owner.
    pub(super) fn read(&self, rules: &Rules, owner: Owner<'_>) -> Result<Chosen, Error> {
        let (typed, random) = if self.random {
            let made = password::random(rules);
            (made.clone(), Some(made.reveal().to_owned()))
        } else {
            (Password::typed(&self.text()?), None)
        };
        let password = rules.check(typed, owner).map_err(|rejected| Error::Failed(rejected.to_string()))?;
        Ok(Chosen { password, random })
    }

    fn text(&self) -> Result<String, Error> {
        if self.password_stdin {
            return first_line(io::stdin().lock(), "stdin");
        }
        if let Some(path) = &self.password_file {
            let file = std::fs::File::open(path)
                .map_err(|error| Error::Failed(format!("{} can't be read: {error}", path.display())))?;
            return first_line(io::BufReader::new(file), &path.display().to_string());
        }
        if !io::stdin().is_terminal() {
            return Err(Error::Usage(
                "there is no terminal to ask for the password: use --password-stdin, --password-file or --random"
                    .into(),
            ));
        }
        prompt()
    }
}

fn first_line(mut input: impl BufRead, name: &str) -> Result<String, Error> {
    let mut line = String::new();
    input.read_line(&mut line).map_err(|error| Error::Failed(format!("{name} can't be read: {error}")))?;
    let line = line.strip_suffix('\n').unwrap_or(&line);
    let line = line.strip_suffix('\r').unwrap_or(line);
    if line.is_empty() {
        return Err(Error::Failed(format!("there is no password in {name}")));
    }
    Ok(line.to_owned())
}

fn prompt() -> Result<String, Error> {
    let ask = |text: &str| rpassword::prompt_password(text);
    let first = ask("New password: ")?;
    if ask("The same again: ")? != first {
        return Err(Error::Failed("the two passwords differ; nothing was changed".into()));
    }
    Ok(first)
}

/// Tells a random password to whoever runs the command.
pub(super) fn tell_random(random: &str) -> Result<(), Error> {
    say("The password, which is not shown again:");
    super::output::print(random)
}
