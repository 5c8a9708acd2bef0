//! `vestibule check`: checks everything that a server needs, and says what to do. It changes nothing.

mod ask;
mod certificate;
mod mail;
mod reach;
mod reached;

use clap::Args;
use serde_json::json;
use url::Url;

use super::error::Error;
use super::mail::recipient;
use super::output::{plain, print, print_json, say};
use crate::check::{self, Finding, State, files, machine, ok, wrong};
use crate::config::Config;
use crate::mail::Recipient;
use crate::web;
use reached::Asked;

/// Look at the configuration, the database, the keys and the machine, and say what to do.
///
/// It changes nothing, and may run beside the server; run it as the account that the server runs as. What is wrong makes
/// the exit code 1; a note is for you to judge.
///
/// When a server runs and `public_url` is set, it is asked there how it is reached, so that a proxy that hands on the
/// wrong host or address shows.
#[derive(Debug, Args)]
pub(super) struct Check {
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// Send a test message to this address
    #[arg(long, value_name = "ADDRESS")]
    mail: Option<String>,
    /// Ask the running server how it is reached: at this address, else at `public_url`. It may be another machine's, if
    /// the settings have its secret key
    #[arg(long, value_name = "URL", num_args = 0..=1)]
    url: Option<Option<String>>,
}

impl Check {
    pub(super) async fn run(self) -> Result<(), Error> {
        let to = self.mail.as_deref().map(recipient).transpose()?;
        let asked = match self.url {
            None => Asked::ByItself,
            Some(None) => Asked::AtPublicUrl,
            Some(Some(text)) => Asked::At(parse(&text)?),
        };
        let findings = look(to, asked).await;
        if self.json {
            let value = |finding: &Finding| json!({ "about": finding.about, "state": finding.state.as_str(), "says": finding.says });
            print_json(&findings.iter().map(value).collect::<Vec<_>>())?;
        } else {
            let line = |finding: &Finding| {
                format!("{:<6} {:<14} {}", finding.state.as_str(), finding.about, plain(&finding.says))
            };
            print(&findings.iter().map(line).collect::<Vec<_>>().join("\n"))?;
        }
        match findings.iter().filter(|finding| finding.state == State::Wrong).count() {
            0 => {
                say("Nothing is wrong.");
                Ok(())
            }
            1 => Err(Error::Failed("one thing is wrong, see above".to_owned())),
            number => Err(Error::Failed(format!("{number} things are wrong, see above"))),
        }
    }
}

/// The operator's own templates, as the start would load them.
fn templates(config: &Config) -> Option<Finding> {
    config.settings.templates()?;
    Some(match web::templates::check(config) {
        Ok(()) => ok("templates", "all of them can be used".to_owned()),
        Err(why) => wrong("templates", format!("a template can't be used: {why}")),
    })
}

/// The address at which to ask.
fn parse(text: &str) -> Result<Url, Error> {
    let url = Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    let url = url.filter(|url| url.username().is_empty() && url.password().is_none());
    url.ok_or_else(|| Error::Usage(format!("{}: use an address such as https://login.example.com", plain(text))))
}

async fn look(to: Option<Recipient>, asked: Asked) -> Vec<Finding> {
    let config = match Config::load() {
        Ok(config) => config,
        Err(error) => return vec![wrong("configuration", error.to_string())],
    };
    let rocket: rocket::Config = match config.figment.extract() {
        Ok(rocket) => rocket,
        Err(error) => return vec![wrong("configuration", error.to_string())],
    };
    // Prevents a restore from replacing the data during the check.
    let in_use = config.settings.data_dir().exists().then(|| config.try_use_data_dir());
    if let Some(Ok(None)) = in_use {
        let says = "another command, such as a restore, has it for itself: wait for its end, and check again";
        return vec![wrong("data folder", says.to_owned())];
    }
    let mut findings = vec![ok("configuration", "every setting can be used".to_owned())];
    findings.extend(check::configuration(&config));
    findings.extend(templates(&config));
    findings.extend(files::data_folder(&config));
    findings.extend(files::secret_key(&config));
    let (of_database, newest_event, newest_backup) = files::database(&config);
    findings.extend(of_database);
    findings.extend(files::backups(&config, newest_backup));
    findings.push(machine::clock(newest_event));
    findings.push(machine::passwords(&config));
    findings.extend(reach::open_files(&config));
    findings.extend(reach::address(&config, &rocket));
    findings.extend(certificate::certificate(&config, &rocket));
    findings.push(mail::mail(&config, to).await);
    findings.extend(reached::reached(&config, &rocket, asked).await);
    // Until here nothing may replace the data.
    drop(in_use);
    findings
}
