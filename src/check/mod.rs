//! What a server needs, looked at for those who run it: the configuration, the data folder, the keys, the database, the
//! backups and the machine. Nothing is changed.

pub mod files;
mod finding;
pub mod glance;
pub mod machine;
pub mod overview;
pub mod settings;

pub use finding::{Finding, State, note, ok, wrong};

use crate::config::Config;

/// What the configuration deserves to be told about, although it can be used.
pub fn configuration(config: &Config) -> Vec<Finding> {
    config.warnings().into_iter().map(|warning| note("configuration", warning)).collect()
}
