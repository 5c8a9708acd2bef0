//! Admins make accounts by API, for others and at any time; and what signing up costs a network.

use serde_json::{Value, json};

use crate::support::Server;

const USERS: &str = "/api/v1/users";

fn wanted(username: &str) -> Value {
    json!({ "username": username, "password": "correct horse battery" })
}

#[test]
fn an_admin_makes_accounts_while_sign_up_is_closed_and_nobody_else_does() {
    let server = Server::prepare().with("VESTIBULE_NETWORK_SIGN_UPS_PER_HOUR", "1").and_seed().and_start();
    let mut admin = server.client().program("admin", "password");
    for number in 0..3 {
        let body = json!({
            "username": format!("new{number}"), "password": "correct horse battery", "name": "New", "data": [number],
            "email": format!("new{number}@example.com"),
        });
        let made = admin.call("POST", USERS, &body);
        assert_eq!(made.status, 201, "{}", made.body);
        let (path, user) = (made.header("location").unwrap().to_owned(), made.json());
        assert_eq!((&user["name"], &user["enabled"], &user["roles"]), (&json!("New"), &json!(true), &json!([])));
        assert_eq!((admin.get(&path).json(), admin.get(&path).header("etag")), (user, made.header("etag")));
        let mut new = server.client().program(&format!("new{number}"), "correct horse battery");
        assert_eq!(new.get("/api/v1/me/data").json(), json!([number]));
    }
    assert_eq!(admin.call("POST", USERS, &wanted("new0")).status, 409);
    assert_eq!(admin.call("POST", USERS, &json!({ "username": "x1", "password": "short" })).status, 422);
    assert_eq!(admin.call("POST", USERS, &wanted("support")).status, 201, "a name that is kept for the site");
    let events = server.sql("SELECT actor FROM audit_events WHERE event = 'user.created' ORDER BY id DESC LIMIT 4");
    assert_eq!(events, vec![server.sql("SELECT id FROM users WHERE username = 'admin'").remove(0); 4]);

    let mut roy = server.client().program("roy", "roy");
    for client in [&mut roy, &mut server.client()] {
        let refused = client.call("POST", USERS, &wanted("nobody"));
        assert_eq!((refused.status, refused.json()["detail"].as_str().unwrap().contains("closed")), (403, true));
    }
    assert_eq!(server.client().bearing("nonsense").call("POST", USERS, &wanted("nobody")).status, 401);
    assert_eq!(server.cli(&["user", "role", "add", "roy", "admin"]).code, 0);
    assert_eq!(server.cli(&["user", "role", "remove", "admin", "admin"]).code, 0);
    server.let_a_second_pass();
    assert_eq!(admin.call("POST", USERS, &wanted("nobody")).status, 403, "an admin no longer");
    assert_eq!(roy.call("POST", USERS, &wanted("somebody")).status, 201, "an admin by now");
    assert_eq!(server.sql("SELECT count(*) FROM users WHERE username = 'nobody'"), ["0"]);
}

#[test]
fn a_name_that_is_taken_costs_no_sign_up_and_twenty_are_free() {
    let server = Server::prepare().with("VESTIBULE_REGISTRATION", "open").and_seed().and_start();
    let sign_up = |body: &Value| server.client().call("POST", USERS, body).status;
    for _ in 0..30 {
        assert_eq!(sign_up(&wanted("roy")), 409);
    }
    assert_eq!(sign_up(&json!({ "email": "a@example.com", "password": "correct horse battery" })), 201);
    for _ in 0..5 {
        assert_eq!(sign_up(&json!({ "email": "A@example.com", "password": "correct horse battery" })), 409);
    }
    for number in 0..19 {
        assert_eq!(sign_up(&wanted(&format!("pupil{number}"))), 201, "{number}");
    }
    assert_eq!(sign_up(&wanted("one-more")), 429, "the network has had its 20");
    let old_token = server.client().bearing("nonsense").call("POST", USERS, &wanted("one-more"));
    assert_eq!(old_token.status, 401, "who sends a token that is off is not taken for anyone");
    let mut admin = server.client().program("admin", "password");
    assert_eq!(admin.call("POST", USERS, &wanted("one-more")).status, 201, "what admins make does not count");
}
