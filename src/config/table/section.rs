//! Groups of related settings, and the tables of `Rocket.toml` that hold them.

use super::setting::Setting;

/// A table of `Rocket.toml`, such as `[default.vestibule]`.
#[derive(Debug)]
pub struct Section {
    /// Its key below `[default]`; empty for `[default]` itself.
    pub name: &'static str,
    /// Whether leaving it out means something else than its defaults do.
    pub optional: bool,
    /// What is in it, in reading order.
    pub groups: &'static [Group],
}

/// Settings that are read together.
#[derive(Debug)]
pub struct Group {
    /// A heading.
    pub title: &'static str,
    /// What they have in common, or what one sentence can't hold; may be empty.
    pub note: &'static str,
    /// In reading order.
    pub settings: &'static [Setting],
}

impl Section {
    /// Its settings.
    pub fn settings(&self) -> impl Iterator<Item = &'static Setting> {
        self.groups.iter().flat_map(|group| group.settings)
    }

    /// The whole path of a key in it.
    pub fn path(&self, key: &str) -> String {
        if self.name.is_empty() { key.to_owned() } else { format!("{}.{key}", self.name) }
    }

    /// How its table is headed in `Rocket.toml`.
    pub fn header(&self) -> String {
        if self.name.is_empty() { "default".to_owned() } else { format!("default.{}", self.name) }
    }

    /// An example of the whole table.
    pub(in crate::config) fn example(&self) -> String {
        let settings = self.settings().take(2).map(|setting| format!("{} = {}", setting.key, setting.preset.toml()));
        format!("{{ {} }}", settings.collect::<Vec<_>>().join(", "))
    }
}
