//! A database that has been used for the better part of a year by many people: accounts in all states, sessions, roles,
//! invitations and a long audit, written behind the server's back.

use crate::fill;
use crate::support::Server;

/// How many days the audit goes back.
const DAYS: i64 = 300;

/// Events in the audit that one admin caused, of each hundred.
const BY_ADMIN: usize = 10;

/// Fills it. The admin of the samples has caused a tenth of the events.
pub fn fill(server: &Server, accounts: usize, events: usize) {
    fill::accounts(server, accounts);
    fill::unknown_sessions(server, accounts);
    for statement in [
        "UPDATE users SET waits_for = 'approval' WHERE rowid % 1000 = 7",
        "UPDATE users SET disabled_at = datetime('now', '-3 days') WHERE rowid % 500 = 13",
        "UPDATE users SET deletes_at = datetime('now', '+3 days') WHERE rowid % 5000 = 19",
        "INSERT INTO user_roles (user_id, role) SELECT id, 'staff' FROM users WHERE rowid % 10 = 5",
        "INSERT INTO user_roles (user_id, role) SELECT id, 'seldom' FROM users WHERE rowid % 100000 = 5",
        "INSERT INTO invitations (id, note, roles, uses, used, made_by, created_at, expires_at)
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)
         SELECT '01900000-0000-7000-8000-' || printf('%012x', i), 'Somebody ' || i, 'staff', 1, 0,
             (SELECT id FROM users WHERE username = 'admin'), datetime('now', '-1 day'), datetime('now', '+6 days')
         FROM n",
        "INSERT INTO mail_queue (id, kind, recipient, letter, created_at, next_try_at, give_up_at, tries)
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)
         SELECT '01900000-0000-7000-8000-' || printf('%012x', i), 'new_login', 'person' || i || '@example.com', 'x',
             datetime('now', '-1 hour'), datetime('now', '+1 hour'), datetime('now', '+3 days'), 2
         FROM n",
    ] {
        run(server, statement);
    }
    audit(server, accounts, events);
}

/// Most are logins and their ends; few are of any other kind. Their ids tell their times, as those of real ones do.
fn audit(server: &Server, accounts: usize, events: usize) {
    let began = (chrono::Utc::now() - chrono::Duration::days(DAYS)).timestamp_millis();
    let step = DAYS * 86_400_000 / events as i64;
    let person = format!("'01900000-0000-7000-8000-' || printf('%012x', i * 7919 % {accounts})");
    let admin = "(SELECT id FROM users WHERE username = 'admin')";
    without_indexes(
        server,
        "audit_events",
        &format!(
            "INSERT INTO audit_events (id, at, event, actor, target, address, user_agent, request_id)
             WITH RECURSIVE n(i, ms) AS
                 (SELECT 0, {began} UNION ALL SELECT i + 1, ms + {step} FROM n WHERE i + 1 < {events})
             SELECT printf('%08x-%04x-7000-8000-%012x', ms >> 16, ms & 65535, i),
                 strftime('%Y-%m-%d %H:%M:%S', ms / 1000, 'unixepoch'),
                 CASE WHEN i % 500000 = 3 THEN 'user.disabled' WHEN i % 1000 = 1 THEN 'login.failed'
                     WHEN i % 100 < {BY_ADMIN} THEN 'user.changed' WHEN i % 3 = 0 THEN 'logout'
                     ELSE 'login.succeeded' END,
                 CASE WHEN i % 1000 = 1 THEN NULL WHEN i % 100 < {BY_ADMIN} THEN {admin} ELSE {person} END,
                 {person},
                 CASE WHEN i % 100 < {BY_ADMIN} THEN '192.0.2.1'
                     ELSE '10.' || (i % 250) || '.' || (i * 31 % 249) || '.7' END,
                 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0', printf('%032x', i)
             FROM n"
        ),
    );
}

/// Writes into a table whose indexes are made afterwards, which is much quicker for millions of rows.
fn without_indexes(server: &Server, table: &str, statement: &str) {
    let known = format!("FROM sqlite_master WHERE tbl_name = '{table}' AND type = 'index' AND sql IS NOT NULL");
    let [names, made] = ["name", "sql"].map(|column| server.sql(&format!("SELECT {column} {known}")));
    names.iter().for_each(|name| run(server, &format!("DROP INDEX {name}")));
    run(server, statement);
    made.iter().for_each(|index| run(server, index));
}

/// Runs a statement that writes much, while no server runs, without a log of what it writes.
fn run(server: &Server, statement: &str) {
    let mut connection = server.connection();
    connection.batch("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -2000000");
    connection.batch(statement);
    connection.batch("PRAGMA journal_mode = WAL");
}
