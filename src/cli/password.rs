//! Where a command gets a password from: a prompt, a pipe, a file, or a random generator. Never an argument, which
//! every process on the machine could read.

use std::io::{self, BufRead, IsTerminal};
use std::path::PathBuf;

use clap::Args;

use super::error::Error;
use super::output::{print_or_fail, say};
use crate::accounts::password::{self, NewPassword, Owner, Password, Rules};

/// The most bytes of the line with a password: far more than the longest password has.
const LONGEST_LINE: u64 = 4096;

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
    /// Make a random password, and print it once, before anything is changed
    #[arg(long)]
    random: bool,
}

/// A password that complies with the rules.
pub(super) struct Chosen {
    pub password: NewPassword,
    /// The password itself if it was generated, to be printed once.
    pub random: Option<String>,
}

impl PasswordSource {
    /// Reads a new password for this owner.
    pub(super) fn read(&self, rules: &Rules, owner: Owner<'_>) -> Result<Chosen, Error> {
        let check = |typed: Password| rules.check(typed, owner).map_err(|rejected| Error::Failed(rejected.to_string()));
        if self.random {
            let made = password::random(rules);
            let random = Some(made.reveal().to_owned());
            return Ok(Chosen { password: check(made)?, random });
        }
        let password = match self.given()? {
            Some(text) => check(Password::typed(&text))?,
            None => prompt(check)?,
        };
        Ok(Chosen { password, random: None })
    }

    /// The password from a pipe or a file; none if the command has to prompt for it.
    fn given(&self) -> Result<Option<String>, Error> {
        if self.password_stdin {
            return first_line(io::stdin().lock(), "stdin").map(Some);
        }
        if let Some(path) = &self.password_file {
            let file = std::fs::File::open(path)
                .map_err(|error| Error::Failed(format!("{} can't be read: {error}", path.display())))?;
            return first_line(io::BufReader::new(file), &path.display().to_string()).map(Some);
        }
        if io::stdin().is_terminal() {
            return Ok(None);
        }
        Err(Error::Usage(
            "there is no terminal to ask for the password: use --password-stdin, --password-file or --random".into(),
        ))
    }
}

fn first_line(input: impl BufRead, name: &str) -> Result<String, Error> {
    let mut line = String::new();
    let mut bounded = input.take(LONGEST_LINE);
    bounded.read_line(&mut line).map_err(|error| Error::Failed(format!("{name} can't be read: {error}")))?;
    if bounded.limit() == 0 && !line.ends_with('\n') {
        return Err(Error::Failed(format!(
            "the first line of {name} has {LONGEST_LINE} bytes or more, so it is no password. Nothing was changed."
        )));
    }
    let line = line.strip_suffix('\n').unwrap_or(&line);
    let line = line.strip_suffix('\r').unwrap_or(line);
    if line.is_empty() {
        return Err(Error::Failed(format!("there is no password in {name}")));
    }
    Ok(line.to_owned())
}

/// Asks for a password, then asks to repeat it if it is acceptable.
fn prompt(check: impl Fn(Password) -> Result<NewPassword, Error>) -> Result<NewPassword, Error> {
    let ask = |text: &str| rpassword::prompt_password(text);
    let first = ask("New password: ")?;
    let password = check(Password::typed(&first))?;
    if ask("Repeat password: ")? != first {
        return Err(Error::Failed("The two passwords differ. Nothing was changed.".into()));
    }
    Ok(password)
}

/// Prints a random password before anything is changed: if that fails, nobody would know the new password.
pub(super) fn tell_random(random: &str) -> Result<(), Error> {
    say("Random password, shown only once:");
    print_or_fail(random)
}
