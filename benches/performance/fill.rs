//! Accounts, sessions and devices in any number, written into the database behind the server's back.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;

use crate::seal::{digest, new_secret};
use crate::support::Server;

/// How ids begin: they have the length and the order of real ones.
const ID: &str = "01900000-0000-7000-8000-";

/// The password of all these accounts: that of the sample account which their hash is taken from.
pub const PASSWORD: &str = "roy";

/// The name of an account.
pub fn name(number: usize) -> String {
    format!("person{number}")
}

/// Makes a number of accounts: `person0`, `person1` …
pub fn accounts(server: &Server, number: usize) {
    in_one_go(
        server,
        &format!(
            "INSERT INTO users (id, username, display_name, display_name_folded, email, email_canonical,
                 password_hash, password_set_at, created_at)
             WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {number})
             SELECT '{ID}' || printf('%012x', i), 'person' || i, 'Person ' || i, 'person ' || i,
                 'person' || i || '@example.com', 'person' || i || '@example.com',
                 (SELECT password_hash FROM users WHERE username = 'roy'), datetime('now', '-1 day'),
                 datetime('now', '-1 day')
             FROM n"
        ),
    );
}

/// Makes one session, whose token nobody knows, for each of a number of accounts.
pub fn unknown_sessions(server: &Server, number: usize) {
    in_one_go(
        server,
        &format!(
            "INSERT INTO sessions (id, token_hash, user_id, remembered, created_at, authenticated_at, last_seen_at,
                 idle_expires_at, expires_at, address, user_agent, kind)
             WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {number})
             SELECT '{ID}' || printf('%012x', i), lower(hex(randomblob(32))), '{ID}' || printf('%012x', i), FALSE,
                 {NOW}, {NOW}, {NOW}, {IDLE_END}, {END}, '192.0.2.1', 'Mozilla/5.0 (X11; Linux x86_64)', 'browser'
             FROM n"
        ),
    );
}

/// Makes sessions, one after the other, for the accounts of these numbers. Answers the secrets of their cookies.
pub fn sessions(server: &Server, of: impl IntoIterator<Item = usize>) -> Vec<String> {
    let statement = format!(
        "INSERT INTO sessions (id, token_hash, user_id, remembered, created_at, authenticated_at, last_seen_at,
             idle_expires_at, expires_at, address, user_agent, kind)
         SELECT ?, ?, id, FALSE, {NOW}, {NOW}, {NOW}, {IDLE_END}, {END}, '192.0.2.1', 'Mozilla/5.0', 'browser'
         FROM users WHERE username = ?"
    );
    rows(server, &statement, of.into_iter().map(name))
}

/// Makes a number of known devices of one account. Answers the secrets of their cookies.
pub fn devices(server: &Server, username: &str, number: usize) -> Vec<String> {
    let statement = format!(
        "INSERT INTO devices (id, token_hash, user_id, created_at, expires_at, kind)
         SELECT ?, ?, id, {NOW}, datetime('now', '+365 days'), 'browser' FROM users WHERE username = ?"
    );
    rows(server, &statement, std::iter::repeat_n(username.to_owned(), number))
}

/// Times as the server's settings would make them: it shortens what is longer.
const NOW: &str = "datetime('now')";
const IDLE_END: &str = "datetime('now', '+59 minutes')";
const END: &str = "datetime('now', '+11 hours')";

fn database(server: &Server) -> SqliteConnection {
    let file = server.folder().join("data/vestibule.db");
    SqliteConnection::establish(file.to_str().unwrap()).expect("the database opens")
}

fn rows(server: &Server, statement: &str, usernames: impl Iterator<Item = String>) -> Vec<String> {
    let mut connection = database(server);
    let made = connection.transaction(|connection| {
        let row = |username: String| {
            let (secret, id) = (new_secret(), uuid::Uuid::now_v7().to_string());
            let made = diesel::sql_query(statement)
                .bind::<Text, _>(id)
                .bind::<Text, _>(digest(&secret))
                .bind::<Text, _>(username)
                .execute(connection)?;
            assert_eq!(made, 1, "the account is there");
            Ok(secret)
        };
        usernames.map(row).collect::<QueryResult<Vec<String>>>()
    });
    made.expect("the rows are written")
}

/// Runs a statement that writes much, while no server runs, without a log of what it writes.
fn in_one_go(server: &Server, statement: &str) {
    let mut connection = database(server);
    let pragmas = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -2000000";
    connection.batch_execute(pragmas).expect("it is set");
    diesel::sql_query(statement).execute(&mut connection).expect("the statement works");
    connection.batch_execute("PRAGMA journal_mode = WAL").expect("it is set");
}
