//! Whoever reads a document may change a member and send all of it back.

use serde_json::{Value, json};

use crate::support::{Client, Server, wait_for};

/// The names of the members that a refusal is about.
fn named(problem: &Value) -> Vec<&str> {
    problem["errors"].as_object().unwrap().keys().map(String::as_str).collect()
}

/// Reads a document and sends it back: as it is, with each member that may be changed changed, and with each that may
/// not.
fn send_back(client: &mut Client, method: &str, path: &str, changes: &[(&str, Value)], fixed: &[(&str, Value)]) {
    let whole = client.get(path).json();
    let same = client.call(method, path, &whole);
    assert_eq!((same.status, same.json()), (200, whole.clone()), "{method} {path}: as it is");
    for (member, value) in changes {
        let mut changed = client.get(path).json();
        changed[*member] = value.clone();
        let answer = client.call(method, path, &changed);
        if *member == "email" {
            // This follows from the address.
            changed["email_confirmed"] = answer.json()["email_confirmed"].clone();
        }
        assert_eq!((answer.status, answer.json()), (200, changed), "{method} {path}: {member}");
    }
    let now = client.get(path).json();
    let mut all = now.clone();
    for (member, value) in fixed {
        let mut changed = now.clone();
        changed[*member] = value.clone();
        all[*member] = value.clone();
        let refused = client.call(method, path, &changed);
        assert_eq!((refused.status, named(&refused.json())), (422, vec![*member]), "{method} {path}: {member}");
    }
    let mut names: Vec<&str> = fixed.iter().map(|(member, _)| *member).collect();
    names.sort_unstable();
    assert_eq!(named(&client.call(method, path, &all).json()), names, "{method} {path}: all of them at once");
    assert_eq!(client.get(path).json(), now, "{method} {path}: nothing of that was done");
}

#[test]
fn what_a_get_answered_may_be_sent_back_and_what_can_not_be_changed_is_named() {
    let server = Server::seeded();
    let [mut roy, mut admin] = [("roy", "roy"), ("admin", "password")].map(|(n, p)| server.client().program(n, p));
    let made = roy.call("POST", "/api/v1/todos", &json!({ "title": "One", "description": "x", "due": "2030-01-31" }));
    let path = made.header("location").unwrap().to_owned();
    assert_eq!(admin.bare("PUT", &format!("{path}/done")).status, 200);
    let changes = |word: &str| [("title", json!(word)), ("description", json!(word)), ("due", json!("2031-05-05"))];
    let fixed = [
        ("id", json!("x")),
        ("done", json!(false)),
        ("user", json!({ "id": "x", "username": "admin" })),
        ("created_at", json!("2020-01-01T00:00:00Z")),
    ];
    send_back(&mut roy, "PUT", &path, &changes("a"), &fixed);
    send_back(&mut roy, "PATCH", &path, &changes("b"), &fixed);
    send_back(&mut admin, "PUT", &path, &changes("c"), &fixed);

    let id = roy.get("/api/v1/me").json()["id"].as_str().unwrap().to_owned();
    let user = format!("/api/v1/users/{id}");
    let own = [("name", json!("Roy B.")), ("email", json!("roy@example.com")), ("email", json!(null))];
    let fixed =
        [("id", json!("x")), ("roles", json!(["admin"])), ("created_at", json!(7)), ("email_confirmed", json!(true))];
    send_back(
        &mut roy,
        "PATCH",
        "/api/v1/me",
        &own,
        &[&fixed[..], &[("enabled", json!(false)), ("username", json!("king"))]].concat(),
    );
    let whole =
        [&own[..], &[("username", json!("roy-b")), ("enabled", json!(false)), ("enabled", json!(true))]].concat();
    send_back(&mut admin, "PATCH", &user, &whole, &fixed);

    let roles = wait_for("the wish for a role to be recorded", || {
        Some(server.audit().into_iter().filter(|row| row.starts_with("access.denied")).collect::<Vec<_>>())
            .filter(|rows| rows.len() >= 2)
    });
    assert_eq!(
        roles, ["access.denied: PATCH /api/v1/me with a role for oneself"; 2],
        "and nothing of what an admin sent"
    );
}

#[test]
fn what_is_the_same_is_no_event() {
    let server = Server::seeded();
    let mut roy = server.client().program("roy", "roy");
    assert_eq!(roy.call("PATCH", "/api/v1/me", &json!({ "email": "roy@example.com" })).status, 200);
    let audit = server.audit();
    for _ in 0..3 {
        let own = roy.get("/api/v1/me").json();
        assert_eq!(roy.call("PATCH", "/api/v1/me", &own).status, 200);
    }
    assert_eq!(server.audit(), audit);
    let spelled = roy.call("PATCH", "/api/v1/me", &json!({ "email": "Roy@Example.com" }));
    assert_eq!(spelled.json()["email"], "Roy@Example.com", "another spelling is a change");
    assert_eq!(server.audit().len(), audit.len() + 1);
}
