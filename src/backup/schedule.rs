//! When the server makes the next backup by itself.

use std::time::Duration;

use chrono::{NaiveDateTime, TimeDelta};

use super::folder::{Occasion, newest_of};
use crate::config::Config;
use crate::db;

/// How long a server runs before it makes its very first backup: little is lost with data that is a minute old, and
/// many servers, such as those of tests, don't run longer.
const FIRST: Duration = Duration::from_secs(60);

/// How long it is until the next backup is due, for a server that has been up for this long. None if the setting is 0,
/// or if the database is on a server, whose backups are not made here.
pub fn due_in(config: &Config, uptime: Duration) -> Option<Duration> {
    let every = TimeDelta::hours(config.settings.backup_hours.into());
    (every > TimeDelta::zero() && !config.database.is_remote())
        .then(|| wait(newest_of(config, Occasion::Timer), every, uptime))
}

fn wait(newest: Option<NaiveDateTime>, every: TimeDelta, uptime: Duration) -> Duration {
    match newest {
        Some(newest) => (newest + every - db::now()).to_std().unwrap_or_default(),
        None => FIRST.saturating_sub(uptime),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_one_is_due_so_long_after_the_last_whatever_was_in_between() {
        let (day, hour) = (TimeDelta::hours(24), Duration::from_secs(3600));
        let ago = |hours: i64| Some(db::now() - TimeDelta::hours(hours));
        let almost = |wait: Duration, hours: u32| wait <= hours * hour && wait > hours * hour - FIRST;
        assert!(almost(wait(ago(1), day, Duration::ZERO), 23));
        assert!(almost(wait(ago(1), day, 100 * hour), 23), "however long the server runs");
        assert_eq!(wait(ago(24), day, Duration::ZERO), Duration::ZERO, "a server that was off makes it at its start");
        assert_eq!(wait(ago(1000), day, Duration::ZERO), Duration::ZERO);
    }

    #[test]
    fn the_first_one_waits_a_minute() {
        let day = TimeDelta::hours(24);
        assert_eq!(wait(None, day, Duration::from_secs(20)), Duration::from_secs(40));
        assert_eq!(wait(None, day, Duration::from_secs(600)), Duration::ZERO);
    }
}
