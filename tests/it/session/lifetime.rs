//! How long sessions live. Time passes by moving the times of the row.

use crate::support::{Client, Server, wait_for};

/// Moves all times of all sessions into the past, as if so much time had gone by.
fn let_pass(server: &Server, time: &str) {
    let column = |column: &str| format!("{column} = {}", server.moved(column, &format!("-{time}")));
    let columns = ["created_at", "authenticated_at", "last_seen_at", "idle_expires_at", "expires_at"].map(column);
    assert!(server.execute(&format!("UPDATE sessions SET {}", columns.join(", "))) > 0, "there is a session");
    server.let_a_second_pass();
}

fn column(server: &Server, name: &str) -> String {
    server.sql(&format!("SELECT {name} FROM sessions")).remove(0)
}

/// Uses the session and waits until that is written down.
fn use_it(server: &Server, browser: &mut Client) {
    let before = column(server, "last_seen_at");
    assert!(browser.is_signed_in());
    wait_for("the use to be noted", || (column(server, "last_seen_at") != before).then_some(()));
}

#[test]
fn an_unused_session_ends_after_an_hour() {
    let server = Server::seeded();
    let mut browser = server.signed_in("roy", "roy");
    let_pass(&server, "59 minutes");
    use_it(&server, &mut browser);
    let_pass(&server, "59 minutes");
    use_it(&server, &mut browser);
    let_pass(&server, "60 minutes");
    assert!(!browser.is_signed_in());
    assert!(!browser.is_signed_in(), "asking does not wake it up");
}

#[test]
fn a_used_session_ends_after_twelve_hours() {
    let server = Server::prepare().and_seed().with("VESTIBULE_SESSION_IDLE_MINUTES", "300").and_start();
    let mut browser = server.signed_in("roy", "roy");
    let began = column(&server, "expires_at");
    for _ in 0..2 {
        let_pass(&server, "299 minutes");
        use_it(&server, &mut browser);
    }
    assert!(column(&server, "expires_at") < began, "its use never moves the end");
    let_pass(&server, "122 minutes");
    assert!(!browser.is_signed_in());
}

#[test]
fn a_remembered_session_lives_fourteen_days_unused_and_thirty_in_all() {
    let server = Server::seeded();
    let mut browser = server.client().browsing();
    let fields = [("username", "roy"), ("password", "roy"), ("remember", "on")];
    browser.post("/login", &fields);
    let_pass(&server, "13 days");
    use_it(&server, &mut browser);
    let_pass(&server, "13 days");
    use_it(&server, &mut browser);
    let_pass(&server, "4 days");
    assert!(!browser.is_signed_in(), "30 days in all");
    browser.post("/login", &fields);
    server.execute(&format!("DELETE FROM sessions WHERE expires_at < {}", server.time("0 seconds")));
    let_pass(&server, "14 days");
    assert!(!browser.is_signed_in(), "14 days unused");
}

#[test]
fn lifetimes_are_settings() {
    let server = Server::prepare().and_seed();
    let settings = [("SESSION_IDLE_MINUTES", "2"), ("SESSION_HOURS", "1")];
    let server = settings.iter().fold(server, |server, (key, value)| server.with(&format!("VESTIBULE_{key}"), value));
    let server = server.and_start();
    let mut browser = server.signed_in("roy", "roy");
    let_pass(&server, "110 seconds");
    assert!(browser.is_signed_in());
    let mut browser = server.signed_in("python", "python");
    let_pass(&server, "120 seconds");
    assert!(!browser.is_signed_in());
}

#[test]
fn a_use_is_written_at_most_once_a_minute() {
    let server = Server::seeded();
    let browser = server.signed_in("roy", "roy");
    server.execute("CREATE TABLE touches (at TEXT)");
    server.trigger("count_touches", "AFTER UPDATE ON sessions", "INSERT INTO touches VALUES ('now')");
    let use_at_once = || {
        std::thread::scope(|scope| {
            for _ in 0..12 {
                scope.spawn(|| assert!(browser.clone().is_signed_in()));
            }
        });
        // There is one writer, so what waited before this is done after it.
        server.client().log_in("roy", "wrong");
    };
    use_at_once();
    assert_eq!(server.sql("SELECT count(*) FROM touches"), ["0"], "the login itself was a moment ago");
    let_pass(&server, "61 seconds");
    server.execute("DELETE FROM touches");
    use_at_once();
    assert_eq!(server.sql("SELECT count(*) FROM touches"), ["1"], "one of twelve at once");
    use_at_once();
    assert_eq!(server.sql("SELECT count(*) FROM touches"), ["1"], "and none after it");
}

#[test]
fn sessions_that_have_ended_are_swept_and_others_stay() {
    let mut server = Server::seeded();
    let mut browser = server.signed_in("roy", "roy");
    server.signed_in("python", "python");
    let over = server.time("-1 second");
    server.execute(&format!("UPDATE sessions SET idle_expires_at = {over} WHERE id = (SELECT max(id) FROM sessions)"));
    let (old, new) = (server.time("-366 days"), server.time("-364 days"));
    server.execute(&format!(
        "INSERT INTO audit_events (id, at, event, request_id)
         VALUES ('old', {old}, 'login.failed', 'r'), ('new', {new}, 'login.failed', 'r')"
    ));
    assert_eq!(server.terminate(), 0);
    server.start(&["serve"]);
    wait_for("the sweep", || (server.sessions() == 1).then_some(()));
    wait_for("the sweep", || server.sql("SELECT id FROM audit_events WHERE id = 'old'").is_empty().then_some(()));
    assert_eq!(server.sql("SELECT id FROM audit_events WHERE id = 'new'"), ["new"]);
    let jar = std::mem::take(&mut browser.jar);
    browser = server.client();
    browser.jar = jar;
    assert!(browser.is_signed_in());
}
