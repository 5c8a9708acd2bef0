//! The conversation of the second system that Vestibule replaces: REST with JWT, roles and todos.

use serde_json::{Value, json};

use crate::import::ROY;
use crate::import::moving_in::command;
use crate::support::Server;

fn titles(list: &Value) -> Vec<&str> {
    list["todos"].as_array().expect("a list").iter().map(|todo| todo["title"].as_str().unwrap()).collect()
}

#[test]
fn seed_001_jwt_with_roles_and_todos() {
    let mut server = Server::prepare()
        .with("VESTIBULE_REGISTRATION", "open")
        .with("VESTIBULE_PUBLIC_TODOS", "5")
        .and_seed()
        .and_start();
    server.execute("DELETE FROM todos");
    let mut anyone = server.client();

    let anna = json!({ "username": "anna", "password": "correct horse battery", "name": "Anna" });
    let registered = anyone.call("POST", "/api/v1/users", &anna);
    assert_eq!((registered.status, registered.json()["id"].as_str().map(str::len)), (201, Some(36)));
    assert_eq!(anyone.call("POST", "/api/v1/users", &anna).status, 409);
    let invalid = anyone.call("POST", "/api/v1/users", &json!({ "username": "-", "name": "", "password": "x" }));
    assert_eq!(invalid.status, 422);
    assert!(invalid.json()["errors"]["username"].is_array() && invalid.json()["errors"]["password"].is_array());

    let pair = anyone.pair("anna", "correct horse battery");
    assert_eq!((&pair["token_type"], &pair["expires_in"]), (&json!("Bearer"), &json!(1800)));
    let mut anna = anyone.bearing(pair["access_token"].as_str().unwrap());
    let profile = anna.get("/api/v1/me").json();
    assert_eq!(
        (&profile["username"], &profile["name"], &profile["roles"]),
        (&json!("anna"), &json!("Anna"), &json!([]))
    );
    assert!(!profile.to_string().contains("password"));

    let refused = anna.get("/api/v1/users");
    assert_eq!((refused.status, refused.json()["detail"].as_str()), (403, Some("Admins only!")));
    let mut admin = anyone.program("admin", "password");
    assert_eq!(admin.get("/api/v1/users").status, 200);

    let today = chrono::Utc::now().format("%Y-%m-%d").to_string();
    let first = anna.call("POST", "/api/v1/todos", &json!({ "title": "One", "description": "first" }));
    assert_eq!((first.status, first.json()["due"].as_str()), (201, Some(today.as_str())), "today when absent");
    let second = anna.call("POST", "/api/v1/todos", &json!({ "title": "Two", "due": "24-12-2030" }));
    assert_eq!(second.json()["due"], "2030-12-24");
    let third = anna.call("POST", "/api/v1/todos", &json!({ "title": "Three", "due": "2029-01-31" }));
    let id = third.json()["id"].as_str().unwrap().to_owned();
    assert_eq!(third.header("location"), Some(format!("/api/v1/todos/{id}").as_str()));
    admin.call("POST", "/api/v1/todos", &json!({ "title": "Admin's", "due": "2028-01-01" }));
    for number in 0..3 {
        admin.call("POST", "/api/v1/todos", &json!({ "title": format!("More {number}"), "due": "2031-01-01" }));
    }

    assert_eq!(titles(&anna.get("/api/v1/todos?sort=due&order=asc").json()), ["One", "Three", "Two"]);
    assert_eq!(titles(&anna.get("/api/v1/todos?sort=due&order=desc").json()), ["Two", "Three", "One"]);
    assert_eq!(titles(&admin.get("/api/v1/todos?sort=due&order=asc").json()).len(), 7, "an admin sees all");
    let public = anyone.get("/api/v1/todos").json();
    assert_eq!(public["todos"].as_array().unwrap().len(), 5, "a stranger sees the five latest");
    assert!(public["todos"][0]["user"].is_null(), "without their owner");
    assert_eq!(anyone.call("POST", "/api/v1/todos", &json!({ "title": "Mine" })).status, 401);

    let path = format!("/api/v1/todos/{id}");
    let changed = anna.call("PUT", &path, &json!({ "title": "Three!", "description": "changed" }));
    assert_eq!((changed.status, &changed.json()["title"]), (200, &json!("Three!")));
    let mut roy = anyone.program("roy", "roy");
    for status in [
        roy.get(&path).status,
        roy.call("PUT", &path, &json!({ "title": "Roy's" })).status,
        roy.call("PATCH", &path, &json!({ "title": "Roy's" })).status,
        roy.bare("DELETE", &path).status,
    ] {
        assert_eq!(status, 404, "someone else's is not there");
    }

    let done = format!("{path}/done");
    assert_eq!(anna.bare("PUT", &done).status, 403, "only an admin marks it done");
    assert_eq!(admin.bare("PUT", &done).json()["done"], true);
    assert_eq!(anna.get(&path).json()["done"], true);
    assert_eq!(admin.bare("DELETE", &done).status, 204);
    assert_eq!(anna.get(&path).json()["done"], false);

    server.kill();
    server.start(&["serve"]);
    let mut admin = server.client().program("admin", "password");
    assert_eq!(titles(&admin.get("/api/v1/todos").json()).len(), 7, "kept over a restart");
    assert_eq!(admin.bare("DELETE", &path).status, 204, "an admin deletes anyone's");
    assert_eq!(admin.get(&path).status, 404);

    let silent = Server::seeded();
    assert_eq!(silent.client().get("/api/v1/todos").status, 401, "strangers see nothing unless that is set");
}

#[test]
fn seed_001_its_users_move_in_with_their_ids_and_roles() {
    let server = Server::empty();
    let (boss, someone) = ("0c9ab3a0-54f8-4b5c-9d27-31bd1a3b8c55", "7e0f6a52-0e52-4d0c-8f0e-0d7a8b1c2d3e");
    let user = |id: &str, name: &str, role: &str| {
        json!({ "id": id, "username": name, "password": ROY, "name": format!("{name} Q."), "role": role }).to_string()
    };
    server.file("users.jsonl", &format!("{}\n{}\n", user(boss, "Boss", "ADMIN"), user(someone, "someone", "NORMAL")));
    server.shell(&command("From the tutorials", "users.jsonl"));
    let mut admin = server.client().program("boss", "roy");
    let me = admin.get("/api/v1/me").json();
    assert_eq!((&me["id"], &me["name"], &me["roles"]), (&json!(boss), &json!("Boss Q."), &json!(["admin"])));
    assert_eq!(admin.get("/api/v1/users").status, 200);
    let mut normal = server.client().program("someone", "roy");
    assert_eq!(normal.get("/api/v1/me").json()["roles"], json!(["normal"]));
    assert_eq!(normal.get("/api/v1/users").status, 403);
}
