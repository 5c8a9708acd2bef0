//! What a restore ends, table by table.

use std::path::Path;

use super::{back_up, restore};
use crate::support::Server;

/// What lets somebody in, or would be sent once more.
const ENDS: [&str; 7] =
    ["invitations", "mail_queue", "one_time_links", "refresh_tokens", "reset_requests", "sessions", "sign_ups"];

/// What comes back as it was. The keys in it are retired.
const STAYS: [&str; 17] = [
    "__diesel_schema_migrations",
    "audit_events",
    "devices",
    "imports",
    "key_checks",
    "login_counts",
    "refusal_counts",
    "signing_keys",
    "spent_captchas",
    "staged_logins",
    "staged_roles",
    "staged_users",
    "throttles",
    "todos",
    "user_data",
    "user_roles",
    "users",
];

#[test]
fn what_lets_somebody_in_ends_and_of_each_table_it_was_decided() {
    let mut server = Server::prepare().and_seed().and_start();
    let tables = server.tables();
    let mut decided = [&ENDS[..], &STAYS[..]].concat();
    decided.sort_unstable();
    assert_eq!(tables, decided, "a new table: does accounts::restored end what is in it?");

    server.signed_in("roy", "roy");
    server.client().pair("roy", "roy");
    server.reset_link("roy");
    server.invite(&["--uses", "3"]);
    server.execute(
        "INSERT INTO mail_queue (id, kind, recipient, letter, created_at, next_try_at, give_up_at, tries)
         VALUES ('m', 'new_device', 'roy@example.com', 'sealed', '2026-01-01 00:00:00', '2099-01-01 00:00:00',
                 '2099-01-01 00:00:00', 0)",
    );
    server.execute("INSERT INTO reset_requests (id, request, asked_at) VALUES ('r', 'sealed', '2026-01-01 00:00:00')");
    server.execute(
        "INSERT INTO sign_ups (id, username, display_name, email, password_hash, expires_at)
         VALUES ('s', 'zoe', 'Zoe', 'zoe@example.com', 'hash', '2030-01-01 00:00:00')",
    );
    let count = |server: &Server, table: &str| server.sql(&format!("SELECT count(*) FROM {table}")).remove(0);
    ENDS.iter().for_each(|table| assert_ne!(count(&server, table), "0", "{table}"));
    let devices = count(&server, "devices");
    assert_ne!(devices, "0");
    back_up(&server, "all.db");
    assert_eq!(server.terminate(), 0);
    restore(&server, Path::new("all.db"));
    ENDS.iter().for_each(|table| assert_eq!(count(&server, table), "0", "{table}"));
    assert_eq!(count(&server, "devices"), devices, "a known browser stays known");
}
