//! Settings from the environment: `VESTIBULE_<KEY>`, and `VESTIBULE_<KEY>_FILE` for secrets.
//!
//! Rocket's own `ROCKET_<KEY>` work too. A variable that names no setting stops the start.

use std::ffi::OsString;
use std::path::Path;

use rocket::figment::providers::{Data, Env, Format, Serialized, Toml};
use rocket::figment::value::{Dict, Map, Value};
use rocket::figment::{Figment, Metadata, Profile, Provider, Source};

use super::{Invalid, check, known, private_file};

const PREFIX: &str = "VESTIBULE_";

/// Settings that may be given as the path of a file that holds them.
const SECRETS: &[&str] = &["secret_key", "database_url"];

/// The code's defaults, `Rocket.toml`, `ROCKET_…` and `VESTIBULE_…`, later ones first.
pub(super) fn figment(variables: impl Iterator<Item = (OsString, OsString)>) -> Result<Figment, Invalid> {
    let profile = Profile::from_env_or("ROCKET_PROFILE", rocket::Config::DEFAULT_PROFILE);
    let file = file()?;
    let path = file.metadata().source.as_ref().and_then(Source::file_path).map(Path::to_owned);
    known::profile(path.as_deref(), &profile)?;
    let rocket = Env::prefixed("ROCKET_").ignore(&["PROFILE", "CONFIG"]).global();
    for settings in rocket.data().map_err(check::explain)?.values() {
        known::settings(settings, "the environment variables ROCKET_…")?;
    }
    // As rocket::Config::figment(), with ten seconds instead of two for what runs when we are told to stop, and
    // with as much in the log of a release build.
    let mut figment = Figment::from(rocket::Config::default())
        .merge(Serialized::default("shutdown.grace", 10))
        .merge(Serialized::default("log_level", "normal"))
        .merge(file)
        .merge(rocket)
        .select(profile);
    for (name, value) in variables {
        let Some(name) = name.to_str().and_then(|name| name.strip_prefix(PREFIX)) else { continue };
        let text =
            value.into_string().map_err(|_| Invalid(format!("environment variable {PREFIX}{name} is not UTF-8")))?;
        figment = figment.merge(Variable::read(name, text)?);
    }
    Ok(figment)
}

/// One environment variable as a provider, so that an error about its value can name it.
struct Variable {
    name: String,
    key: String,
    value: Value,
}

impl Variable {
    fn read(name: &str, text: String) -> Result<Variable, Invalid> {
        let lower = name.to_ascii_lowercase();
        let secret = lower.strip_suffix("_file").filter(|key| SECRETS.contains(key));
        let (key, value) = match secret {
            Some(key) => (key.to_owned(), Value::from(read_secret(name, key, &text)?)),
            // A secret is text whatever it looks like; other values are read as TOML would.
            None if SECRETS.contains(&lower.as_str()) => (lower, Value::from(text)),
            None => (lower, text.parse().unwrap_or_else(|never| match never {})),
        };
        if key != "secret_key" && !known::own_keys().contains(&key) {
            return Err(Invalid(format!("environment variable {PREFIX}{name} names no setting")));
        }
        Ok(Variable { name: format!("{PREFIX}{name}"), key, value })
    }
}

impl Provider for Variable {
    fn metadata(&self) -> Metadata {
        Metadata::named(format!("the environment variable {}", self.name))
    }

    fn data(&self) -> Result<Map<Profile, Dict>, rocket::figment::Error> {
        let key = match self.key.as_str() {
            "secret_key" => "secret_key".to_owned(),
            own => format!("vestibule.{own}"),
        };
        Serialized::global(&key, &self.value).data()
    }
}

/// `Rocket.toml` of the current folder or one above it, if there is one; a file that was asked for has to be there.
fn file() -> Result<Data<Toml>, Invalid> {
    let asked = Env::var("ROCKET_CONFIG");
    let file = Toml::file(asked.as_deref().unwrap_or("Rocket.toml")).nested();
    match asked {
        Some(name) if file.metadata().source.is_none() => {
            Err(Invalid(format!("environment variable ROCKET_CONFIG names {name:?}, which is not a file")))
        }
        _ => Ok(file),
    }
}

fn read_secret(name: &str, key: &str, path: &str) -> Result<String, Invalid> {
    if path.is_empty() {
        return Err(Invalid(format!("environment variable {PREFIX}{name} is empty; it names a file")));
    }
    let text = match key {
        "secret_key" => private_file::read(Path::new(path)),
        _ => std::fs::read_to_string(path),
    };
    let text = text.map_err(|e| Invalid(format!("{PREFIX}{name} names {path}, which can't be used: {e}")))?;
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}
