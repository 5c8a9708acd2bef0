//! From the figures to ten million accounts: how many cores, how much of the one lock, how many bytes.

use super::costs::Costs;
use super::several::Several;
use super::sizes::Sizes;
use crate::report::aligned;

/// How many accounts there may be.
const ACCOUNTS: [f64; 3] = [1e5, 1e6, 1e7];

/// The part of the accounts that is used on a day.
const ACTIVE: f64 = 0.2;

/// How many times as much happens in the busiest second of a day as in a mean one.
const PEAK: f64 = 5.0;

/// What a person does on a day on which they do anything: logs in once, asks for pages or for what apps ask about them,
/// each time after more than a second, has tokens refreshed, and changes something.
const LOGINS: f64 = 1.0;
const CHECKS: f64 = 100.0;
const REFRESHES: f64 = 10.0;
const CHANGES: f64 = 2.0;

/// What is kept for each account: sessions that have not ended, browsers that it is known in.
const SESSIONS: f64 = 0.5;
const DEVICES: f64 = 2.0;

/// How long a spent refresh token is kept: as long as a login by token lasts without a setting (`refresh_token_days`).
const REFRESH_TOKEN_DAYS: f64 = 30.0;

/// Events of the audit on such a day, and how long they are kept without a setting (`audit_days`).
const EVENTS: f64 = 2.0;
const EVENT_DAYS: f64 = 365.0;

/// How much of a core, or of the lock, may be in use at the busiest second, so that nobody queues for long.
const LOAD: f64 = 0.5;

/// Cores of a node.
const NODE: f64 = 8.0;

/// Uses of sessions that a node notes in a second, at most.
const NOTED: f64 = 500.0;

/// Connections of a node to the database, at most.
const CONNECTIONS: f64 = 12.0;

/// Statements of a login between taking the write lock and letting it go, as PostgreSQL logs them (`log_statement = all`);
/// one that is not prepared yet counts twice.
const ROUND_TRIPS: f64 = 17.0;

/// Milliseconds that a round trip takes between machines that stand together.
const ROUND_TRIP: f64 = 0.2;

const SECONDS_OF_A_DAY: f64 = 86_400.0;

/// What was measured, of all that matters here.
pub struct Figures {
    /// Passwords that a core checks in a second.
    bcrypt: f64,
    /// Session checks in a second that a core did, together with PostgreSQL and who asked.
    checks: f64,
    /// Milliseconds of PostgreSQL's processor for a check, a login, a refresh, a change.
    processor: [f64; 4],
    /// Milliseconds for which the write lock is held: for a login, a refresh, a change.
    held: [f64; 3],
    /// The same to note a use of a session.
    noting: f64,
    /// Bytes of an account, a session, a device, a refresh token, an event.
    sizes: [f64; 5],
}

/// What so many accounts need.
struct Need {
    accounts: f64,
    logins: f64,
    checks: f64,
    bcrypt: f64,
    checking: f64,
    nodes: f64,
    postgres: f64,
    lock: f64,
    accounts_and_sessions: f64,
    refresh_tokens: f64,
    audit: f64,
}

impl Figures {
    pub fn of(several: &Several, costs: &Costs, sizes: &Sizes) -> Figures {
        Figures {
            bcrypt: several.bcrypt_of_a_core(),
            checks: costs.check.of_a_core(),
            processor: [&costs.check, &costs.login, &costs.refresh, &costs.todo].map(|kind| kind.processor()),
            held: [&costs.login, &costs.refresh, &costs.todo].map(|kind| kind.held()),
            noting: costs.noting(),
            sizes: [sizes.account, sizes.session, sizes.device, sizes.refresh_token, sizes.event],
        }
    }

    fn need(&self, accounts: f64) -> Need {
        let at_peak = |times: f64| accounts * ACTIVE * times * PEAK / SECONDS_OF_A_DAY;
        let [checks, logins, refreshes, changes] = [CHECKS, LOGINS, REFRESHES, CHANGES].map(at_peak);
        let sum = |rates: &[f64], costs: &[f64]| rates.iter().zip(costs).map(|(rate, cost)| rate * cost).sum::<f64>();
        let bcrypt = logins / self.bcrypt;
        let checking = checks / self.checks;
        // One more than needed, so that one may be away.
        let nodes = ((bcrypt + checking) / LOAD / NODE).ceil() + 1.0;
        let noted = checks.min(nodes * NOTED);
        let [account, session, device, refresh_token, event] = self.sizes;
        let row = account + SESSIONS * session + DEVICES * device;
        Need {
            accounts,
            logins,
            checks,
            bcrypt,
            checking,
            nodes,
            postgres: sum(&[checks, logins, refreshes, changes], &self.processor) / 1000.0,
            lock: (sum(&[logins, refreshes, changes], &self.held) + noted * self.noting) / 1000.0,
            accounts_and_sessions: accounts * row / 1e9,
            refresh_tokens: accounts * ACTIVE * REFRESHES * REFRESH_TOKEN_DAYS * refresh_token / 1e9,
            audit: accounts * ACTIVE * EVENTS * EVENT_DAYS * event / 1e9,
        }
    }

