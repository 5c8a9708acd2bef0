//! `vestibule check`: checks everything that a server needs, and says what to do. It changes nothing.

mod files;
mod finding;
mod machine;
mod reach;

use clap::Args;
use serde_json::json;

use super::error::Error;
use super::output::{plain, print, print_json, say};
use crate::config::Config;
use finding::{Finding, State, wrong};

/// Look at the configuration, the database, the keys and the machine, and say what to do.
///
/// It changes nothing, and may run beside the server; run it as the account that the server runs as. What is wrong makes
/// the exit code 1; a note is for you to judge.
#[derive(Debug, Args)]
pub(super) struct Check {
    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl Check {
    pub(super) fn run(self) -> Result<(), Error> {
        let findings = look();
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

fn look() -> Vec<Finding> {
    let config = match Config::load() {
        Ok(config) => config,
        Err(error) => return vec![wrong("configuration", error.to_string())],
    };
    let rocket: rocket::Config = match config.figment.extract() {
        Ok(rocket) => rocket,
        Err(error) => return vec![wrong("configuration", error.to_string())],
    };
    // Prevents a restore from replacing the data during the check.
    let _in_use = config.settings.data_dir().exists().then(|| config.use_data_dir());
    let mut findings = vec![finding::ok("configuration", "every setting can be used".to_owned())];
    findings.extend(config.warnings().into_iter().map(|warning| finding::note("configuration", warning)));
    findings.extend(files::data_folder(&config));
    findings.extend(files::secret_key(&config));
    let (of_database, newest_event) = files::database(&config);
    findings.extend(of_database);
    findings.extend(files::backups(&config));
    findings.push(machine::clock(newest_event));
    findings.push(machine::passwords(&config));
    findings.extend(reach::address(&config, &rocket));
    findings.push(reach::mail(&config));
    findings
}
