//! `vestibule settings`: the settings in force, and where each comes from.

use clap::Args;
use serde_json::Value;

use super::error::Error;
use super::list::{Column, Format, List, Page};
use crate::check::settings::{self, SettingDocument};
use crate::config::Config;

/// Show the settings in force, and where each comes from.
///
/// They are those of a command that runs here: in the server's folder, with its environment, they are the server's. No
/// secret is shown.
#[derive(Debug, Args)]
pub(super) struct Settings {
    /// Only those with this text in their name
    search: Option<String>,
    #[command(flatten)]
    format: Format,
}

const COLUMNS: &[Column] =
    &[Column::cut("SETTING"), Column::cut("VALUE"), Column::cut("SET BY"), Column::cut("WHAT IT DOES").only_wide()];

impl Settings {
    pub(super) fn run(self) -> Result<(), Error> {
        let Settings { search, format } = self;
        let text = search.unwrap_or_default().to_lowercase();
        let all = settings::settings(&Config::load()?);
        let rows = all.into_iter().filter(|setting| setting.key.contains(&text)).collect();
        List::new(format, COLUMNS).print(Page { rows, next: None::<()> }, as_json, cells)?;
        Ok(())
    }
}

fn as_json(setting: &SettingDocument) -> Value {
    serde_json::to_value(setting).unwrap_or_default()
}

fn cells(setting: &SettingDocument) -> Vec<String> {
    let value = match &setting.value {
        _ if setting.hidden => "set, and not shown",
        Some(value) => value,
        None => "not set",
    };
    let set_by = setting.set_by.as_deref().unwrap_or("default");
    [setting.key, value, set_by, setting.says].map(str::to_owned).to_vec()
}
