//! `Rocket.toml`, `docs/settings.md` and the README say what the table of settings says.

use std::collections::BTreeSet;

use rocket::figment::Figment;
use rocket::figment::providers::{Format, Toml};
use vestibule::config::Config;
use vestibule::config::table::SECTIONS;

use super::written;

/// What Rocket would take and Vestibule sets itself, or nobody needs to set.
const LEFT_OUT: &[&str] = &["cli_colors", "ident", "ip_header", "limits", "profile", "config", "vestibule"];

/// Where the settings stand in the README.
const MARKS: [&str; 2] = ["<!-- from src/config/table/ -->\n", "<!-- the end of it -->\n"];

fn read(name: &str) -> String {
    std::fs::read_to_string(path(name)).unwrap_or_default()
}

fn path(name: &str) -> String {
    format!("{}/{name}", env!("CARGO_MANIFEST_DIR"))
}

/// Fails unless the file is as it should be; with `UPDATE_SETTINGS` in the environment it is written so.
fn holds(name: &str, expected: &str) {
    if std::env::var_os("UPDATE_SETTINGS").is_some() {
        std::fs::write(path(name), expected).unwrap();
    }
    let text = read(name);
    let differs = text.lines().zip(expected.lines()).position(|(is, should)| is != should);
    let line = differs.unwrap_or(text.lines().count().min(expected.lines().count()));
    assert!(
        text == expected,
        "{name} differs from src/config/table/ in line {}, which should be\n\n    {}\n\nTo write it again: \
         UPDATE_SETTINGS=1 cargo test --test it rocket_toml",
        line + 1,
        expected.lines().nth(line).unwrap_or("the end"),
    );
}

#[test]
fn they_say_what_the_table_says() {
    holds("Rocket.toml", &written::file());
    holds("docs/settings.md", &written::page());
    let readme = read("README.md");
    let (before, rest) = readme.split_once(MARKS[0]).expect("a mark");
    let (_, after) = rest.split_once(MARKS[1]).expect("another mark");
    holds("README.md", &format!("{before}{}{}{}{after}", MARKS[0], written::first(), MARKS[1]));
}

#[test]
fn the_table_has_every_setting_of_the_web_server() {
    let of_json = |value: serde_json::Value| -> BTreeSet<String> {
        value.as_object().unwrap().keys().filter(|key| !LEFT_OUT.contains(&key.as_str())).cloned().collect()
    };
    let keys = |name: &str| -> BTreeSet<String> {
        let section = SECTIONS.iter().find(|section| section.name == name).unwrap();
        section.settings().map(|setting| setting.key.to_owned()).collect()
    };
    let rocket = serde_json::to_value(rocket::Config::default()).unwrap();
    let tables = ["shutdown".to_owned(), "tls".to_owned()];
    let mut top = keys("");
    top.extend(tables);
    let mut expected = of_json(rocket.clone());
    expected.extend(["secret_key".to_owned(), "tls".to_owned()]);
    assert_eq!(top, expected);
    assert_eq!(keys("shutdown"), of_json(rocket["shutdown"].clone()));
    let tls = r#"tls = { certs = "a", key = "b" }"#;
    let tls: rocket::Config = Figment::from(rocket::Config::default()).merge(Toml::string(tls)).extract().unwrap();
    assert_eq!(keys("tls"), of_json(serde_json::to_value(tls.tls).unwrap()));
}

#[test]
fn rocket_toml_equals_the_defaults_of_the_code() {
    let config = |figment: Figment| Config::from_figment(figment).expect("it can be used");
    let base = Figment::from(rocket::Config::release_default()).merge(("shutdown.grace", 10));
    let file = config(base.clone().merge(Toml::string(&read("Rocket.toml")).nested()));
    let code = config(base);
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