    /// The most accounts with which the lock is free half of the time, when it is held for so many times as long.
    fn fullest(&self, times: f64) -> f64 {
        let steps = (1..).map(|step| f64::from(step) * STEP);
        steps.take_while(|accounts| self.need(*accounts).lock * times <= LOAD).last().unwrap_or_default()
    }
}

/// How much more accounts are tried each time.
const STEP: f64 = 1e5;

/// The plan: a table, and what to make of it.
pub fn in_words(figures: &Figures) -> String {
    let needs = ACCOUNTS.map(|accounts| figures.need(accounts));
    let last = &needs[2];
    let [fullest, on_a_network] =
        [1.0, 1.0 + ROUND_TRIPS * ROUND_TRIP / figures.held[0]].map(|held| figures.fullest(held));
    let table = table(&needs);
    let [check, login, ..] = figures.processor;
    let [held, ..] = figures.held;
    format!(
        "What follows is reckoned from the figures above, not measured. On a day one account in five is used ({ACTIVE}): \
         each logs in once, has its session checked {CHECKS} times, each time by the database, has its tokens refreshed \
         {REFRESHES} times and changes something {CHANGES} times. The busiest second has {PEAK} times the mean. For each \
         account {SESSIONS} sessions and {DEVICES} known browsers are kept, a spent refresh token for \
         {REFRESH_TOKEN_DAYS} days; each day of use leaves {EVENTS} events of the audit, for {EVENT_DAYS} days. Nodes have \
         {NODE} cores, of which half are in use then, and there is one node more than that takes.\n\n\
         {table}\n\
         - **Nodes.** Passwords are what needs processors: a core checks {bcrypt:.1} a second at cost 12, and nothing \
         else of a login counts beside that. Add nodes; they share nothing but the database.\n\
         - **The database's processor.** A check costs it {check:.2} ms and a login {login:.2} ms, so ten million \
         accounts take {postgres:.1} cores of it at the busiest second. The nodes ask the one server that takes \
         writes and no copy of it: a copy is for failover and backups, not for speed. What asks twice within a second at \
         the same node asks the database once.\n\
         - **The write lock** is what can't be bought: all changes take turns, and a login holds it for {held:.2} ms. It \
         is half in use at about {millions:.1} million accounts. These times are of a database on the same machine. On a \
         network each statement under the lock takes a round trip more, {ROUND_TRIPS} for a login: with {ROUND_TRIP} ms \
         each the lock is half in use at about {less:.1} million. So keep nodes and database in one zone; the disk does not \
         matter, since the lock is let go before the wait for it. Fewer refreshes (`access_token_minutes`) and longer \
         sessions make fewer changes; past that, accounts have to be spread over several installations.\n\
         - **Memory.** Accounts, sessions and their indexes should fit into the database's memory, with half as much \
         again for what changes leave behind; the audit need not.\n\
         - **The audit** outgrows everything else. Shorten `audit_days`, or take old events elsewhere (`vestibule audit \
         --export jsonl`) before the sweep removes them; past some hundred million rows partition the table by month, \
         which Vestibule does not do by itself: its tables are plain ones. After it come the spent refresh tokens, which \
         `refresh_token_days` shortens.\n\
         - **Connections.** {CONNECTIONS} a node at most: the {nodes:.0} nodes of ten million accounts have \
         {connections:.0}. PostgreSQL takes 100 by itself (`max_connections`), and some hundred without a pooler.\n",
        bcrypt = figures.bcrypt,
        postgres = last.postgres,
        millions = fullest / 1e6,
        less = on_a_network / 1e6,
        nodes = last.nodes,
        connections = last.nodes * CONNECTIONS,
    )
}

fn table(needs: &[Need; 3]) -> String {
    let row = |what: &str, digits: usize, unit: &str, value: fn(&Need) -> f64| {
        let cell = |need: &Need| format!("{:.digits$}{unit}", value(need));
        [what.to_owned(), cell(&needs[0]), cell(&needs[1]), cell(&needs[2])]
    };
    aligned(&[
        row("Accounts", 0, "", |need| need.accounts),
        row("Logins a second, at most", 1, "", |need| need.logins),
        row("Session checks a second, at most", 0, "", |need| need.checks),
        row("Cores of nodes that check passwords", 1, "", |need| need.bcrypt),
        row("Cores of nodes that check sessions", 1, "", |need| need.checking),
        row("Nodes of 8 cores", 0, "", |need| need.nodes),
        row("Cores of the database", 1, "", |need| need.postgres),
        row("The write lock is in use", 1, " %", |need| need.lock * 100.0),
        row("Accounts, sessions, devices", 1, " GB", |need| need.accounts_and_sessions),
        row("Refresh tokens of a month", 0, " GB", |need| need.refresh_tokens),
        row("Audit of a year", 0, " GB", |need| need.audit),
        row("Connections to the database", 0, "", |need| need.nodes * CONNECTIONS),
    ])
}
