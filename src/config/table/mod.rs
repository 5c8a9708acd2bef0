//! The one table of all settings: its name, what it takes, its default, and a sentence on what it does. Checks and error
//! messages follow from it, and so do `Rocket.toml` and `docs/settings.md`, which a test compares with it.

mod accounts;
mod attempts;
mod branding;
mod files;
mod kind;
mod mail;
mod monitoring;
mod reach;
mod section;
mod sessions;
mod setting;
mod tokens;
mod traffic;
mod web_server;

pub use kind::Kind;
pub use section::{Group, Section};
pub use setting::{Preset, Setting};

/// The key of the table with our own settings.
pub(super) const OWN: &str = "vestibule";

/// All settings: those of Rocket that do something here, and our own.
pub const SECTIONS: &[Section] = &[
    Section { name: "", optional: false, groups: web_server::SETTINGS },
    Section { name: "shutdown", optional: false, groups: web_server::SHUTDOWN },
    Section { name: "tls", optional: true, groups: web_server::TLS },
    Section {
        name: OWN,
        optional: false,
        groups: &[
            reach::REACH,
            files::FILES,
            files::BACKUPS,
            branding::BRANDING,
            mail::MAIL,
            accounts::SIGN_UP,
            accounts::PASSWORDS,
            accounts::DELETION,
            sessions::SESSIONS,
            tokens::TOKENS,
            attempts::ATTEMPTS,
            accounts::TASKS,
            traffic::TRAFFIC,
            traffic::AUDIT,
            monitoring::MONITORING,
        ],
    },
];

/// Every setting with its whole path, such as `vestibule.registration`.
pub fn all() -> impl Iterator<Item = (String, &'static Setting)> {
    SECTIONS.iter().flat_map(|section| section.settings().map(|setting| (section.path(setting.key), setting)))
}

/// The table below `[default]` with this key.
pub(super) fn section(name: &str) -> Option<&'static Section> {
    SECTIONS.iter().find(|section| !name.is_empty() && section.name == name)
}

/// The setting with this path.
pub(super) fn find(path: &str) -> Option<&'static Setting> {
    all().find(|(known, _)| known == path).map(|(_, setting)| setting)
}

#[cfg(test)]
mod tests;
