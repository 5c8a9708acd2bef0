//! Checks the machine: its clock, and how fast it hashes.

use std::time::Duration;

use chrono::{NaiveDateTime, TimeDelta};

use super::finding::{Finding, note, ok, wrong};
use crate::accounts::password::speed::Speed;
use crate::config::Config;
use crate::db;
use crate::notation::moment;

const CLOCK: &str = "clock";
const PASSWORDS: &str = "passwords";

/// The longest that a login should take, so that people don't notice.
const UNNOTICED: Duration = Duration::from_millis(500);

/// Longer logins annoy people, and a few of them keep the processor busy.
const TOO_LONG: Duration = Duration::from_secs(1);

/// If the clock is behind, events that were just recorded seem to lie in the future.
pub fn clock(newest_event: Option<NaiveDateTime>) -> Finding {
    let now = db::now();
    match newest_event {
        Some(event) if event > now + TimeDelta::minutes(1) => wrong(
            CLOCK,
            format!(
                "it says {}, but the audit has an event of {}: set the clock, or let it be set (`timedatectl set-ntp true`)",
                moment(now),
                moment(event)
            ),
        ),
        _ => ok(CLOCK, format!("it says {}", moment(now))),
    }
}

/// How long a login takes.
pub fn passwords(config: &Config) -> Finding {
    let (speed, cost) = (Speed::measure(), config.settings.bcrypt_cost);
    let (takes, suggested) = (speed.of(cost), speed.highest_within(UNNOTICED));
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let a_second = cores as f64 / takes.as_secs_f64();
    let says = format!(
        "a login takes {} ms of a core at bcrypt_cost {cost}, so {cores} cores check {a_second:.0} a second; {suggested} is \
         the highest that takes less than half a second here",
        takes.as_millis()
    );
    match takes > TOO_LONG || cost < 10 && cost < suggested {
        true => note(PASSWORDS, format!("{says}: set it to that")),
        false => ok(PASSWORDS, says),
    }
}
