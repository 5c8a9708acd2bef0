//! What makes a configuration unusable, said so that the reader knows which key to mend.

use rocket::figment::{Error, Metadata, error::Kind};

use super::{Invalid, Settings};

/// Rules that a type can't hold.
pub(super) fn ranges(settings: &Settings) -> Result<(), Invalid> {
    let within = |key: &str, value: u64, least: u64, most: u64| {
        if (least..=most).contains(&value) {
            Ok(())
        } else {
            Err(Invalid(format!("setting `vestibule.{key}` is {value}; it has to be from {least} to {most}")))
        }
    };
    within("bcrypt_cost", settings.bcrypt_cost.into(), 4, 16)?;
    within("password_min_length", settings.password_min_length as u64, 8, 128)?;
    within("session_idle_minutes", settings.session_idle_minutes.into(), 2, 7 * 24 * 60)?;
    within("session_hours", settings.session_hours.into(), 1, 30 * 24)?;
    within("remember_idle_days", settings.remember_idle_days.into(), 1, 365)?;
    within("remember_days", settings.remember_days.into(), 1, 365)?;
    within("public_todos", settings.public_todos.into(), 0, 100)?;
    within("network_sign_ups_per_hour", settings.network_sign_ups_per_hour.into(), 1, 100_000)?;
    within("email_changes_per_hour", settings.email_changes_per_hour.into(), 1, 1000)?;
    within("network_email_changes_per_hour", settings.network_email_changes_per_hour.into(), 1, 100_000)?;
    within("access_token_minutes", settings.access_token_minutes.into(), 1, 1440)?;
    within("refresh_token_days", settings.refresh_token_days.into(), 1, 30)?;
    within("attempts_free", settings.attempts_free.into(), 1, 1000)?;
    within("attempts_regain_minutes", settings.attempts_regain_minutes.into(), 1, 1440)?;
    within("attempts_longest_wait_seconds", settings.attempts_longest_wait_seconds.into(), 1, 3600)?;
    within("attempts_per_day", settings.attempts_per_day.into(), 1, 100_000)?;
    within("attempts_past_day_minutes", settings.attempts_past_day_minutes.into(), 1, 1440)?;
    within("device_failures_per_hour", settings.device_failures_per_hour.into(), 1, 1000)?;
    within("device_free_logins_per_hour", settings.device_free_logins_per_hour.into(), 1, 1000)?;
    within("confirmation_failures_per_hour", settings.confirmation_failures_per_hour.into(), 1, 1000)?;
    within("network_logins", settings.network_logins.into(), 1, 1_000_000)?;
    within("network_login_seconds", settings.network_login_seconds.into(), 1, 3600)?;
    within("logins_per_hour", settings.logins_per_hour.into(), 1, 1_000_000)?;
    within("password_queue_milliseconds", settings.password_queue_milliseconds.into(), 1, 60_000)?;
    within("password_queue_per_network", settings.password_queue_per_network.into(), 1, 1000)?;
    within("open_todos_per_account", settings.open_todos_per_account.into(), 1, 1_000_000)?;
    within("sessions_per_account", settings.sessions_per_account.into(), 1, 10_000)?;
    within("writes_per_minute", settings.writes_per_minute.into(), 1, 1_000_000)?;
    within("audit_days", settings.audit_days.into(), 1, 36_500)?;
    within("audit_refusals_per_day", settings.audit_refusals_per_day.into(), 1, 1_000_000)?;
    within("audit_refusals", settings.audit_refusals.into(), 1, 10_000_000)?;
    within("connections", settings.connections.into(), 16, 1_000_000)?;
    within("connections_per_network", settings.connections_per_network.into(), 1, 1_000_000)?;
    within("silent_connection_seconds", settings.silent_connection_seconds.into(), 1, 3600)?;
    let templates = settings.templates.as_ref().map(|path| path.original());
    for (key, path) in [("data_dir", Some(settings.data_dir.original())), ("templates", templates)] {
        if path.is_some_and(|path| path.as_os_str().is_empty()) {
            return Err(Invalid(format!("setting `vestibule.{key}` is empty; leave it out, or name a folder")));
        }
    }
    match settings.templates() {
        Some(folder) if !folder.is_dir() => {
            Err(Invalid(format!("setting `vestibule.templates` is {}, which is not a folder", folder.display())))
        }
        _ => Ok(()),
    }
}

/// Settings whose value is not repeated.
const SECRETS: &[&str] = &["secret_key", "vestibule.database_url"];

/// One sentence for a value that can't be read, with its key and where it stands.
pub(super) fn explain(error: Error) -> Invalid {
    // Figment reads paths by way of keys of its own, which nobody wrote.
    let path: Vec<&str> = error.path.iter().map(String::as_str).filter(|key| !key.starts_with("___")).collect();
    let key = path.join(".");
    let place = error.metadata.as_ref().map(place).unwrap_or_default();
    let secret = SECRETS.iter().any(|secret| key == *secret || key.starts_with(&format!("{secret}.")));
    match &error.kind {
        // The path of a field that serde does not know ends at itself.
        Kind::UnknownField(..) => Invalid(format!("unknown setting `{key}`{place}")),
        _ if secret => Invalid(format!("setting `{key}`{place} can't be used as it is")),
        kind => Invalid(format!("setting `{key}`{place}: {kind}")),
    }
}

fn place(metadata: &Metadata) -> String {
    match metadata.source.as_ref().and_then(|source| source.file_path()) {
        Some(file) => format!(" in {}", file.display()),
        None => format!(" in {}", metadata.name),
    }
}
