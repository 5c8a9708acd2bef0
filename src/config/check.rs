//! What makes a configuration unusable, said so that the reader knows which key to correct and how.

use rocket::figment::value::Value;
use rocket::figment::{Error, Figment, Metadata, error::Kind as Flaw};

use super::table::{self, Setting};
use super::{Invalid, Settings};

/// The longest value that a message repeats, in characters.
const SHOWN: usize = 60;

/// Checks the rules that a type can't hold.
pub(super) fn bounds(figment: &Figment, settings: &Settings) -> Result<(), Invalid> {
    let values = values(figment);
    for (path, setting) in table::all() {
        if let Some(value) = values.find_ref(&path).filter(|value| !setting.kind.is_within(value)) {
            return Err(misfit(&path, setting, value, None, &place_of(figment, value)));
        }
    }
    match (settings.templates(), values.find_ref("vestibule.templates")) {
        (Some(folder), Some(value)) if !folder.is_dir() => Err(Invalid(format!(
            "setting `vestibule.templates`{} is {}, which is not a folder",
            place_of(figment, value),
            folder.display()
        ))),
        _ => Ok(()),
    }
}

/// One sentence for a value that can't be read: its key, where it stands, and what to use instead.
pub(super) fn explain(figment: &Figment, error: &Error) -> Invalid {
    // Behind the key of a setting there may be the index in a list, and keys that figment makes up for paths.
    for depth in (1..=error.path.len()).rev() {
        let (path, rest) = error.path.split_at(depth);
        let path = path.join(".");
        let values = values(figment);
        if let (Some(setting), Some(value)) = (table::find(&path), values.find_ref(&path)) {
            let index = rest.first().and_then(|index| index.parse().ok());
            return misfit(&path, setting, value, index, &place_of(figment, value));
        }
    }
    let (path, place) = (error.path.join("."), error.metadata.as_ref().map(place).unwrap_or_default());
    match (&error.kind, table::section(&path)) {
        (Flaw::MissingField(missing), Some(section)) => {
            Invalid(format!("setting `{path}`{place} lacks `{missing}`: use a table such as {}", section.example()))
        }
        // The path of a field that serde does not know ends at itself.
        (Flaw::UnknownField(..), _) => Invalid(format!("unknown setting `{path}`{place}")),
        _ => Invalid(format!("setting `{path}`{place} can't be used")),
    }
}

/// The same for a value that can be read and still is of no use.
pub(super) fn unusable(figment: &Figment, path: &str) -> Invalid {
    match (table::find(path), values(figment).find_ref(path)) {
        (Some(setting), Some(value)) => misfit(path, setting, value, None, &place_of(figment, value)),
        _ => Invalid(format!("setting `{path}` can't be used")),
    }
}

/// The same for a value of the right kind, with the reason and what to do.
pub(super) fn unusable_because(figment: &Figment, path: &str, why: &str) -> Invalid {
    let place = values(figment).find_ref(path).map(|value| place_of(figment, value)).unwrap_or_default();
    Invalid(format!("setting `{path}`{place} can't be used: {why}"))
}

/// One sentence for a value that a setting does not take; in a list, for the item at the index.
pub(super) fn misfit(path: &str, setting: &Setting, value: &Value, index: Option<usize>, place: &str) -> Invalid {
    let item = index.and_then(|index| value.as_array()?.get(index));
    let found = match (item, value) {
        _ if setting.kind.is_secret() => None,
        (Some(item), _) => shown(item).map(|item| format!("has {item}")),
        (None, Value::String(_, text)) if text.is_empty() => Some("is empty".to_owned()),
        (None, value) => shown(value).map(|value| format!("is {value}")),
    };
    let found = found.as_deref().unwrap_or("can't be used as it is");
    Invalid(format!("setting `{path}`{place} {found}: use {}", setting.kind.takes()))
}

/// A value as it may be repeated: in one line, short, and not when it may hold somebody's password.
pub(super) fn shown(value: &Value) -> Option<String> {
    match value {
        Value::String(_, text) if text.contains("://") && text.contains('@') => None,
        Value::String(_, text) if text.chars().count() > SHOWN => {
            Some(format!("{:?}", text.chars().take(SHOWN).chain(['…']).collect::<String>()))
        }
        Value::String(_, text) => Some(format!("{text:?}")),
        Value::Char(_, character) => Some(format!("{:?}", character.to_string())),
        Value::Bool(_, on) => Some(on.to_string()),
        Value::Num(_, number) => {
            let whole = number.to_u128().map(|n| n.to_string()).or(number.to_i128().map(|n| n.to_string()));
            whole.or(number.to_f64().map(|n| n.to_string()))
        }
        Value::Array(..) => Some("a list".to_owned()),
        Value::Dict(..) => Some("a table".to_owned()),
        Value::Empty(..) => Some("nothing".to_owned()),
    }
}

/// All values that take effect, together.
pub(super) fn values(figment: &Figment) -> Value {
    figment.find_value("").unwrap_or_else(|_| Value::from(""))
}

fn place_of(figment: &Figment, value: &Value) -> String {
    figment.get_metadata(value.tag()).map(place).unwrap_or_default()
}

fn place(metadata: &Metadata) -> String {
    match metadata.source.as_ref().and_then(|source| source.file_path()) {
        Some(file) => format!(" in {}", file.display()),
        None => format!(" in {}", metadata.name),
    }
}
