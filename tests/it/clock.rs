//! A clock that was ahead and went back leaves times that are in the future. Nobody waits for them, and nothing lives
//! until then.

use serde_json::json;

use crate::support::{Server, wait_for};

/// Moves times into the future, as if the clock had been so much ahead when they were written.
fn was_ahead(server: &Server, table: &str, columns: &[&str], time: &str) {
    let column = |column: &&str| format!("{column} = {}", server.moved(column, time));
    let columns: Vec<String> = columns.iter().map(column).collect();
    assert!(server.execute(&format!("UPDATE {table} SET {}", columns.join(", "))) > 0, "there is a row in {table}");
}

const THROTTLES: &[&str] = &["spent_until", "next_at", "day_started_at"];

#[test]
fn nobody_waits_longer_than_the_budget_can_ask_for() {
    let server = Server::prepare().with_real_limits().and_seed().and_start();
    let mut known = server.client();
    assert_eq!(known.log_in("roy", "roy").leads_to(), (303, "/"));
    for _ in 0..5 {
        server.client().log_in("roy", "wrong");
        server.client().log_in("nobody", "wrong");
    }
    for _ in 0..10 {
        assert_eq!(known.log_in("roy", "wrong").status, 303);
    }
    was_ahead(&server, "throttles", THROTTLES, "+37 days");
    let mut waits = Vec::new();
    for (name, client) in [("roy", &mut server.client()), ("nobody", &mut server.client()), ("roy", &mut known)] {
        let refused = client.log_in(name, "wrong");
        assert_eq!(refused.status, 429, "what was spent stays spent");
        waits.push(refused.header("retry-after").unwrap().parse::<u32>().unwrap());
    }
    assert!(waits[0] <= 60 && waits[1] <= 60 && waits[2] <= 360, "{waits:?}");
    // Not from each look on: the time that passes counts.
    was_ahead(&server, "throttles", THROTTLES, "-3600 seconds");
    for (name, client) in [("roy", &mut server.client()), ("nobody", &mut server.client()), ("roy", &mut known)] {
        assert_eq!(client.log_in(name, "wrong").status, 303, "{name}");
    }
}

const SESSIONS: &[&str] = &["created_at", "authenticated_at", "last_seen_at", "idle_expires_at", "expires_at"];

#[test]
fn a_session_that_began_in_the_future_is_none_and_is_removed() {
    let mut server = Server::seeded();
    let mut browser = server.signed_in("roy", "roy");
    let pair = server.client().pair("roy", "roy");
    let mut program = server.client().bearing(pair["access_token"].as_str().unwrap());
    was_ahead(&server, "sessions", SESSIONS, "+4 seconds");
    assert!(browser.is_signed_in(), "clocks of two machines may differ by a little");
    assert_eq!(program.get("/api/v1/me").status, 200);
    was_ahead(&server, "sessions", SESSIONS, "+37 days");
    server.let_a_second_pass();
    assert!(!browser.is_signed_in());
    assert_eq!(program.get("/api/v1/me").status, 401);
    let refresh = json!({ "refresh_token": pair["refresh_token"] });
    assert_eq!(server.client().call("POST", "/api/v1/tokens/refresh", &refresh).status, 401);
    let listed = server.cli(&["session", "list", "--json"]);
    assert_eq!(listed.stdout.trim(), "[]");

    assert_eq!(server.terminate(), 0);
    server.start(&["serve"]);
    wait_for("the sweep", || (server.sessions() == 0).then_some(()));
    let roy = "SELECT count(*) FROM audit_events JOIN users ON users.id = target
        WHERE username = 'roy' AND event = 'session.ended' AND actor = 'system'";
    assert_eq!(server.sql(roy), ["2"]);
}

#[test]
fn no_session_lives_longer_than_one_that_begins_now() {
    let mut server = Server::seeded();
    server.signed_in("roy", "roy");
    server.client().post("/login", &[("username", "python"), ("password", "python"), ("remember", "on")]);
    server.client().pair("admin", "password");
    assert_eq!(server.terminate(), 0);
    // Used while the clock was ahead; begun when sessions were allowed to live longer.
    was_ahead(&server, "sessions", &["last_seen_at", "idle_expires_at", "expires_at"], "+100 days");
    server.start(&["serve"]);
    let hours = |column: &str| -> Vec<f64> {
        let left = server.minutes(&server.time("0 seconds"), column);
        let left =
            server.sql(&format!("SELECT {left} FROM sessions JOIN users ON users.id = user_id ORDER BY username"));
        left.iter().map(|minutes| (minutes.parse::<f64>().unwrap() / 6.0).round() / 10.0).collect()
    };
    wait_for("the sweep", || (hours("last_seen_at")[0].abs() < 0.1).then_some(()));
    assert_eq!(hours("expires_at"), [720.0, 720.0, 12.0], "admin's tokens, python remembered, roy");
    assert_eq!(hours("idle_expires_at"), [720.0, 336.0, 1.0]);
}

#[test]
fn budgets_from_the_future_are_swept_when_their_day_is_over() {
    let mut server = Server::prepare().with_real_limits().and_seed().and_start();
    for _ in 0..5 {
        server.client().log_in("nobody", "wrong");
    }
    assert_eq!(server.terminate(), 0);
    was_ahead(&server, "throttles", THROTTLES, "+37 days");
    server.start(&["serve"]);
    let soon = server.time("+1 minute");
    let ahead = format!("day_started_at > {soon} OR next_at > {soon} OR spent_until > {soon}");
    let ahead = format!("SELECT count(*) FROM throttles WHERE {ahead}");
    wait_for("the sweep", || (server.sql(&ahead) == ["0"]).then_some(()));
    assert_eq!(server.sql("SELECT day_count FROM throttles"), ["5"]);
}
