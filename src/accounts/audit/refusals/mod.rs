//! Refusals: what anyone can cause as often as they like. Only a limited number gets a row of the audit and a line in the
//! log: thirty from one network in a row, then one every five minutes. Each kind has a limit per day, and one in all, of
//! which the newest stay. The others are counted in `refusal_counts`, one row per day and kind.
//!
//! What people and operators did is never dropped, and refusals never take its place.

mod beside;
mod counts;
mod kind;
mod sweep;
mod tally;
mod waiting;

use std::time::Duration;

use self::counts::Place;
use self::kind::Kind;
use self::tally::Tally;
use self::waiting::Waiting;
use super::Line;
use crate::accounts::throttle::{Network, TokenBuckets};
use crate::accounts::work::Work;
use crate::config::Settings;
use crate::db;

pub use beside::note;
pub use kind::Refusal;
pub(in crate::accounts) use sweep::sweep;

/// How many refusals of an event one network can have recorded in a row, and after how long one more.
const SAMPLE: (u32, Duration) = (30, Duration::from_secs(300));

/// Which refusals are recorded, and what is known of the others.
#[derive(Debug, Clone)]
pub struct Refusals {
    samples: TokenBuckets<(Refusal, Option<Network>)>,
    per_day: i64,
    in_all: i64,
    tally: Tally,
    waiting: Waiting,
}

impl Refusals {
    /// Bounded as these settings say.
    pub fn new(settings: &Settings) -> Refusals {
        Refusals {
            samples: TokenBuckets::new(SAMPLE.0, SAMPLE.1),
            per_day: settings.audit_refusals_per_day.into(),
            in_all: settings.audit_refusals.into(),
            tally: Tally::default(),
            waiting: Waiting::default(),
        }
    }

    /// Records a refusal in the transaction that it belongs to. Past the bound of the day it gets a line in the log
    /// after the commit, and no row.
    ///
    /// # Errors
    /// When the database can't be written.
    pub(in crate::accounts) fn record(
        &self,
        work: &mut Work<'_>,
        refusal: Refusal,
        target: Option<&str>,
        detail: Option<&str>,
    ) -> db::Result<()> {
        let kind = Kind::of(refusal, work.source(), target);
        let line = Line::new(work.source(), refusal.as_str(), target, detail);
        let untold = self.tally.take(kind);
        let place = counts::admit(work, kind, self.per_day, untold.count())?;
        if place != Place::CountOnly {
            line.insert(work)?;
        }
        work.after_commit(move || {
            untold.settle();
            line.log();
            if place == Place::LastRow {
                tracing::warn!("{} is only counted for the rest of the day: see refusal_counts", refusal.as_str());
            }
        });
        Ok(())
    }
}
