//! Limits on changes and connections, and on what the audit keeps.

use super::section::Group;
use super::setting::number;

pub(super) const TRAFFIC: Group = Group {
    title: "Changes and connections",
    note: "Changes made through pages and by programs count together; the allowance comes back one at a \
               time, spread over the minute. Changes that end sessions don't count, nor do those of admins who \
               manage accounts. Beyond `connections`, the network that has the most loses the one that has been \
               silent longest.",
    settings: &[
        number("writes_per_minute", 1..=1_000_000, 60)
            .says("Changes per minute that one account may make, on each node."),
        number("connections", 16..=1_000_000, 4096)
            .says("Maximum number of open connections. Lower if the system allows fewer open files."),
        number("connections_per_network", 1..=1_000_000, 256)
            .says("Maximum number of open connections per network. Trusted proxies are exempt."),
        number("silent_connection_seconds", 1..=3600, 30).says(
            "Seconds after which a silent connection is closed. Request headers must arrive within this time too.",
        ),
    ],
};

pub(super) const AUDIT: Group = Group {
    title: "Audit",
    note: "Refusals are failed or throttled logins, requests from other sites, and the like. Those that \
               concern an account and those that don't are limited separately. Refusals beyond the limits are \
               counted in the table refusal_counts.",
    settings: &[
        number("audit_days", 1..=36_500, 365).says("Days that audit entries are kept."),
        number("audit_refusals_per_day", 1..=1_000_000, 1000)
            .says("Refusals of each kind that are written to the audit per day (UTC)."),
        number("audit_refusals", 1..=10_000_000, 5000)
            .says("Refusals of each kind that are kept in the audit. The newest ones stay."),
    ],
};
