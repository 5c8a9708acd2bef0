//! How the lines on stderr look: for people or in JSON, and with their level where systemd's journal reads them.

use std::os::fd::AsFd;

use chrono::{SecondsFormat, Utc};
use serde::Serialize;
use tracing::Level;

use crate::config::LogFormat;

/// How lines look.
#[derive(Debug, Clone, Copy)]
pub(in crate::cli) struct Style {
    /// Whether each line is an object in JSON.
    pub(in crate::cli) json: bool,
    /// Whether the journal reads them. It knows the time by itself, and the level by what a line begins with
    /// (sd-daemon(3)).
    pub(in crate::cli) journal: bool,
}

/// A line in JSON, as those of the log are.
#[derive(Serialize)]
struct Line<'a> {
    timestamp: String,
    level: &'static str,
    message: &'a str,
    target: &'static str,
}

impl Style {
    /// That of a program that has not read its settings yet.
    pub(super) fn at_first(stderr: impl AsFd) -> Style {
        Style { json: false, journal: is_journal(stderr) }
    }

    /// The same in the format of the settings.
    pub(in crate::cli) fn with_format(self, format: LogFormat) -> Style {
        Style { json: format == LogFormat::Json, ..self }
    }

    /// What a line of this level begins with.
    pub(in crate::cli) fn prefix(self, level: Level) -> &'static str {
        match level {
            _ if !self.journal => "",
            Level::ERROR => "<3>",
            Level::WARN => "<4>",
            Level::INFO => "<6>",
            Level::DEBUG | Level::TRACE => "<7>",
        }
    }

    /// A message for people, which may have several lines of its own.
    pub(super) fn message(self, level: Level, text: &str) -> String {
        let prefix = self.prefix(level);
        if !self.json {
            return text.lines().map(|line| format!("{prefix}{line}\n")).collect();
        }
        let (timestamp, level) = (now(), level.as_str());
        let line = Line { timestamp, level, message: text, target: "vestibule" };
        // A text and three words can always be written.
        let object = serde_json::to_string(&line).unwrap_or_default();
        format!("{prefix}{object}\n")
    }

    /// The line in the place of others that are missing.
    pub(super) fn gap(self, dropped: u64) -> String {
        let text = format!("log lines dropped: {dropped} (stderr was not read in time)");
        match self.json || self.journal {
            true => self.message(Level::WARN, &text),
            false => format!("{}  WARN vestibule: {text}\n", now()),
        }
    }
}

fn now() -> String {
    Utc::now().to_rfc3339_opts(SecondsFormat::Micros, true)
}

/// Whether stderr leads to the journal, as systemd says of it (systemd.exec(5)).
fn is_journal(stderr: impl AsFd) -> bool {
    let Ok(stream) = std::env::var("JOURNAL_STREAM") else { return false };
    rustix::fs::fstat(stderr).is_ok_and(|stderr| stream == format!("{}:{}", stderr.st_dev, stderr.st_ino))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: Style = Style { json: false, journal: false };
    const JSON: Style = Style { json: true, journal: false };

    #[test]
    fn a_message_is_lines_for_people_or_one_object() {
        assert_eq!(TEXT.message(Level::INFO, "one\ntwo"), "one\ntwo\n");
        let journal = Style { journal: true, ..TEXT };
        assert_eq!(journal.message(Level::ERROR, "Error: one\ntwo"), "<3>Error: one\n<3>two\n");
        let object: serde_json::Value = serde_json::from_str(&JSON.message(Level::WARN, "one\n\"two\"")).unwrap();
        assert_eq!((&object["level"], &object["message"]), (&"WARN".into(), &"one\n\"two\"".into()));
        assert!(object["timestamp"].as_str().unwrap().ends_with('Z'));
        let both = Style { journal: true, ..JSON }.message(Level::DEBUG, "x");
        assert!(both.starts_with("<7>{\"timestamp\":\"") && both.ends_with("}\n"), "{both}");
    }

    #[test]
    fn a_gap_is_told_in_the_same_way() {
        let text = TEXT.gap(7);
        assert!(text.ends_with("  WARN vestibule: log lines dropped: 7 (stderr was not read in time)\n"), "{text}");
        let object: serde_json::Value = serde_json::from_str(&JSON.gap(7)).unwrap();
        assert_eq!(object["message"], "log lines dropped: 7 (stderr was not read in time)");
    }
}
