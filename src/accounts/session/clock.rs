//! Which sessions began while the clock was ahead.

use chrono::{Duration, NaiveDateTime};

use crate::db;

/// By how much the clocks of several machines may differ; access tokens allow as much.
const LEEWAY: Duration = Duration::seconds(5);

/// A session that began after this began while the clock was ahead, and counts as ended.
pub(super) fn latest_beginning() -> NaiveDateTime {
    db::now() + LEEWAY
}
