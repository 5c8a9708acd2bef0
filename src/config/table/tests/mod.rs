//! The table is true of the code: the same keys, defaults and bounds.

use std::collections::BTreeSet;

use rocket::figment::Figment;
use rocket::figment::providers::{Format, Toml};
use rocket::figment::value::{Dict, Value};

use super::*;
use crate::config::{Config, Settings};

fn base() -> Figment {
    Figment::from(rocket::Config::default())
}

/// The settings as a setting of this table makes them.
fn with(section: &Section, setting: &Setting, value: &str) -> Result<Config, String> {
    let text = format!("[{}]\n{} = {value}\n", section.header(), setting.key);
    Config::from_figment(base().merge(Toml::string(&text).nested())).map_err(|error| error.to_string())
}

fn dict(settings: &Settings) -> Dict {
    Value::serialize(settings).expect("settings can be written").into_dict().expect("as a table")
}

fn own() -> &'static Section {
    section(OWN).expect("it is there")
}

#[test]
fn every_setting_of_ours_is_in_the_table_once() {
    let keys: Vec<&str> = own().settings().map(|setting| setting.key).collect();
    let unique: BTreeSet<&str> = keys.iter().copied().collect();
    assert_eq!(keys.len(), unique.len(), "{keys:?}");
    let code = dict(&Settings::default());
    assert_eq!(unique, code.keys().map(String::as_str).collect());
}

#[test]
fn every_default_is_that_of_the_code() {
    let code = dict(&Settings::default());
    for setting in own().settings() {
        if let Preset::Unset(example) = setting.preset {
            assert!(matches!(code[setting.key], Value::Empty(..)), "{}", setting.key);
            // These files would have to be there.
            assert!(
                ["templates", "logo"].contains(&setting.key) || with(own(), setting, example).is_ok(),
                "{}",
                setting.key
            );
        } else {
            let config = with(own(), setting, &setting.preset.toml()).expect("the default is fine");
            assert_eq!(dict(&config.settings)[setting.key], code[setting.key], "{}", setting.key);
        }
    }
}

#[test]
fn every_bound_is_that_of_the_code() {
    for section in SECTIONS.iter().filter(|section| section.name != "tls") {
        for setting in section.settings() {
            match &setting.kind {
                Kind::Number(range) => {
                    for fine in [range.start(), range.end()] {
                        assert!(with(section, setting, &fine.to_string()).is_ok(), "{} {fine}", setting.key);
                    }
                    for value in [range.start().wrapping_sub(1) as i64, *range.end() as i64 + 1] {
                        let refused = with(section, setting, &value.to_string()).unwrap_err();
                        assert!(refused.ends_with(&format!("is {value}: use {}", setting.kind.takes())), "{refused}");
                    }
                }
                Kind::Word(words) => {
                    // With a mail server there have to be its address and a sender.
                    for word in words.iter().filter(|word| (setting.key, **word) != ("mail_transport", "smtp")) {
                        assert!(with(section, setting, &format!("{word:?}")).is_ok(), "{} {word}", setting.key);
                    }
                    let refused = with(section, setting, "\"nope\"").unwrap_err();
                    assert!(refused.ends_with(&format!("is \"nope\": use {}", setting.kind.takes())), "{refused}");
                }
                Kind::Words(words) => {
                    assert!(with(section, setting, &format!("{words:?}")).is_ok(), "{}", setting.key);
                }
                Kind::List(example) => assert!(with(section, setting, example).is_ok(), "{}", setting.key),
                _ => {}
            }
        }
    }
}

#[test]
fn every_sentence_fits_a_line_of_its_own() {
    let mut seen = BTreeSet::new();
    for (path, setting) in all() {
        let sentence = setting.sentence;
        assert!(sentence.ends_with('.') && sentence.chars().count() <= 116, "{path}: {}", sentence.chars().count());
        assert!(sentence.starts_with(|first: char| first.is_uppercase() || first.is_ascii_digit()), "{path}");
        assert!(seen.insert(sentence), "{path} says what another setting says");
    }
}
