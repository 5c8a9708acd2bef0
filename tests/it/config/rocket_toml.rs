//! The Rocket.toml of the repository: every setting, as it is when you leave it out.

use std::collections::BTreeSet;

use rocket::figment::Figment;
use rocket::figment::providers::{Format, Toml};
use vestibule::config::{Config, Settings};

const FILE: &str = include_str!("../../../Rocket.toml");

/// What Rocket would take and Vestibule sets itself, or nobody needs to set.
const LEFT_OUT: &[&str] = &["cli_colors", "ident", "ip_header", "limits", "profile", "config", "vestibule", "shutdown"];

/// The keys of a section, those in comments included.
fn keys(section: &str) -> BTreeSet<String> {
    let start = FILE.find(&format!("[{section}]\n")).unwrap_or_else(|| panic!("there is no [{section}]"));
    let lines = FILE[start..].lines().skip(1).take_while(|line| !line.starts_with('['));
    let key = |line: &str| {
        let (key, _) = line.strip_prefix("# ").unwrap_or(line).split_once(" = ")?;
        let is_key = !key.is_empty() && key.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
        is_key.then(|| key.to_owned())
    };
    lines.filter_map(key).collect()
}

fn of_json(value: serde_json::Value) -> BTreeSet<String> {
    value.as_object().unwrap().keys().cloned().collect()
}

#[test]
fn it_names_every_setting_of_ours() {
    assert_eq!(keys("default.vestibule"), of_json(serde_json::to_value(Settings::default()).unwrap()));
}

#[test]
fn it_names_every_setting_of_the_web_server() {
    let all: BTreeSet<String> = of_json(serde_json::to_value(rocket::Config::default()).unwrap());
    let expected: BTreeSet<String> = all
        .into_iter()
        .filter(|key| !LEFT_OUT.contains(&key.as_str()))
        .chain(["secret_key".to_owned(), "tls".to_owned()])
        .collect();
    assert_eq!(keys("default"), expected);
    assert_eq!(keys("default.shutdown"), ["ctrlc", "force", "grace", "mercy", "signals"].map(str::to_owned).into());
}

#[test]
fn it_equals_the_defaults_of_the_code() {
    let read = |figment: Figment| Config::from_figment(figment).expect("it can be used");
    let base = Figment::from(rocket::Config::release_default()).merge(("shutdown.grace", 10));
    let (file, code) = (read(base.clone().merge(Toml::string(FILE).nested())), read(base));
    let mut expected = serde_json::to_value(&code.settings).unwrap();
    // For trying out: the code's own defaults are closed.
    expected["registration"] = "open".into();
    expected["public_todos"] = 5.into();
    assert_eq!(serde_json::to_value(&file.settings).unwrap(), expected);
    assert_eq!(file.database, code.database);
    let rocket = |config: &Config| -> serde_json::Value {
        let mut settings: rocket::Config = config.figment.extract().unwrap();
        settings.log_level = rocket::config::LogLevel::Normal;
        serde_json::to_value(settings).unwrap()
    };
    assert_eq!(rocket(&file), rocket(&code));
    assert_eq!(file.log_level, rocket::config::LogLevel::Normal);
}

#[test]
fn every_group_of_settings_has_a_comment() {
    for section in FILE.split("\n[").skip(1) {
        let mut explained = false;
        for line in section.lines().skip(1) {
            let setting = line.strip_prefix("# ").unwrap_or(line).split_once(" = ").map(|(key, _)| key);
            let is_setting = setting.is_some_and(|key| key.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'));
            assert!(!is_setting || explained, "{line}");
            explained |= line.starts_with("# ");
        }
    }
}
