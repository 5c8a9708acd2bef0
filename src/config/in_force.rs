//! The settings in force, for those who look at a running server: which value each has, and where it comes from. Secrets
//! are not in it.

use rocket::figment::Source;
use rocket::figment::value::Value;

use super::table::{Group, Kind, Preset, SECTIONS, Section, Setting};
use super::{Config, check};

/// Settings that are read together.
#[derive(Debug)]
pub struct GroupInForce {
    /// A heading.
    pub title: &'static str,
    /// The key of their table below `[default]`; empty for `[default]` itself.
    pub section: &'static str,
    /// In reading order.
    pub settings: Vec<InForce>,
}

/// A setting in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InForce {
    /// Its key.
    pub key: &'static str,
    /// What it does.
    pub sentence: &'static str,
    /// Its value, as `Rocket.toml` writes it; none of a secret, and where nothing is set.
    pub value: Option<String>,
    /// Whether it is a secret that is set.
    pub is_hidden: bool,
    /// Where it is set, such as a file or a variable; none: the default counts.
    pub place: Option<String>,
}

impl GroupInForce {
    /// How their table is headed in `Rocket.toml`.
    pub fn table(&self) -> String {
        if self.section.is_empty() { "default".to_owned() } else { format!("default.{}", self.section) }
    }
}

impl Config {
    /// All settings in force, in reading order. A table that is left out counts as unset.
    pub fn in_force(&self) -> Vec<GroupInForce> {
        let values = check::values(&self.figment);
        let group = |section: &'static Section, group: &'static Group| GroupInForce {
            title: group.title,
            section: section.name,
            settings: group.settings.iter().map(|setting| self.of(section, setting, &values)).collect(),
        };
        SECTIONS
            .iter()
            .flat_map(|section| section.groups.iter().map(move |one| (section, one)))
            .map(|(s, g)| group(s, g))
            .collect()
    }

    fn of(&self, section: &Section, setting: &'static Setting, values: &Value) -> InForce {
        let Setting { key, kind, preset, sentence } = setting;
        let value = values.find_ref(&section.path(key)).filter(|value| !matches!(value, Value::Empty(..)));
        let place = value.and_then(|value| self.place_of(value));
        // A password may stand in an address, too.
        let hides = |value: &Value| matches!(kind, Kind::Secret(_)) || holds_password(value);
        let is_hidden = value.is_some_and(hides);
        let shown = match value {
            Some(value) if !hides(value) => written(value),
            Some(_) => None,
            None => match preset {
                Preset::Unset(_) => None,
                preset => Some(preset.toml()),
            },
        };
        InForce { key, sentence, value: shown, is_hidden, place }
    }

    /// Where a value was set by somebody: files and the environment. Everything else is a default of the code.
    fn place_of(&self, value: &Value) -> Option<String> {
        let metadata = self.figment.get_metadata(value.tag())?;
        match &metadata.source {
            Some(Source::File(file)) => Some(file.display().to_string()),
            None if metadata.name.contains("environment variable") || metadata.name.starts_with("the file") => {
                Some(metadata.name.to_string())
            }
            _ => None,
        }
    }
}

fn holds_password(value: &Value) -> bool {
    match value {
        Value::String(_, text) => text.split("://").skip(1).any(has_user),
        Value::Array(_, values) => values.iter().any(holds_password),
        _ => false,
    }
}

/// Whether what follows the scheme of an address names a user, and so perhaps a password, before the host.
fn has_user(address: &str) -> bool {
    let host = address.split(|c: char| c.is_whitespace() || "/?#<>\"".contains(c)).next();
    host.is_some_and(|host| host.contains('@'))
}

/// A value as TOML writes it.
fn written(value: &Value) -> Option<String> {
    match value {
        Value::String(_, text) => Some(format!("{text:?}")),
        Value::Array(_, values) => {
            Some(format!("[{}]", values.iter().filter_map(written).collect::<Vec<_>>().join(", ")))
        }
        value => check::shown(value),
    }
}

#[cfg(test)]
mod tests {
    use rocket::figment::Figment;
    use rocket::figment::providers::{Format, Toml};

    use super::*;

    #[test]
    fn values_are_told_with_their_place_and_secrets_are_not() {
        let file = "[default]\nport = 8123\n[default.vestibule]\nbcrypt_cost = 11\nallowed_origins = [\"https://a.example\"]\n\
                    mail_transport = \"log\"\nsmtp_url = \"smtp://me:s3cret@mail.example\"\n\
                    help_text = \"See https://help.example/@us or write to help@example.com\"\n";
        let figment = Figment::from(rocket::Config::default())
            .merge(Toml::string(file).nested())
            .merge(("secret_key", "QUJD".repeat(22)))
            .merge(("vestibule.database_url", "sqlite:s3cret.db"));
        let config = Config::from_figment(figment).unwrap();
        let groups = config.in_force();
        let find = |key: &str| {
            let all = groups.iter().flat_map(|group| &group.settings);
            all.into_iter().find(|setting| setting.key == key).unwrap().clone()
        };
        assert_eq!(find("port").value.as_deref(), Some("8123"));
        assert_eq!(find("bcrypt_cost").value.as_deref(), Some("11"));
        assert_eq!(find("allowed_origins").value.as_deref(), Some("[\"https://a.example\"]"));
        assert_eq!((find("registration").value.as_deref(), find("registration").place), (Some("\"closed\""), None));
        assert!(find("help_text").value.is_some(), "an address of mail is no secret");
        for secret in ["secret_key", "smtp_url", "database_url"] {
            assert_eq!((find(secret).value, find(secret).is_hidden), (None, true), "{secret}");
        }
        for (text, hides) in [
            ("smtp://me:s3cret@mail.example", true),
            ("https://a.example, https://me@b.example/", true),
            ("https://a.example/@me", false),
            ("https://a.example or me@b.example", false),
        ] {
            assert_eq!(holds_password(&Value::from(text)), hides, "{text}");
        }
        let told = format!("{groups:?}");
        assert!(!told.contains("s3cret") && !told.contains("QUJD"), "{told}");
        assert!(groups.iter().flat_map(|group| &group.settings).all(|setting| !setting.sentence.is_empty()));
    }
}
