//! `vestibule overview`: how many log in, who waits, what mail does, and what deserves a look.

use clap::Args;

use super::Context;
use super::error::Error;
use super::output::{moment, print, print_json, print_table};
use crate::accounts::overview::{COUNTED, Mail, Overview as Seen};
use crate::check::Finding;
use crate::check::overview::{self, OverviewDocument, VERSION};

/// Show how many log in, who waits, what mail does, and what deserves a look.
///
/// It is what the page /admin shows. `vestibule check` looks at more, and takes longer.
#[derive(Debug, Args)]
pub(super) struct Overview {
    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl Overview {
    pub(super) async fn run(self) -> Result<(), Error> {
        let context = Context::open()?;
        if self.json {
            return print_json(&OverviewDocument::read(&context.accounts, &context.config).await?);
        }
        let (seen, findings) = overview::read(&context.accounts, &context.config).await?;
        print_table(&["FIELD", "VALUE"], &facts(&seen, &findings))?;
        print("")?;
        let day = |day: &crate::accounts::audit::days::Day| {
            vec![day.day.to_string(), day.logins.to_string(), day.failures.to_string()]
        };
        print_table(&["DAY (UTC)", "LOGINS", "FAILED OR REFUSED"], &seen.days.iter().map(day).collect::<Vec<_>>())
    }
}

fn facts(seen: &Seen, findings: &[Finding]) -> Vec<Vec<String>> {
    let row = |field: &str, value: String| vec![field.to_owned(), value];
    let mut rows = vec![row("version", VERSION.to_owned()), row("waiting", waiting(seen)), row("mail", mail(seen))];
    rows.extend(findings.iter().map(|found| row(found.state.as_str(), format!("{}: {}", found.about, found.says))));
    rows
}

fn waiting(seen: &Seen) -> String {
    if seen.waiting == 0 {
        return "nobody".to_owned();
    }
    let names: Vec<&str> = seen.first_waiting.iter().map(|person| person.username.as_str()).collect();
    let more = if seen.waiting > names.len() { ", …" } else { "" };
    format!("{} for approval: {}{more}", counted(seen.waiting), names.join(", "))
}

fn mail(seen: &Seen) -> String {
    match &seen.mail {
        None => "none is sent".to_owned(),
        Some(Mail { waiting, oldest, given_up }) => {
            let since = oldest.map_or_else(String::new, |at| format!(", the oldest of {}", moment(at)));
            format!("{} waiting{since}; {} given up", counted(*waiting), counted(*given_up))
        }
    }
}

/// A number that was counted up to a bound.
fn counted(number: usize) -> String {
    if number >= COUNTED { format!("{COUNTED} or more") } else { number.to_string() }
}
