//! One row of the table of settings.

use std::ops::RangeInclusive;

use super::kind::Kind;

/// One setting.
#[derive(Debug)]
pub struct Setting {
    /// Its key in its own table of `Rocket.toml`.
    pub key: &'static str,
    /// What it takes.
    pub kind: Kind,
    /// What counts when it is not set.
    pub preset: Preset,
    /// What it does: one line, for those who run Vestibule.
    pub sentence: &'static str,
}

/// What counts when a setting is not set.
#[derive(Debug, Clone, Copy)]
pub enum Preset {
    /// `true` or `false`.
    Switch(bool),
    /// A number.
    Number(u64),
    /// A text.
    Text(&'static str),
    /// A list of texts.
    List(&'static [&'static str]),
    /// Nothing; the sentence says what that means. This is an example in TOML.
    Unset(&'static str),
}

impl Preset {
    /// As `Rocket.toml` writes it; the example of one that is unset.
    pub fn toml(&self) -> String {
        match self {
            Preset::Switch(on) => on.to_string(),
            Preset::Number(number) => number.to_string(),
            Preset::Text(text) => format!("{text:?}"),
            Preset::List(texts) => format!("{texts:?}"),
            Preset::Unset(example) => (*example).to_owned(),
        }
    }
}

impl Setting {
    /// A row before its sentence is added.
    pub(super) const fn new(key: &'static str, kind: Kind, preset: Preset) -> Setting {
        Setting { key, kind, preset, sentence: "" }
    }

    /// What it does.
    pub(super) const fn says(self, sentence: &'static str) -> Setting {
        Setting { key: self.key, kind: self.kind, preset: self.preset, sentence }
    }
}

pub(super) const fn number(key: &'static str, range: RangeInclusive<u64>, preset: u64) -> Setting {
    Setting::new(key, Kind::Number(range), Preset::Number(preset))
}

pub(super) const fn switch(key: &'static str, preset: bool) -> Setting {
    Setting::new(key, Kind::Switch, Preset::Switch(preset))
}

pub(super) const fn word(key: &'static str, words: &'static [&'static str], preset: &'static str) -> Setting {
    Setting::new(key, Kind::Word(words), Preset::Text(preset))
}

/// A list that is empty unless it is set.
pub(super) const fn list(key: &'static str, example: &'static str) -> Setting {
    Setting::new(key, Kind::List(example), Preset::List(&[]))
}

/// A setting that has no default value.
pub(super) const fn unset(key: &'static str, kind: Kind, example: &'static str) -> Setting {
    Setting::new(key, kind, Preset::Unset(example))
}
