//! Where settings come from: the code's defaults, `Rocket.toml` and the environment.

use std::ffi::OsString;
use std::path::Path;

use rocket::figment::providers::{Data, Env, Format, Serialized, Toml};
use rocket::figment::{Figment, Profile, Provider, Source};

use super::{Invalid, known, variable};

/// The code's defaults, `Rocket.toml`, `ROCKET_…` and `VESTIBULE_…`; the later ones win.
pub(super) fn figment(variables: impl Iterator<Item = (OsString, OsString)>) -> Result<Figment, Invalid> {
    let profile = Profile::from_env_or("ROCKET_PROFILE", rocket::Config::DEFAULT_PROFILE);
    let file = file()?;
    let path = file.metadata().source.as_ref().and_then(Source::file_path).map(Path::to_owned);
    known::profile(path.as_deref(), &profile)?;
    // As rocket::Config::figment(), with ten seconds instead of two for what runs when we are told to stop, and
    // with as much in the log of a release build. Both in the profile that every other one wins over.
    let mut figment = Figment::from(rocket::Config::default())
        .merge(Serialized::default("shutdown.grace", 10))
        .merge(Serialized::default("log_level", "normal"))
        .merge(file)
        .select(profile);
    for variable in variable::read(variables)? {
        figment = figment.merge(variable);
    }
    Ok(figment)
}

/// `Rocket.toml` of the current folder or one above it, if there is one; a file that was asked for has to be there.
fn file() -> Result<Data<Toml>, Invalid> {
    let asked = Env::var("ROCKET_CONFIG");
    let file = Toml::file(asked.as_deref().unwrap_or("Rocket.toml")).nested();
    match asked {
        Some(name) if file.metadata().source.is_none() => {
            Err(Invalid(format!("the environment variable ROCKET_CONFIG names {name:?}, which is not a file")))
        }
        _ => Ok(file),
    }
}
