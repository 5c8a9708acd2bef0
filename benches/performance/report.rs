//! The one table, for the terminal and for `docs/performance.md`.

use std::fmt::Write;

use crate::machine;
use crate::plan::Plan;
use crate::statistics::median;

/// Figures that were measured in the same way.
pub struct Group {
    pub title: &'static str,
    /// How, and under which settings.
    pub how: &'static str,
    pub figures: Vec<Figure>,
}

/// A figure: the median of some rounds.
pub struct Figure {
    what: String,
    unit: Unit,
    rounds: Vec<f64>,
    target: Option<Target>,
}

/// What a figure should be.
#[derive(Clone, Copy)]
pub enum Target {
    AtLeast(f64),
    AtMost(f64),
    Below(f64),
}

#[derive(Clone, Copy)]
pub enum Unit {
    Times,
    Milliseconds,
    Megabytes,
    Bytes,
    Count,
    PerSecond,
}

impl Figure {
    /// A figure without a value is one that was not seen; it misses its target.
    pub fn new(
        what: &str,
        unit: Unit,
        rounds: impl IntoIterator<Item = f64>,
        target: impl Into<Option<Target>>,
    ) -> Self {
        Figure { what: what.to_owned(), unit, rounds: rounds.into_iter().collect(), target: target.into() }
    }

    /// What, value, lowest and highest round, target, whether it is met.
    fn cells(&self) -> [String; 5] {
        let ends =
            (self.rounds.iter().copied().min_by(f64::total_cmp), self.rounds.iter().copied().max_by(f64::total_cmp));
        let value = median(&self.rounds);
        let target = self.target.map(|target| match target {
            Target::AtLeast(value) => format!("at least {}", self.unit.write(value)),
            Target::AtMost(value) => format!("at most {}", self.unit.write(value)),
            Target::Below(value) => format!("below {}", self.unit.write(value)),
        });
        let met = self.target.map(|target| if value.is_some_and(|value| target.is_met(value)) { "yes" } else { "NO" });
        [
            self.what.clone(),
            value.map_or("none seen".to_owned(), |value| self.unit.write(value)),
            match ends {
                (Some(low), Some(high)) if self.rounds.len() > 1 => {
                    format!("{} to {}", self.unit.digits(low), self.unit.digits(high))
                }
                _ => String::new(),
            },
            target.unwrap_or_default(),
            met.unwrap_or_default().to_owned(),
        ]
    }
}

impl Target {
    fn is_met(self, value: f64) -> bool {
        match self {
            Target::AtLeast(least) => value >= least,
            Target::AtMost(most) => value <= most,
            Target::Below(limit) => value < limit,
        }
    }
}

impl Unit {
    fn write(self, value: f64) -> String {
        let name = match self {
            Unit::Times | Unit::Count => "",
            Unit::Milliseconds => " ms",
            Unit::Megabytes => " MB",
            Unit::Bytes => " bytes",
            Unit::PerSecond => " a second",
        };
        self.digits(value) + name
    }

    fn digits(self, value: f64) -> String {
        match self {
            Unit::Times => format!("{value:.2}"),
            Unit::Milliseconds | Unit::Megabytes if value.fract() == 0.0 || value >= 100.0 => format!("{value:.0}"),
            Unit::Milliseconds => format!("{value:.2}"),
            Unit::Megabytes => format!("{value:.1}"),
            Unit::PerSecond if value < 100.0 => format!("{value:.1}"),
            Unit::Bytes | Unit::Count | Unit::PerSecond => format!("{value:.0}"),
        }
    }
}

const HEAD: [&str; 5] = ["", "measured", "rounds", "target", "met"];

/// The table in Markdown, which reads well in a terminal too.
pub fn table(groups: &[Group]) -> String {
    let mut rows = vec![HEAD.map(str::to_owned)];
    for group in groups {
        rows.push([format!("**{}**", group.title), String::new(), String::new(), String::new(), String::new()]);
        rows.extend(group.figures.iter().map(Figure::cells));
    }
    aligned(&rows)
}

/// Any table in Markdown, of which the first row is the head.
pub fn aligned<const COLUMNS: usize>(rows: &[[String; COLUMNS]]) -> String {
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or_default();
    let widths: [usize; COLUMNS] = std::array::from_fn(width);
    let rule = widths.map(|width| "-".repeat(width));
    let mut table = String::new();
    let (head, body) = rows.split_at(1);
    for row in head.iter().chain([&rule]).chain(body) {
        for (cell, width) in row.iter().zip(widths) {
            let _ = write!(table, "| {cell:width$} ");
        }
        table += "|\n";
    }
    table
}

/// Where the part of the page begins that a run on PostgreSQL writes.
const ON_POSTGRES: &str = "\n## On PostgreSQL\n";

/// Writes `docs/performance.md`, but for what a run on PostgreSQL has written there.
pub fn write(groups: &[Group], plan: &Plan) {
    let mut page = format!(
        "# Performance\n\n\
         Written by `scripts/bench`, which measures all of this in about twenty minutes. `scripts/bench flood \
         memory` measures some of the groups and prints them; with `--short` it shows within minutes that everything \
         works. It installs `wrk` and `slowhttptest` where they are missing (Debian, Ubuntu). What PostgreSQL does, and \
         what it takes to get to ten million accounts, [stands below](#on-postgresql).\n\n\
         {} Each figure is the median of {} rounds, in which the program and its yardstick take turns, unless it says \
         otherwise; the third column has the lowest and the highest round.\n\n",
        what_was_measured(),
        plan.rounds,
    );
    page += &table(groups);
    page += "\n## How it is measured\n\n";
    page += &how(groups);
    if let Some((_, on_postgres)) = written().split_once(ON_POSTGRES) {
        page += &format!("{ON_POSTGRES}{on_postgres}");
    }
    write_page(&page);
}

/// Writes that part, which ends with what follows from it.
pub fn write_postgres(groups: &[Group], plan: &Plan, engine: &str, what_follows: &str) {
    let page = written();
    let others = page.split_once(ON_POSTGRES).map_or(page.as_str(), |(others, _)| others);
    let part = format!(
        "Written by `scripts/bench --postgres`, which takes twelve minutes. {} So do the nodes and the database: {engine}, \
         as it comes. Each figure is the median of {} rounds.\n\n{}\n\
         ### How it is measured on PostgreSQL\n\n{}\n### To ten million accounts\n\n{what_follows}",
        what_was_measured(),
        plan.rounds,
        table(groups),
        how(groups),
    );
    write_page(&format!("{others}{ON_POSTGRES}\n{part}"));
}

fn what_was_measured() -> String {
    format!(
        "Version {}, {}, on {}, built by {}. Whoever asks runs on the same machine.",
        env!("CARGO_PKG_VERSION"),
        chrono::Utc::now().format("%Y-%m-%d"),
        machine::in_words(),
        machine::compiler(),
    )
}

fn how(groups: &[Group]) -> String {
    let line = |group: &Group| {
        format!("- **{}**: {}\n", group.title, group.how.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    groups.iter().map(line).collect()
}

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/performance.md");

fn written() -> String {
    std::fs::read_to_string(PAGE).unwrap_or_default()
}

fn write_page(page: &str) {
    std::fs::write(PAGE, page).expect("the page is written");
    eprintln!("Wrote docs/performance.md.");
}
