//! How often and for how long anything is measured.

use std::time::Duration;

/// A whole run, or a short one, which only shows that everything works.
pub struct Plan {
    /// Of each figure, of which the median counts.
    pub rounds: usize,
    /// Of one run of requests.
    pub run: Duration,
    /// Of one run of logins or hashes, of which there are few in a second.
    pub hashing: Duration,
    /// Of one run of a kind of request that asks PostgreSQL.
    pub asking: Duration,
    /// Of one flood.
    pub flood: Duration,
    /// Of each slow attack.
    pub slow: Duration,
    /// The requests and the logins after which memory is looked at.
    pub requests: usize,
    pub logins: usize,
    /// The accounts of a server that starts.
    pub accounts: usize,
    /// The accounts, and the sessions, of the larger of two databases.
    pub large: usize,
    /// The events of a long audit.
    pub events: usize,
}

impl Plan {
    pub fn whole() -> Plan {
        Plan {
            rounds: 5,
            run: Duration::from_secs(3),
            hashing: Duration::from_secs(8),
            asking: Duration::from_secs(1),
            flood: Duration::from_secs(10),
            slow: Duration::from_secs(20),
            requests: 100_000,
            logins: 1_000,
            accounts: 100_000,
            large: 1_000_000,
            events: 5_000_000,
        }
    }

    pub fn short() -> Plan {
        Plan {
            rounds: 2,
            run: Duration::from_secs(1),
            hashing: Duration::from_secs(3),
            asking: Duration::from_millis(500),
            flood: Duration::from_secs(3),
            slow: Duration::from_secs(6),
            requests: 10_000,
            logins: 100,
            accounts: 10_000,
            large: 100_000,
            events: 200_000,
        }
    }
}
