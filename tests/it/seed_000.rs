//! The conversation of the first system that Vestibule replaces: a REST login with a session.

use serde_json::json;

use crate::import::ROY;
use crate::import::moving_in::command;
use crate::support::Server;

#[test]
fn seed_000_a_rest_login_and_logout_with_a_session() {
    let server = Server::empty();
    // The row of the tutorial, as `mysql --batch` writes it.
    server.file("users.tsv", &format!("username\tpassword\nroy\t{ROY}\n"));
    server.shell(&command("From the tutorials", "users.tsv"));
    assert_eq!(server.sql("SELECT password_hash FROM users"), [ROY], "with its hash as it is");
    let mut program = server.client().json();

    let stranger = program.get("/");
    assert_eq!((stranger.status, stranger.json()), (401, json!({ "message": "Unauthorized" })));
    assert_eq!(server.client().browsing().get("/").leads_to(), (303, "/login"), "a browser gets the login page");
    assert_eq!(
        server.client().with("Accept", "*/*").get("/login").header("content-type"),
        Some("text/html; charset=utf-8")
    );

    let wrong = program.call("POST", "/login", &json!({ "username": "roy", "password": "ray" }));
    let unknown = program.call("POST", "/login", &json!({ "username": "rob", "password": "ray" }));
    assert_eq!((wrong.status, unknown.status), (401, 401));
    assert_eq!(wrong.body, unknown.body, "one and the same body");
    assert!(wrong.json()["message"].is_string());
    for body in [
        json!({}),
        json!({ "username": "roy" }),
        json!({ "username": "roy", "password": "" }),
        json!({ "username": "", "password": "x" }),
    ] {
        let missing = program.call("POST", "/login", &body);
        assert_eq!(missing.status, 400, "{body}");
        assert!(missing.json()["message"].is_string());
        assert_eq!(missing.json().as_object().unwrap().len(), 1);
    }

    let right = program.call("POST", "/login", &json!({ "username": "roy", "password": "roy" }));
    assert_eq!((right.status, right.json()), (200, json!({ "message": "You are logged in successfully" })));
    assert!(right.all("set-cookie").any(|cookie| cookie.starts_with("session=")));
    let hash = server.sql("SELECT password_hash FROM users WHERE username = 'roy'");
    assert!(hash[0].starts_with("$bcrypt-sha256$"), "from then on the stored hash is bcrypt: {hash:?}");

    let known = program.get("/");
    assert_eq!(
        (known.status, known.json()),
        (200, json!({ "message": "You are already logged in", "username": "roy" }))
    );

    let mut thief = program.clone();
    let out = program.get("/logout");
    assert_eq!((out.status, out.json()), (200, json!({ "message": "You successfully logged out" })));
    assert_eq!(thief.get("/").status, 401, "the session is ended on the server");
    assert_eq!(program.get("/").status, 401);

    let again = program.call("POST", "/login", &json!({ "username": "roy", "password": "roy" }));
    assert_eq!(again.status, 200);
    let out = program.bare("POST", "/logout");
    assert_eq!((out.status, out.json()), (200, json!({ "message": "You successfully logged out" })));
}
