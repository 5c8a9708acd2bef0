//! The report on what an import found and did.

use serde_json::{Map, Value, json};

use super::progress::Progress;
use crate::accounts::user::import::{Finding, Outcome, Wrong};
use crate::cli::output::plain;

/// No more rows than this are reported one by one, since a file may have millions.
const MOST_NAMED: u64 = 1000;

/// What was found so far.
#[derive(Debug, Default)]
pub(super) struct Report {
    /// Rows that can't be imported.
    pub wrong: u64,
    /// Rows whose account exists.
    pub skipped: u64,
    unreadable: u64,
    named: Vec<Value>,
}

impl Report {
    /// Records what was found, and prints it.
    pub(super) fn note(&mut self, found: Finding, progress: &Progress) {
        let (count, kind, Wrong { line, why }) = match found {
            Finding::Wrong(row) => (&mut self.wrong, "wrong", row),
            Finding::Skipped(row) => (&mut self.skipped, "skipped", row),
            Finding::Unreadable(row) => (&mut self.unreadable, "unreadable", row),
        };
        *count += 1;
        if *count <= MOST_NAMED {
            progress.say(&plain(&format!("line {line}: {why}")));
            self.named.push(json!({ "line": line, "kind": kind, "why": why }));
        } else if *count == MOST_NAMED + 1 {
            progress.say("There are more of these, which are only counted.");
        }
    }

    /// The report for programs.
    pub(super) fn as_json(&self, outcome: &Outcome, is_trial: bool, unused: &[String]) -> Value {
        let counts = |counts: &[(String, u64)]| -> Map<String, Value> {
            counts.iter().map(|(kind, count)| (kind.clone(), (*count).into())).collect()
        };
        json!({
            "dry_run": is_trial,
            "imported": outcome.imported,
            "updated": outcome.updated,
            "admins": outcome.admins,
            "skipped": self.skipped,
            "wrong": self.wrong,
            "hashes": counts(&outcome.kinds),
            "unreadable_hashes": counts(&outcome.unreadable),
            "unused_columns": unused,
            "rows": self.named,
        })
    }

    /// The report for people.
    pub(super) fn told(&self, outcome: &Outcome, name: &str, is_trial: bool, unused: &[String]) -> String {
        let imported = accounts(outcome.imported);
        let mut lines = vec![match (is_trial, outcome.updated) {
            (true, 0) => format!("It would import {imported} from {name}."),
            (true, updated) => format!("It would import {imported} from {name}, and change {updated}."),
            (false, 0) => format!("Imported {imported} from {name}."),
            (false, updated) => format!("Imported {imported} from {name}, and changed {updated}."),
        }];
        if self.wrong + self.skipped > 0 {
            lines.push(format!(
                "Left out {}: {} wrong, {} whose account exists.",
                rows(self.wrong + self.skipped),
                self.wrong,
                self.skipped
            ));
        }
        if outcome.admins > 0 {
            let who = if outcome.admins == 1 {
                "1 of them is an admin".to_owned()
            } else {
                format!("{} of them are admins", outcome.admins)
            };
            lines.push(format!("{who}: `vestibule user list --role admin` shows them."));
        }
        let listed = |counts: &[(String, u64)]| {
            counts.iter().map(|(kind, count)| format!("{count} {kind}")).collect::<Vec<_>>().join(", ")
        };
        if !outcome.kinds.is_empty() {
            lines.push(format!("Password hashes: {}.", listed(&outcome.kinds)));
        }
        if !outcome.unreadable.is_empty() {
            lines.push(format!(
                "Hashes that can't be read: {}. `vestibule user set-password NAME` gives one of these accounts another \
                 password.",
                listed(&outcome.unreadable)
            ));
        }
        if outcome.unreadable.iter().any(|(why, _)| why == "of an unknown kind") {
            lines.push("If those are passwords in plain text, import them with --plain.".to_owned());
        }
        if !unused.is_empty() {
            lines.push(format!("Columns that were not used: {}.", unused.join(", ")));
        }
        if is_trial {
            lines.push("This was a trial: nothing was imported.".to_owned());
        }
        plain_lines(&lines)
    }
}

fn accounts(count: u64) -> String {
    if count == 1 { "1 account".to_owned() } else { format!("{count} accounts") }
}

pub(super) fn rows(count: u64) -> String {
    if count == 1 { "1 row".to_owned() } else { format!("{count} rows") }
}

fn plain_lines(lines: &[String]) -> String {
    lines.iter().map(|line| plain(line)).collect::<Vec<_>>().join("\n")
}
