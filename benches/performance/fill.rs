//! Accounts, sessions and devices in any number, written into the database behind the server's back, in the SQL of
//! whichever engine it is.

use crate::seal::{digest, new_secret};
use crate::support::{Connection, Server};

/// How ids begin: they have the length and the order of real ones.
const ID: &str = "01900000-0000-7000-8000-";

/// The password of all these accounts: that of the sample account which their hash is taken from.
pub const PASSWORD: &str = "roy";

/// Rows that are made by one statement.
const AT_ONCE: usize = 500;

const SESSION: &str = "id, token_hash, user_id, remembered, created_at, authenticated_at, last_seen_at, \
                       idle_expires_at, expires_at, address, user_agent, kind";

/// The name of an account.
pub fn name(number: usize) -> String {
    format!("person{number}")
}

/// Makes a number of accounts: `person0`, `person1` …
pub fn accounts(server: &Server, number: usize) {
    let (id, yesterday) = (id(server), server.time("-1 day"));
    in_one_go(
        server,
        number,
        &format!(
            "INSERT INTO users (id, username, display_name, display_name_folded, email, email_canonical,
                 password_hash, password_set_at, created_at)
             SELECT {id}, 'person' || i, 'Person ' || i, 'person ' || i, 'person' || i || '@example.com',
                 'person' || i || '@example.com', (SELECT password_hash FROM users WHERE username = 'roy'),
                 {yesterday}, {yesterday}
             FROM n"
        ),
    );
}

/// Makes one session, whose token nobody knows, for each of a number of accounts.
pub fn unknown_sessions(server: &Server, number: usize) {
    let (id, token) = (id(server), unknown_token(server));
    let values = session_from(server, "'Mozilla/5.0 (X11; Linux x86_64)'");
    in_one_go(server, number, &format!("INSERT INTO sessions ({SESSION}) SELECT {id}, {token}, {id}, {values} FROM n"));
}

/// Makes sessions, one after the other, for the accounts of these numbers. Answers the secrets of their cookies.
pub fn sessions(server: &Server, of: impl IntoIterator<Item = usize>) -> Vec<String> {
    sessions_of(server, of.into_iter().map(name))
}

/// Makes a session of an account, and answers the secret of its cookie.
pub fn session_of(server: &Server, username: &str) -> String {
    sessions_of(server, std::iter::once(username.to_owned())).remove(0)
}

fn sessions_of(server: &Server, usernames: impl Iterator<Item = String>) -> Vec<String> {
    let values = session_from(server, "'Mozilla/5.0'");
    rows(server, usernames, |new| {
        format!("INSERT INTO sessions ({SESSION}) SELECT column1, column2, users.id, {values} FROM {new}")
    })
}

/// Makes a number of known devices of one account. Answers the secrets of their cookies.
pub fn devices(server: &Server, username: &str, number: usize) -> Vec<String> {
    let (now, end) = (server.time("0 days"), server.time("365 days"));
    rows(server, std::iter::repeat_n(username.to_owned(), number), |new| {
        format!(
            "INSERT INTO devices (id, token_hash, user_id, created_at, expires_at, kind)
             SELECT column1, column2, users.id, {now}, {end}, 'browser' FROM {new}"
        )
    })
}

/// The id of what has the number `i`.
pub fn id(server: &Server) -> String {
    match server.postgres() {
        Some(_) => format!("'{ID}' || lpad(to_hex(i), 12, '0')"),
        None => format!("'{ID}' || printf('%012x', i)"),
    }
}

/// The digest of a token that nobody knows.
pub fn unknown_token(server: &Server) -> &'static str {
    match server.postgres() {
        Some(_) => "md5(random()::text) || md5(random()::text)",
        None => "lower(hex(randomblob(32)))",
    }
}

/// What all sessions have in common, with times as the server's settings would make them: it shortens what is longer.
fn session_from(server: &Server, user_agent: &str) -> String {
    let [now, idle_end, end] = ["0 days", "59 minutes", "11 hours"].map(|shift| server.time(shift));
    format!("FALSE, {now}, {now}, {now}, {idle_end}, {end}, '192.0.2.1', {user_agent}, 'browser'")
}

/// Makes a row for each of these accounts, by a statement that finds id, digest and account in what it is given.
fn rows(server: &Server, usernames: impl Iterator<Item = String>, statement: impl Fn(&str) -> String) -> Vec<String> {
    let new = usernames.map(|username| (uuid::Uuid::now_v7(), new_secret(), username));
    let new: Vec<_> = new.collect();
    let mut connection = server.connection();
    connection.batch("BEGIN");
    for some in new.chunks(AT_ONCE) {
        let values = some.iter().map(|(id, secret, username)| format!("('{id}', '{}', '{username}')", digest(secret)));
        let values = values.collect::<Vec<_>>().join(", ");
        let made =
            connection.execute(&statement(&format!("(VALUES {values}) AS new JOIN users ON users.username = column3")));
        assert_eq!(made, some.len(), "the accounts are there");
    }
    connection.batch("COMMIT");
    new.into_iter().map(|(_, secret, _)| secret).collect()
}

/// Runs a statement that writes much: a row for each of so many numbers `n(i)`, while no server runs. It does not look
/// whether what a row belongs to is there.
pub fn in_one_go(server: &Server, number: usize, statement: &str) {
    let mut connection = server.connection();
    // A file gets no log of what is written.
    let (before, after) = match &connection {
        Connection::Sqlite(_) => (
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -2000000; PRAGMA foreign_keys = OFF",
            "PRAGMA journal_mode = WAL",
        ),
        #[cfg(feature = "postgres")]
        Connection::Postgres(_) => ("SET session_replication_role = replica", "RESET session_replication_role"),
    };
    connection.batch(before);
    let numbers = format!("n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {number})");
    let (insert, select) = statement.split_once("SELECT").expect("it selects what it inserts");
    connection.execute(&format!("{insert} WITH RECURSIVE {numbers} SELECT {select}"));
    connection.batch(after);
}
