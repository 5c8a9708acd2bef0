//! The sessions of an account are limited; past the limit, the one that was used longest ago ends.

use serde_json::json;

use crate::support::{Client, Server, wait_for};

/// Lets all sessions of now have been used an hour ago.
fn an_hour_passes(server: &Server) {
    server.execute(&format!("UPDATE sessions SET last_seen_at = {}", server.moved("last_seen_at", "-1 hour")));
}

#[test]
fn past_the_most_the_session_that_was_used_longest_ago_ends_and_the_audit_has_it() {
    let server = Server::prepare().with("VESTIBULE_SESSIONS_PER_ACCOUNT", "3").and_seed().and_start();
    let mut python = server.signed_in("python", "python");
    let sign_in = || server.signed_in("roy", "roy");
    let (mut first, mut second) = (sign_in(), sign_in());
    an_hour_passes(&server);
    let mut program = server.client().program("roy", "roy");
    an_hour_passes(&server);
    server.let_a_second_pass();
    assert!(first.is_signed_in(), "the first is used again");
    wait_for("its use to be noted", || {
        let seen = server.sql(&format!("SELECT id FROM sessions WHERE last_seen_at > {}", server.time("-1 minute")));
        (seen.len() == 1).then_some(())
    });
    let oldest = "SELECT id FROM sessions WHERE kind = 'browser' \
                  AND user_id = (SELECT id FROM users WHERE username = 'roy') ORDER BY last_seen_at LIMIT 1";
    let second_id = server.sql(oldest).remove(0);

    let mut fourth = sign_in();
    assert!(!second.is_signed_in(), "on the very next request");
    assert!(first.is_signed_in() && fourth.is_signed_in() && python.is_signed_in());
    assert_eq!(server.sessions(), 4, "three, and one of somebody else");
    let ended = server.sql("SELECT detail FROM audit_events WHERE event = 'session.ended' AND actor = 'system'");
    assert_eq!(ended, [format!("{second_id}: used longest ago of more than 3")]);

    let mut fifth = server.client().program("roy", "roy");
    assert_eq!(program.get("/api/v1/me").status, 401, "programs count as browsers do");
    assert!(first.is_signed_in() && fourth.is_signed_in());
    assert_eq!(fifth.get("/api/v1/me").status, 200);
    assert_eq!(server.sessions(), 4);
}

#[test]
fn a_session_that_is_over_takes_no_place() {
    let server = Server::prepare().with("VESTIBULE_SESSIONS_PER_ACCOUNT", "2").and_seed().and_start();
    let mut first = server.signed_in("roy", "roy");
    server.signed_in("roy", "roy");
    server.execute("UPDATE sessions SET expires_at = '2020-01-01 00:00:00' WHERE id = (SELECT max(id) FROM sessions)");
    let mut third = server.signed_in("roy", "roy");
    assert!(first.is_signed_in() && third.is_signed_in());
    assert_eq!(server.audit().iter().filter(|line| line.contains("longest ago")).count(), 0);
}

#[test]
fn twenty_logins_at_once_leave_no_more_than_the_most() {
    let server = Server::prepare().with("VESTIBULE_SESSIONS_PER_ACCOUNT", "5").and_seed().and_start();
    std::thread::scope(|scope| {
        let log_in = |mut client: Client| {
            let roy = json!({ "login": "roy", "password": "roy" });
            scope.spawn(move || assert_eq!(client.call("POST", "/api/v1/tokens", &roy).status, 200))
        };
        (0..20).map(|_| log_in(server.client())).for_each(drop);
    });
    assert_eq!(server.sessions(), 5);
}
