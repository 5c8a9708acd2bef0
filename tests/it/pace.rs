//! The changes that an account makes are limited per minute, by pages and programs together.

use serde_json::json;

use crate::support::{Client, Server, wait_for};

/// A server where three are enough, with someone who has made them all, in a browser and in a program.
fn spent() -> (Server, Client, Client, String) {
    let server = Server::prepare().with("VESTIBULE_WRITES_PER_MINUTE", "3").and_seed().and_start();
    let mut browser = server.signed_in("roy", "roy");
    let pair = server.client().pair("roy", "roy");
    let mut program = server.client().bearing(pair["access_token"].as_str().unwrap());
    assert_eq!(browser.act("/todos", &[("title", "One")]).status, 303);
    assert_eq!(program.call("PATCH", "/api/v1/me", &json!({ "name": "Roy B." })).status, 200);
    assert_eq!(program.call("PUT", "/api/v1/me/data", &json!({ "colour": "blue" })).status, 200);
    (server, browser, program, pair["refresh_token"].as_str().unwrap().to_owned())
}

#[test]
fn past_the_most_every_door_says_how_long_to_wait_and_the_audit_has_it() {
    let (server, mut browser, mut program, refresh_token) = spent();
    let seconds = |reply: &crate::support::Reply| reply.header("retry-after").unwrap().parse::<u32>().unwrap();
    let page = browser.act("/todos", &[("title", "Two")]);
    assert_eq!(page.status, 429);
    assert!(page.says("Too many changes. Wait "), "{}", page.body);
    assert!((1..=20).contains(&seconds(&page)), "one comes back every twenty seconds");
    let problem = program.call("POST", "/api/v1/todos", &json!({ "title": "Two" }));
    assert_eq!((problem.status, problem.header("content-type")), (429, Some("application/problem+json")));
    assert!(problem.json()["detail"].as_str().unwrap().starts_with("Too many changes. Wait "), "{}", problem.body);
    assert!((1..=20).contains(&seconds(&problem)));
    let refresh = json!({ "refresh_token": refresh_token });
    let refreshed = server.client().call("POST", "/api/v1/tokens/refresh", &refresh);
    assert_eq!((refreshed.status, seconds(&refreshed) > 0), (429, true), "a new pair is a change too");
    assert!(!server.sql("SELECT title FROM todos").contains(&"Two".to_owned()));

    let noted = "SELECT detail FROM audit_events JOIN users ON users.id = actor AND users.id = target \
                 WHERE event = 'write.throttled' AND username = 'roy' ORDER BY audit_events.id";
    let details = wait_for("the audit", || Some(server.sql(noted)).filter(|details| details.len() == 2));
    assert_eq!(details, ["POST /todos", "POST /api/v1/todos"]);
}

#[test]
fn reading_ending_sessions_and_other_accounts_go_on() {
    let (server, mut browser, mut program, _) = spent();
    assert_eq!(program.call("PATCH", "/api/v1/me", &json!({})).status, 429);
    assert!(browser.get("/todos").says("One"));
    assert_eq!(program.get("/api/v1/me").json()["name"], "Roy B.");
    let mut python = server.client().program("python", "python");
    assert_eq!(python.call("POST", "/api/v1/todos", &json!({ "title": "Mine" })).status, 201);
    let another = server.client().program("roy", "roy").call("PATCH", "/api/v1/me", &json!({})).status;
    assert_eq!(another, 429, "another login of the same account has no more");
    assert_eq!(browser.post("/logout", &[]).status, 303);
    assert!(!browser.is_signed_in());
    let change = json!({ "current_password": "roy", "new_password": "correct horse battery" });
    assert_eq!(program.call("PUT", "/api/v1/me/password", &change).status, 200, "who has to can take it back");
}

#[test]
fn another_site_spends_nothing_and_a_stolen_refresh_token_still_ends_the_login() {
    let server = Server::prepare().with("VESTIBULE_WRITES_PER_MINUTE", "3").and_seed().and_start();
    let mut browser = server.client();
    assert_eq!(browser.log_in("roy", "roy").status, 303);
    for _ in 0..5 {
        let posted = browser.with("Origin", "https://evil.example").post("/todos", &[("title", "x")]);
        assert_eq!(posted.status, 403);
    }
    assert_eq!(browser.act("/todos", &[("title", "One")]).status, 303);
    let pair = server.client().pair("roy", "roy");
    let refresh = json!({ "refresh_token": pair["refresh_token"] });
    let next = server.client().call("POST", "/api/v1/tokens/refresh", &refresh).json();
    let mut program = server.client().bearing(next["access_token"].as_str().unwrap());
    assert_eq!(program.call("PATCH", "/api/v1/me", &json!({})).status, 200);
    assert_eq!(program.call("PATCH", "/api/v1/me", &json!({})).status, 429);
    assert_eq!(server.client().call("POST", "/api/v1/tokens/refresh", &refresh).status, 401, "it came back");
    assert_eq!(program.get("/api/v1/me").status, 401, "so its login is over");
}
