//! Settings from the environment: `VESTIBULE_<KEY>`, `VESTIBULE_<KEY>_FILE` for secrets, and Rocket's own `ROCKET_<KEY>`.
//!
//! Each variable is a provider of its own, so that an error about a value can name it. One that names no setting stops
//! the start.

use std::ffi::OsString;
use std::path::Path;

use rocket::figment::providers::Serialized;
use rocket::figment::value::{Dict, Map, Value};
use rocket::figment::{Error, Metadata, Profile, Provider};

use super::spelling::nearest;
use super::table::{self, OWN, SECTIONS, Section};
use super::{Invalid, known, private_file};

const OURS: &str = "VESTIBULE_";
const ROCKET: &str = "ROCKET_";

/// Variables of Rocket that are no settings.
const SELECTING: &[&str] = &["profile", "config"];

/// A variable that is a setting.
pub(super) struct Variable {
    /// Where it stands, for messages.
    place: String,
    /// The whole path of its key.
    path: String,
    value: Value,
}

/// Those that are settings: Rocket's first, then ours, which win over `ROCKET_VESTIBULE`.
pub(super) fn read(variables: impl Iterator<Item = (OsString, OsString)>) -> Result<Vec<Variable>, Invalid> {
    let (mut rocket, mut ours) = (Vec::new(), Vec::new());
    for (name, value) in variables {
        let Some(name) = name.to_str() else { continue };
        let text = || value.into_string().map_err(|_| Invalid(format!("the environment variable {name} is not UTF-8")));
        if let Some(key) = name.strip_prefix(OURS) {
            ours.push(Variable::ours(name, &key.to_ascii_lowercase(), text()?)?);
        } else if let Some(key) = of_rocket(name) {
            rocket.push(Variable::rocket(name, key, text()?)?);
        }
    }
    rocket.extend(ours);
    Ok(rocket)
}

impl Variable {
    fn ours(name: &str, key: &str, text: String) -> Result<Variable, Invalid> {
        let path = |key: &str| if key == "secret_key" { key.to_owned() } else { format!("{OWN}.{key}") };
        let secret = |key: &str| table::find(&path(key)).is_some_and(|setting| setting.kind.is_secret());
        if let Some(key) = key.strip_suffix("_file").filter(|key| secret(key)) {
            let (place, value) = (format!("the file that {name} names"), Value::from(read_secret(name, key, &text)?));
            return Ok(Variable { place, path: path(key), value });
        }
        if table::find(&path(key)).is_none() {
            return Err(unknown(name, key, OURS));
        }
        let is_text = table::find(&path(key)).is_some_and(|setting| setting.kind.is_text());
        let value = if is_text { Value::from(text) } else { parse(&text) };
        Ok(Variable { place: format!("the environment variable {name}"), path: path(key), value })
    }

    fn rocket(name: &str, path: String, text: String) -> Result<Variable, Invalid> {
        let key = path.split('.').next().unwrap_or_default();
        if table::find(key).is_none() && table::section(key).is_none() && known::idle(key).is_none() {
            return Err(unknown(name, key, ROCKET));
        }
        let variable = Variable { place: format!("the environment variable {name}"), path, value: parse(&text) };
        for settings in variable.data().unwrap_or_default().values() {
            known::settings(settings, &variable.place)?;
        }
        Ok(variable)
    }
}

impl Provider for Variable {
    fn metadata(&self) -> Metadata {
        Metadata::named(self.place.clone())
    }

    fn data(&self) -> Result<Map<Profile, Dict>, Error> {
        Serialized::global(&self.path, &self.value).data()
    }
}

/// The key behind the prefix of Rocket, which it takes in any case.
fn of_rocket(name: &str) -> Option<String> {
    let (prefix, key) = name.split_at_checked(ROCKET.len())?;
    let key = key.to_ascii_lowercase();
    (prefix.eq_ignore_ascii_case(ROCKET) && !SELECTING.contains(&key.as_str())).then_some(key)
}

fn parse(text: &str) -> Value {
    text.parse().unwrap_or_else(|never| match never {})
}

/// One sentence for a variable that names no setting.
fn unknown(name: &str, key: &str, prefix: &str) -> Invalid {
    let (ours, rockets) = (our_names(), rocket_names());
    let other = if prefix == OURS { ROCKET } else { OURS };
    let near = [prefix, other].into_iter().find_map(|prefix| {
        let names = if prefix == OURS { &ours } else { &rockets };
        let near = nearest(key, names.iter().map(String::as_str))?;
        Some(format!("{prefix}{}", near.to_ascii_uppercase()))
    });
    let unknown = format!("the environment variable {name} names no setting");
    match near.or_else(|| in_a_table(key)) {
        Some(near) => Invalid(format!("{unknown}: did you mean {near}?")),
        None => Invalid(unknown),
    }
}

/// What stands behind `VESTIBULE_`, in lower case.
fn our_names() -> Vec<String> {
    let own = table::section(OWN).into_iter().flat_map(Section::settings).map(|setting| setting.key);
    let names = own.chain(["secret_key"]).map(str::to_owned);
    let files = table::all().filter(|(_, setting)| setting.kind.is_secret());
    names.chain(files.map(|(_, setting)| format!("{}_file", setting.key))).collect()
}

/// What stands behind `ROCKET_`, in lower case.
fn rocket_names() -> Vec<String> {
    let settings = SECTIONS.iter().filter(|section| section.name.is_empty()).flat_map(Section::settings);
    let tables = SECTIONS.iter().map(|section| section.name).filter(|name| !name.is_empty());
    settings.map(|setting| setting.key).chain(tables).chain(SELECTING.iter().copied()).map(str::to_owned).collect()
}

/// How to write what was meant as a setting in one of Rocket's tables, such as `SHUTDOWN_GRACE`.
fn in_a_table(key: &str) -> Option<String> {
    SECTIONS.iter().filter(|section| !section.name.is_empty()).find_map(|section| {
        let below = key.strip_prefix(section.name)?.strip_prefix('_')?;
        let setting = section.settings().find(|setting| setting.key == below)?;
        Some(match section.name {
            OWN => format!("{OURS}{}", below.to_ascii_uppercase()),
            name => format!("{ROCKET}{}='{{{below}={}}}'", name.to_ascii_uppercase(), setting.preset.toml()),
        })
    })
}

fn read_secret(name: &str, key: &str, path: &str) -> Result<String, Invalid> {
    if path.is_empty() {
        return Err(Invalid(format!("the environment variable {name} is empty: use the path of a file")));
    }
    let text = match key {
        "secret_key" => private_file::read(Path::new(path)),
        _ => std::fs::read_to_string(path),
    };
    let text = text.map_err(|e| Invalid(format!("{name} names {path}, which can't be used: {e}")))?;
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}
