//! Which settings there are, and where they stand. Rocket lets any other pass; a mistyped one, or one in a wrong place,
//! should not be believed to work.

use std::path::Path;

use rocket::figment::Profile;
use rocket::figment::providers::{Format, Toml};
use rocket::figment::value::{Dict, Value};

use super::{Invalid, Settings};

/// Rocket's settings, and the keys of those that are tables.
const ROCKET: &[&str] = &[
    "address",
    "port",
    "workers",
    "max_blocking",
    "keep_alive",
    "temp_dir",
    "log_level",
    "secret_key",
    "tls",
    "shutdown",
    "vestibule",
];
const SHUTDOWN: &[&str] = &["ctrlc", "signals", "grace", "mercy", "force"];
const TLS: &[&str] = &["certs", "key", "ciphers", "prefer_server_cipher_order"];

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
            let instead = if ROCKET.contains(&name.as_str()) {
                format!("write [default.{name}]")
            } else {
                "settings belong under [default], those of Vestibule under [default.vestibule], \
                 and a profile of your own is selected by ROCKET_PROFILE"
                    .to_owned()
            };
            return Err(Invalid(format!("the table `[{name}]` in {place} is not read: {instead}")));
        }
        self::settings(settings, &format!("[{name}] of {place}"))?;
    }
    if PROFILES.contains(selected) || tables.keys().any(|name| Profile::new(name) == *selected) {
        return Ok(());
    }
    Err(Invalid(format!(
        "environment variable ROCKET_PROFILE selects {:?}, for which no file has settings; without it, the table \
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
        Invalid(format!("{}: {}", file.display(), error.lines().next().unwrap_or_default()))
    })
}

/// Checks settings as they stand in one place.
pub(super) fn settings(settings: &Dict, place: &str) -> Result<(), Invalid> {
    for (key, value) in settings {
        if let Some((_, instead)) = IDLE.iter().find(|(idle, _)| idle == key) {
            return Err(Invalid(format!("setting `{key}` in {place} does nothing here: {instead}")));
        }
        if !ROCKET.contains(&key.as_str()) {
            return Err(Invalid(format!(
                "unknown setting `{key}` in {place}; settings of Vestibule itself belong under [default.vestibule]"
            )));
        }
        let own = own_keys();
        let below: Vec<&str> = match key.as_str() {
            "vestibule" => own.iter().map(String::as_str).collect(),
            "shutdown" => SHUTDOWN.into(),
            "tls" => TLS.into(),
            "secret_key" if value.as_str().is_none() => {
                return Err(Invalid(format!("setting `secret_key` in {place} has to be text: 64 bytes in base64")));
            }
            _ => continue,
        };
        // What stands there instead is not repeated: it may be a table that lacks its last bracket, with secrets.
        let Value::Dict(_, table) = value else {
            return Err(Invalid(format!("setting `{key}` in {place} has to be a table, such as {{ key = value }}")));
        };
        if let Some(unknown) = table.keys().find(|name| !below.contains(&name.as_str())) {
            return Err(Invalid(format!("unknown setting `{key}.{unknown}` in {place}")));
        }
    }
    Ok(())
}

/// The names of our own settings, from the settings themselves.
pub(super) fn own_keys() -> Vec<String> {
    match Value::serialize(Settings::default()) {
        Ok(Value::Dict(_, dict)) => dict.into_keys().collect(),
        _ => unreachable!("settings serialize to a dictionary"),
    }
}
