//! Which settings there are, and where they stand. Rocket ignores any other; here a mistyped
//! one, or one in a wrong place, stops the start.

use std::path::Path;

use rocket::figment::Profile;
use rocket::figment::providers::{Format, Toml};
use rocket::figment::value::{Dict, Value};

use super::spelling::nearest;
use super::table::{self, SECTIONS, Section};
use super::{Invalid, check};

/// Settings of Rocket that would do nothing here.
const IDLE: &[(&str, &str)] = &[
    ("ip_header", "name your proxies in `vestibule.trusted_proxies`, and their X-Forwarded-For is believed"),
    ("limits", "every address has limits of its own for what is sent to it"),
    ("ident", "no answer names the program"),
    ("cli_colors", "the log has no colours"),
];

/// The profiles that are read from a file: those of Rocket, besides the one that is selected.
const PROFILES: &[Profile] =
    &[Profile::Default, Profile::Global, rocket::Config::DEBUG_PROFILE, rocket::Config::RELEASE_PROFILE];

/// Checks every table of the file, those of profiles that are not selected too, and that the selected one is defined.
pub(super) fn profile(file: Option<&Path>, selected: &Profile) -> Result<(), Invalid> {
    let tables = file.map(read).transpose()?.unwrap_or_default();
    let place = file.map(|file| file.display().to_string()).unwrap_or_default();
    for (name, table) in &tables {
        let Value::Dict(_, settings) = table else {
            return Err(Invalid(format!(
                "setting `{name}` in {place} stands outside of any table: put it under [default]"
            )));
        };
        let profile = Profile::new(name);
        if !PROFILES.contains(&profile) && profile != *selected {
            let names = PROFILES.iter().map(|profile| profile.as_str().as_str());
            let instead = match (table::section(name), nearest(name, names)) {
                (Some(_), _) => format!("write [default.{name}]"),
                (None, Some(near)) => format!("did you mean [{near}]?"),
                (None, None) => "settings belong under [default], those of Vestibule under [default.vestibule], \
                                 and a profile of your own is selected by ROCKET_PROFILE"
                    .to_owned(),
            };
            return Err(Invalid(format!("the table `[{name}]` in {place} is not read: {instead}")));
        }
        self::settings(settings, &format!("[{name}] of {place}"))?;
    }
    if PROFILES.contains(selected) || tables.keys().any(|name| Profile::new(name) == *selected) {
        return Ok(());
    }
    Err(Invalid(format!(
        "the environment variable ROCKET_PROFILE selects {:?}, for which no file has settings; without it, the table \
         [default] of Rocket.toml counts",
        selected.as_str().as_str()
    )))
}

/// The tables of a file. Of what is wrong with it only the place is told: the line may hold a secret.
fn read(file: &Path) -> Result<Dict, Invalid> {
    let text =
        std::fs::read_to_string(file).map_err(|error| Invalid(format!("{} can't be read: {error}", file.display())))?;
    Toml::from_str(&text).map_err(|error| {
        let error = error.to_string();
        let line = error.lines().next().unwrap_or_default().trim_start_matches("TOML parse error ");
        Invalid(format!("{} is not valid TOML: look {line}", file.display()))
    })
}

/// Checks settings as they stand in one place.
pub(super) fn settings(settings: &Dict, place: &str) -> Result<(), Invalid> {
    for (key, value) in settings {
        if let Some(instead) = idle(key) {
            return Err(Invalid(format!("setting `{key}` in {place} does nothing here: {instead}")));
        }
        match (table::section(key), table::find(key)) {
            (Some(section), _) => below(section, value, place)?,
            // Rocket would take a list of bytes, too, which our own reader does not see.
            (None, Some(setting)) if setting.kind.is_secret() && value.as_str().is_none() => {
                return Err(check::misfit(key, setting, value, None, &format!(" in {place}")));
            }
            (None, Some(_)) => {}
            (None, None) => return Err(unknown("", key, place)),
        }
    }
    Ok(())
}

/// Checks the names in a table of settings.
fn below(section: &Section, value: &Value, place: &str) -> Result<(), Invalid> {
    // What stands there instead is not repeated: it may be a table that lacks its last bracket, with secrets.
    let Value::Dict(_, table) = value else {
        let (name, example) = (section.name, section.example());
        return Err(Invalid(format!("setting `{name}` in {place} is not a table: use one such as {example}")));
    };
    match table.keys().find(|key| section.settings().all(|setting| setting.key != *key)) {
        Some(key) => Err(unknown(section.name, key, place)),
        None => Ok(()),
    }
}

/// What to do instead of a setting that does nothing here.
pub(super) fn idle(key: &str) -> Option<&'static str> {
    IDLE.iter().find(|(idle, _)| *idle == key).map(|(_, instead)| *instead)
}

/// One sentence for a name that no setting of a table has.
fn unknown(section: &str, key: &str, place: &str) -> Invalid {
    let path = if section.is_empty() { key.to_owned() } else { format!("{section}.{key}") };
    let unknown = format!("unknown setting `{path}` in {place}");
    let here = SECTIONS.iter().filter(|known| known.name == section).flat_map(Section::settings);
    let tables = SECTIONS.iter().map(|known| known.name).filter(|name| section.is_empty() && !name.is_empty());
    if let Some(near) = nearest(key, here.map(|setting| setting.key).chain(tables)) {
        return Invalid(format!("{unknown}: did you mean `{near}`?"));
    }
    for other in SECTIONS.iter().filter(|other| other.name != section) {
        if let Some(near) = nearest(key, other.settings().map(|setting| setting.key)) {
            return Invalid(format!("{unknown}: did you mean `{near}` under [{}]?", other.header()));
        }
    }
    match section {
        "" => Invalid(format!("{unknown}; settings of Vestibule itself belong under [default.vestibule]")),
        _ => Invalid(unknown),
    }
}
