//! The settings in force, for programs.

use serde::Serialize;
use utoipa::ToSchema;

use crate::config::{Config, GroupInForce, InForce};

/// All settings, in reading order. Secrets are not in it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SettingList)]
pub struct SettingsDocument {
    settings: Vec<SettingDocument>,
}

/// A setting in force.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Setting)]
pub struct SettingDocument {
    /// Its name.
    pub key: &'static str,
    /// The table of `Rocket.toml` that it belongs to, such as `default.vestibule`.
    pub table: String,
    /// What it does.
    pub says: &'static str,
    /// Its value, as `Rocket.toml` writes it; null when nothing is set, and of a secret.
    pub value: Option<String>,
    /// Whether it is a secret that is set, so that its value is not told.
    pub hidden: bool,
    /// Where it is set, such as a file or a variable; null: the default counts.
    pub set_by: Option<String>,
}

impl SettingsDocument {
    /// The settings that this configuration puts in force.
    pub fn of(config: &Config) -> SettingsDocument {
        SettingsDocument { settings: settings(config) }
    }
}

/// The same as a list.
pub fn settings(config: &Config) -> Vec<SettingDocument> {
    config.in_force().into_iter().flat_map(of_group).collect()
}

fn of_group(group: GroupInForce) -> impl Iterator<Item = SettingDocument> {
    let table = group.table();
    group.settings.into_iter().map(move |setting| SettingDocument::of(setting, &table))
}

impl SettingDocument {
    fn of(setting: InForce, table: &str) -> SettingDocument {
        let InForce { key, sentence, value, is_hidden, place } = setting;
        SettingDocument { key, table: table.to_owned(), says: sentence, value, hidden: is_hidden, set_by: place }
    }
}
