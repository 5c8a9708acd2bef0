//! Typed settings, read once at the start. An unknown or invalid one stops the start and is named.
//!
//! They come from the code's defaults, then `Rocket.toml`, then the environment (`environment.rs`). Which there are, what
//! they take and what they do is in one table (`table/`), from which checks, messages and their documentation follow.

pub mod branding;
mod check;
mod data_dir;
mod defaults;
mod email_domain;
mod environment;
mod help_text;
mod in_force;
mod invalid;
mod known;
mod log_format;
mod mail;
mod mail_transport;
mod metrics;
mod origin;
mod paths;
mod private_file;
mod proxies;
mod public_url;
mod secret_key;
mod security_contact;
mod settings;
mod setup_file;
mod sign_up;
mod spelling;
pub mod table;
mod tokens;
mod variable;
mod warnings;

use std::fmt;
use std::path::Path;

use rocket::figment::Figment;
use rocket::figment::providers::Serialized;
use serde::Deserialize;

use crate::db::{DatabaseUrl, InvalidDatabaseUrl};
use crate::mail::Mail;
use crate::texts::Catalogue;

pub use branding::{Branding, SiteName};
pub use data_dir::make_private_folder;
pub use email_domain::EmailDomain;
pub use help_text::HelpText;
pub use in_force::{GroupInForce, InForce};
pub use invalid::Invalid;
pub use log_format::LogFormat;
pub use mail_transport::MailTransport;
pub use metrics::Metrics;
pub use origin::{Origins, is_host};
pub use public_url::{InvalidPublicUrl, PublicUrl};
pub use secret_key::SecretKey;
pub use security_contact::{InvalidSecurityContact, SecurityContact};
pub use settings::Settings;
pub use setup_file::SetupFile;
pub use sign_up::{CaptchaDemand, Registration};
pub use tokens::{Audience, TokenAlgorithm};

/// All that was configured, checked.
#[derive(Clone)]
pub struct Config {
    /// Our own settings.
    pub settings: Settings,
    /// Where the database is.
    pub database: DatabaseUrl,
    /// Which origins are ours.
    pub origins: Origins,
    /// Whose server this is, as people see it.
    pub branding: Branding,
    /// What pages and letters say.
    pub texts: Catalogue,
    /// What mail needs; none: it is off.
    pub mail: Option<Mail>,
    /// Where numbers for monitoring are read; none: nowhere.
    pub metrics: Option<Metrics>,
    /// The port to listen on; 0 is any.
    pub port: u16,
    /// How much is logged.
    pub log_level: rocket::config::LogLevel,
    /// What Rocket is started with; without a secret key, see [`SecretKey`].
    pub figment: Figment,
}

/// The figment may hold the secret key.
impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config")
            .field("settings", &self.settings)
            .field("origins", &self.origins)
            .finish_non_exhaustive()
    }
}

/// The table of our settings where it stands, so that an error knows the whole path of its key.
#[derive(Deserialize)]
struct Whole {
    #[serde(default)]
    vestibule: Settings,
}

impl Config {
    /// Reads the code's defaults, `Rocket.toml` and the environment.
    ///
    /// # Errors
    /// When a key is unknown or a value can't be used.
    pub fn load() -> Result<Config, Invalid> {
        let figment = environment::figment(std::env::vars_os())?;
        Config::from_figment(figment)
    }

    /// Reads what the figment holds.
    ///
    /// # Errors
    /// As [`Config::load`].
    pub fn from_figment(figment: Figment) -> Result<Config, Invalid> {
        let Whole { vestibule: settings } = figment.extract().map_err(|error| check::explain(&figment, &error))?;
        check::bounds(&figment, &settings)?;
        let off = ["ident", "ip_header", "cli_colors"].map(|key| Serialized::global(key, false));
        let figment = off.into_iter().fold(figment, Figment::merge);
        let rocket: rocket::Config = figment.extract().map_err(|error| check::explain(&figment, &error))?;
        let origins = Origins::new(&settings, &rocket)?;
        const KEY: &str = "vestibule.database_url";
        let database = match &settings.database_url {
            Some(url) => {
                let database: DatabaseUrl = url.parse().map_err(|error| match error {
                    InvalidDatabaseUrl::Malformed => check::unusable(&figment, KEY),
                    InvalidDatabaseUrl::NotBuilt => check::unusable_because(&figment, KEY, &error.to_string()),
                })?;
                // As for the other paths: relative to the file that names it, in the environment to the current folder.
                let source = figment.find_metadata(KEY).and_then(|m| m.source.as_ref());
                let folder = source.and_then(|source| source.file_path()?.parent());
                database.relative_to(folder.unwrap_or(Path::new("")))
            }
            None => DatabaseUrl::in_folder(&settings.data_dir()),
        };
        let branding = Branding::new(&figment, &settings)?;
        let texts = Catalogue::load(settings.templates().as_deref());
        let texts = texts.map_err(|why| Invalid(format!("a text can't be used: {why}")))?;
        if let Some(folder) = settings.templates() {
            // What is built in fits together; what is the operator's own may not.
            let templates = texts.templates(Some(&folder));
            templates.map_err(|why| Invalid(format!("a template can't be used: {why}")))?;
        }
        let mail = mail::mail(&figment, &settings, &origins, &branding, &texts)?;
        let metrics = metrics::metrics(&figment, &settings)?;
        let (port, log_level) = (rocket.port, rocket.log_level);
        Ok(Config { settings, database, origins, branding, texts, mail, metrics, port, log_level, figment })
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// What holds where nothing was configured but a secret key.
    pub(crate) fn with_a_key() -> Config {
        let key = "B".repeat(85) + "A==";
        Config::from_figment(Figment::from(rocket::Config::default()).merge(("secret_key", key))).unwrap()
    }

    #[test]
    fn debug_output_shows_no_secret() {
        let figment = Figment::from(rocket::Config::default())
            .merge(("secret_key", "A".repeat(88)))
            .merge(("vestibule.database_url", "sqlite:s3cret.db"));
        let config = Config::from_figment(figment).unwrap();
        for shown in [format!("{config:?}"), format!("{:#?}", config.settings)] {
            assert!(!shown.contains("s3cret") && !shown.contains("AAAA"), "{shown}");
        }
    }
}
