//! Login rate limits.

use super::section::Group;
use super::setting::number;

pub(super) const ATTEMPTS: Group = Group {
    title: "Attempts at passwords",
    note: "Each account has one budget of password attempts, shared by pages, programs and everything else. \
               The first attempts need no wait; after them come waits of 2, 4, 8 … seconds. A device is a browser or \
               program that has logged in to the account before. Devices, and people who are already logged in, have \
               budgets of their own, so that nobody can lock the owner out by failing on purpose. A network is an \
               IPv4 address or an IPv6 /64. Each hourly limit may be used up in one go; after that the allowance \
               comes back one at a time, spread over the hour.",
    settings: &[
        number("attempts_free", 1..=1000, 5).says("Attempts per account that need no wait."),
        number("attempts_regain_minutes", 1..=1440, 15).says("Minutes after which one of these attempts comes back."),
        number("attempts_longest_wait_seconds", 1..=3600, 60)
            .says("The longest wait between two attempts, in seconds."),
        number("attempts_per_day", 1..=100_000, 100).says("Maximum number of attempts per account within 24 hours."),
        number("attempts_past_day_minutes", 1..=1440, 60)
            .says("Minutes between attempts once those of 24 hours are used up."),
        number("device_failures_per_hour", 1..=1000, 10).says("Failed logins per hour from one device."),
        number("device_free_logins_per_hour", 1..=1000, 5)
            .says("Logins per hour from an account's devices that don't count towards `network_logins`."),
        number("confirmation_failures_per_hour", 1..=1000, 5)
            .says("Wrong passwords per hour and account when people who are logged in confirm who they are."),
        number("network_logins", 1..=1_000_000, 30).says("Login attempts that one network may make in a row."),
        number("network_login_seconds", 1..=3600, 2).says("Seconds after which one of these attempts comes back."),
        number("logins_per_hour", 1..=1_000_000, 120).says("Logins per hour with the right password; past them each counts like a failed one."),
        number("captcha_after_failed_logins", 1..=1_000_000, 10)
            .says("Failed logins per hour of one network after which the login page asks it for a captcha."),
        number("captcha_after_attempts", 1..=1000, 5).says(
            "Failures at one name, nobody’s included, after which the login page asks strangers for a captcha.",
        ),
        number("password_queue_milliseconds", 1..=60_000, 2500).says(
            "The longest time that a password waits to be checked, in milliseconds; past that, logins are answered with 503.",
        ),
        number("password_queue_per_network", 1..=1000, 2)
            .says("Passwords from one network that may wait at a time, once half of the places are taken."),
    ],
};
