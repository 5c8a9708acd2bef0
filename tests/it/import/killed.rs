//! An import that is killed: all of it happens or nothing, and the next one runs.

use std::time::Instant;

use super::many;
use crate::support::{Server, wait_for};

const ROWS: usize = 900;

fn accounts(server: &Server) -> usize {
    let listed = server.cli(&["user", "list", "--json"]);
    assert_eq!(listed.code, 0, "{listed:?}");
    serde_json::from_str::<Vec<serde_json::Value>>(&listed.stdout).unwrap().len()
}

#[test]
fn kill_9_at_any_moment_leaves_all_or_nothing_and_the_next_import_runs() {
    let server = Server::migrated();
    let text = many(ROWS);
    let started = Instant::now();
    assert_eq!(server.import(&text, &[]).code, 0);
    let whole = started.elapsed();
    for round in 0..20 {
        server.execute("DELETE FROM users");
        let started = Instant::now();
        let mut import = server.command(&["user", "import", "users.txt"]).spawn().unwrap();
        // Spread over the whole of it, and a little beyond.
        wait_for("the moment", || (started.elapsed() >= whole * round / 18).then_some(()));
        import.kill().unwrap();
        import.wait().unwrap();
        let found = accounts(&server);
        assert!(found == 0 || found == ROWS, "round {round}: {found}");
        let next = server.cli(&["user", "import", "users.txt", "--on-conflict", "skip"]);
        assert_eq!(next.code, 0, "round {round}: {next:?}");
        assert_eq!(accounts(&server), ROWS);
        assert!(server.nothing_is_staged());
    }
    let roles = server.sql("SELECT count(*) FROM user_roles WHERE role = 'staff'");
    assert_eq!(roles, [ROWS.to_string()]);
}

/// As an import leaves the database that is killed when the first of its accounts have been made.
const HALF_DONE: &str = "
    INSERT INTO imports VALUES ('x', 'applying', 'users.csv', '2026-01-01 00:00:00', 1, 0);
    INSERT INTO users (id, username, display_name, display_name_folded, created_at)
        VALUES ('1', 'anna', 'Anna', 'anna', '2026-01-01 00:00:00');
    INSERT INTO staged_users (place, line, id, username, display_name, display_name_folded, is_named, hash_kind, created_at)
        VALUES (2, 3, '2', 'ben', 'Ben', 'ben', TRUE, 'no password', '2026-01-01 00:00:00'),
               (3, 4, '3', 'cleo', 'Cleo', 'cleo', TRUE, 'no password', '2026-01-01 00:00:00');
    INSERT INTO staged_logins (login, place, line, is_made) VALUES ('ben', 2, 3, FALSE), ('cleo', 3, 4, FALSE);
    INSERT INTO staged_roles VALUES (2, 'staff'), (3, 'admin');";

fn half_done() -> Server {
    let server = Server::prepare();
    assert_eq!(server.cli(&["user", "add", "zoe", "--random"]).code, 0);
    server.execute("DELETE FROM users");
    server.connection().batch(HALF_DONE);
    server
}

#[test]
fn whoever_comes_next_finishes_what_was_decided() {
    for arguments in [&["user", "list"][..], &["user", "add", "dora", "--random"], &["user", "show", "cleo"]] {
        let server = half_done();
        assert_eq!(server.cli(arguments).code, 0);
        assert_eq!(server.usernames()[..3], ["anna", "ben", "cleo"], "{arguments:?}");
        assert!(server.nothing_is_staged());
        let audit = server.audit();
        assert!(audit.contains(&"users.imported: 3 made, 0 changed, from users.csv".to_owned()), "{audit:?}");
        assert!(audit.contains(&"role.added: admin".to_owned()), "{audit:?}");
    }
    let server = half_done().and_start();
    assert_eq!(server.usernames(), ["anna", "ben", "cleo"], "a server that starts does");
    let server = half_done();
    server.execute("UPDATE users SET email = 'x@example.com', email_canonical = 'ben'");
    assert_eq!(server.cli(&["user", "list"]).code, 0);
    assert_eq!(server.usernames(), ["anna", "cleo"], "what can't be made any more stops nothing");
    assert!(server.audit().contains(&"users.imported: ben was left out: it was taken in between".to_owned()));
}

#[test]
fn a_running_server_finishes_it_too_and_sweeps_what_is_old() {
    let server = Server::empty();
    let put = |statements: &str| server.connection().batch(statements);
    let soon = chrono::Utc::now().format("'%Y-%m-%d %H:%M:%S', 1, 0)").to_string();
    put(&HALF_DONE.replace("'applying'", "'checking'").replace("'2026-01-01 00:00:00', 1, 0)", &soon));
    let taken = server.cli(&["user", "add", "ben", "--random"]);
    assert_eq!(taken.code, 4, "as long as it may be going on its names are kept: {taken:?}");
    server.execute("UPDATE imports SET touched_at = '2026-01-01 00:00:00'");
    wait_for("the sweep", || server.nothing_is_staged().then_some(()));
    assert_eq!(server.usernames(), ["anna"], "it was not decided, and did nothing for minutes");
    assert_eq!(server.cli(&["user", "add", "ben", "--random"]).code, 0);

    server.execute("DELETE FROM users");
    put(HALF_DONE);
    wait_for("the rest of the accounts", || server.nothing_is_staged().then_some(()));
    assert_eq!(server.usernames(), ["anna", "ben", "cleo"], "this one was decided");
}
