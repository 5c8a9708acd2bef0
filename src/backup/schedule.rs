//! When the server makes the next backup by itself. Of the nodes of one database one makes it, whichever is first.

use std::path::PathBuf;
use std::time::Duration;

use chrono::{NaiveDateTime, TimeDelta};

use super::Error;
use super::folder::{Occasion, make, newest_of};
use crate::accounts::{Accounts, backed_up};
use crate::config::{Config, SecretKey};
use crate::db::{self, backup::Turn};

/// How long a server runs before it makes its very first backup: little is lost with data that is a minute old, and
/// many servers, such as those of tests, don't run longer.
const FIRST: Duration = Duration::from_secs(60);

/// How long it is until the next backup is due, for a server that has been up for this long; other nodes may have made it
/// by then. None if the setting is 0.
pub fn due_in(config: &Config, uptime: Duration) -> Option<Duration> {
    let every = every(config);
    (every > TimeDelta::zero()).then(|| wait(newest_of(config, Occasion::Timer), every, uptime))
}

/// Makes the backup that is due. None when another node makes it, or has made it.
///
/// # Errors
/// As [`make`].
pub fn make_due(accounts: &Accounts, config: &Config, key: &SecretKey) -> Result<Option<PathBuf>, Error> {
    let Some(turn) = Turn::take(&config.database)? else { return Ok(None) };
    if !config.database.is_remote() {
        return make(config, Some(key), Occasion::Timer).map(Some);
    }
    if backed_up::newest(accounts)?.is_some_and(|newest| newest + every(config) > db::now()) {
        return Ok(None);
    }
    let file = make(config, Some(key), Occasion::Timer)?;
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    if let Err(error) = backed_up::record(accounts, &name) {
        tracing::warn!(%error, "the backup was made, but the other nodes don't know of it and make another one");
    }
    drop(turn);
    Ok(Some(file))
}

fn every(config: &Config) -> TimeDelta {
    TimeDelta::hours(config.settings.backup_hours.into())
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
