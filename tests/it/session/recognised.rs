//! Who is recognised is remembered for a second. What the server itself changes acts on the very next request.

use serde_json::json;

use crate::support::{Client, Server, wait_for};

/// A server with an admin and somebody in a browser and in a program, both recognised a moment ago.
fn recognised() -> (Server, Client, Client, Client, String) {
    let server = Server::seeded();
    let admin = server.client().program("admin", "password");
    let (mut browser, mut program) = (server.signed_in("roy", "roy"), server.client().program("roy", "roy"));
    let id = program.get("/api/v1/me").json()["id"].as_str().unwrap().to_owned();
    assert!(browser.is_signed_in());
    (server, admin, browser, program, id)
}

#[test]
fn what_the_server_changes_acts_on_the_next_request() {
    let (_server, mut admin, mut browser, mut program, id) = recognised();
    let user = format!("/api/v1/users/{id}");
    assert_eq!(admin.call("PATCH", &user, &json!({ "name": "Roy B." })).status, 200);
    assert!(browser.get("/").says("Hello, Roy B.!"));
    assert_eq!(program.get("/api/v1/me").json()["name"], "Roy B.");
    assert_eq!(admin.bare("PUT", &format!("{user}/roles/staff")).status, 200);
    assert_eq!(program.get("/api/v1/me").json()["roles"], json!(["staff"]));
    assert_eq!(admin.bare("PUT", &format!("{user}/roles/admin")).status, 200);
    assert_eq!(program.get("/api/v1/users").status, 200);
    assert_eq!(admin.bare("DELETE", &format!("{user}/roles/admin")).status, 204);
    assert_eq!(program.get("/api/v1/users").status, 403);
    assert_eq!(admin.call("PATCH", &user, &json!({ "enabled": false })).status, 200);
    assert!(!browser.is_signed_in());
    assert_eq!(program.get("/api/v1/me").status, 401);
}

#[test]
fn logging_out_and_deleting_act_on_the_next_request() {
    let (server, mut admin, mut browser, mut program, id) = recognised();
    let mut thief = browser.clone();
    assert!(thief.is_signed_in());
    assert_eq!(browser.post("/logout", &[]).status, 303);
    assert!(!thief.is_signed_in());
    let mut again = server.signed_in("roy", "roy");
    assert!(again.is_signed_in());
    assert_eq!(admin.bare("DELETE", &format!("/api/v1/users/{id}")).status, 204);
    assert!(!again.is_signed_in());
    assert_eq!(program.get("/api/v1/me").status, 401);
}

#[test]
fn a_new_password_acts_on_the_next_request() {
    let (_server, _admin, mut browser, mut program, _id) = recognised();
    let change = json!({ "current_password": "roy", "new_password": "correct horse battery" });
    assert_eq!(program.call("PUT", "/api/v1/me/password", &change).status, 200);
    assert!(!browser.is_signed_in());
    assert_eq!(program.get("/api/v1/me").status, 401);
}

#[test]
fn most_requests_ask_the_database_nothing() {
    let (server, _admin, browser, mut program, _id) = recognised();
    let mut json = browser.json();
    // On a slow machine the second may be over too soon; then it is tried again.
    wait_for("two answers without the table of sessions", || {
        assert_eq!([program.get("/api/v1/me").status, json.get("/").status], [200, 200]);
        server.execute("ALTER TABLE sessions RENAME TO moved");
        let answers = [program.get("/api/v1/me").status, json.get("/").status];
        server.execute("ALTER TABLE moved RENAME TO sessions");
        (answers == [200, 200]).then_some(())
    });
}
