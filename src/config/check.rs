//! What makes a configuration unusable, said so that the reader knows which key to mend.

use rocket::figment::value::{Dict, Value};
use rocket::figment::{Error, Figment, Metadata, Source, error::Kind};

use super::{Invalid, Settings};

/// The keys of Rocket itself. `config` is the name of the file, from `ROCKET_CONFIG`.
const ROCKET_KEYS: &[&str] = &[
    "address",
    "port",
    "workers",
    "max_blocking",
    "keep_alive",
    "ident",
    "ip_header",
    "limits",
    "tls",
    "secret_key",
    "temp_dir",
    "log_level",
    "shutdown",
    "cli_colors",
    "config",
    "vestibule",
];

/// The keys of Rocket's own tables; those of `limits` are free.
const ROCKET_TABLES: &[(&str, &[&str])] = &[
    ("shutdown", &["ctrlc", "signals", "grace", "mercy", "force", "__non_exhaustive"]),
    ("tls", &["certs", "key", "ciphers", "prefer_server_cipher_order"]),
];

/// Rocket lets unknown keys pass; a mistyped one should not be believed to work.
pub(super) fn keys_are_known(figment: &Figment) -> Result<(), Invalid> {
    let all: Dict = figment.extract().map_err(explain)?;
    if let Some(profile) = figment.profiles().find(|profile| ROCKET_KEYS.contains(&profile.as_str().as_str())) {
        return Err(Invalid(format!("[{profile}] in Rocket.toml names a profile; write [default.{profile}]")));
    }
    let unknown = |key: &str| {
        let place = place(figment.find_metadata(key));
        let hint = "settings of Vestibule itself belong under [default.vestibule]";
        Err(Invalid(format!("unknown setting `{key}`{place}; {hint}")))
    };
    if let Some(key) = all.keys().find(|key| !ROCKET_KEYS.contains(&key.as_str())) {
        return unknown(key);
    }
    for (table, known) in ROCKET_TABLES {
        let Some(Value::Dict(_, dict)) = all.get(*table) else { continue };
        if let Some(key) = dict.keys().find(|key| !known.contains(&key.as_str())) {
            return unknown(&format!("{table}.{key}"));
        }
    }
    Ok(())
}

/// Rules that a type can't hold.
pub(super) fn ranges(settings: &Settings) -> Result<(), Invalid> {
    let within = |key: &str, value: u64, least: u64, most: u64| {
        if (least..=most).contains(&value) {
            Ok(())
        } else {
            Err(Invalid(format!("setting `vestibule.{key}` is {value}; it has to be from {least} to {most}")))
        }
    };
    within("bcrypt_cost", settings.bcrypt_cost.into(), 4, 20)?;
    within("password_min_length", settings.password_min_length as u64, 8, 128)?;
    within("session_idle_minutes", settings.session_idle_minutes.into(), 2, 7 * 24 * 60)?;
    within("session_hours", settings.session_hours.into(), 1, 30 * 24)?;
    within("remember_idle_days", settings.remember_idle_days.into(), 1, 365)?;
    within("remember_days", settings.remember_days.into(), 1, 365)?;
    within("public_todos", settings.public_todos.into(), 0, 100)?;
    within("network_sign_ups_per_hour", settings.network_sign_ups_per_hour.into(), 1, 100_000)?;
    within("access_token_minutes", settings.access_token_minutes.into(), 1, 1440)?;
    within("refresh_token_days", settings.refresh_token_days.into(), 1, 30)?;
    within("attempts_free", settings.attempts_free.into(), 1, 1000)?;
    within("attempts_regain_minutes", settings.attempts_regain_minutes.into(), 1, 1440)?;
    within("attempts_longest_wait_seconds", settings.attempts_longest_wait_seconds.into(), 1, 3600)?;
    within("attempts_per_day", settings.attempts_per_day.into(), 1, 100_000)?;
    within("device_failures_per_hour", settings.device_failures_per_hour.into(), 1, 1000)?;
    within("network_logins", settings.network_logins.into(), 1, 1_000_000)?;
    within("network_login_seconds", settings.network_login_seconds.into(), 1, 3600)?;
    within("audit_days", settings.audit_days.into(), 1, 36_500)?;
    match settings.templates() {
        Some(folder) if !folder.is_dir() => {
            Err(Invalid(format!("setting `vestibule.templates` is {}, which is not a folder", folder.display())))
        }
        _ => Ok(()),
    }
}

/// One sentence for a value that can't be read, with its key and where it stands. The value of a secret
/// is not repeated.
pub(super) fn explain(error: Error) -> Invalid {
    let key = error.path.join(".");
    let place = place(error.metadata.as_ref());
    let what = match &error.kind {
        Kind::UnknownField(name, _) => return Invalid(format!("unknown setting `{}`{place}", join(&key, name))),
        _ if key.ends_with("secret_key") || key.ends_with("database_url") => "its value can't be used".into(),
        kind => kind.to_string(),
    };
    if key.is_empty() {
        return Invalid(format!("the settings{place} can't be read: {what}"));
    }
    Invalid(format!("setting `{key}`{place}: {what}"))
}

/// The same for our own settings: Figment puts the table that they are in behind the key, not before it.
pub(super) fn explain_own(mut error: Error) -> Invalid {
    error.path.retain(|part| part != "vestibule");
    error.path.insert(0, "vestibule".to_owned());
    explain(error)
}

/// Where a value stands: the file, or what else it came from.
fn place(metadata: Option<&Metadata>) -> String {
    match metadata.map(|metadata| (&metadata.source, &metadata.name)) {
        Some((Some(Source::File(path)), _)) => format!(" in {}", path.display()),
        Some((_, name)) => format!(" in {name}"),
        None => String::new(),
    }
}

/// The path of a field that serde does not know ends sometimes at its parent, sometimes at itself.
fn join(path: &str, name: &str) -> String {
    if path.is_empty() || path == name || path.ends_with(&format!(".{name}")) {
        if path.is_empty() { name.to_owned() } else { path.to_owned() }
    } else {
        format!("{path}.{name}")
    }
}
