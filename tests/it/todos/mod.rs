//! Todos by JSON: making, changing and removing them, and who may.

mod fields;
mod lists;

use chrono::{Days, Utc};
use serde_json::{Value, json};

use crate::support::{Client, Server};

const TODOS: &str = "/api/v1/todos";

/// A server with accounts, and nothing to do.
fn server() -> Server {
    let server = Server::seeded();
    server.execute("DELETE FROM todos");
    server
}

/// Adds a todo, and answers its path.
fn add(client: &mut Client, title: &str, due: &str) -> String {
    let made = client.call("POST", TODOS, &json!({ "title": title, "due": due }));
    assert_eq!(made.status, 201, "{}", made.body);
    made.header("location").expect("where it is").to_owned()
}

fn titles(list: &Value) -> Vec<&str> {
    list["todos"].as_array().unwrap().iter().map(|todo| todo["title"].as_str().unwrap()).collect()
}

/// The names of the fields that a refusal is about.
fn named(problem: &Value) -> Vec<&String> {
    problem["errors"].as_object().unwrap().keys().collect()
}

#[test]
fn a_todo_is_made_read_changed_and_removed() {
    let server = server();
    let mut roy = server.client().program("roy", "roy");
    let made = roy.call("POST", TODOS, &json!({ "title": " Water <b>the</b> plants ", "due": "31-01-2030" }));
    assert_eq!(made.status, 201, "{}", made.body);
    let path = made.header("location").unwrap().to_owned();
    let todo = made.json();
    assert_eq!(path, format!("{TODOS}/{}", todo["id"].as_str().unwrap()));
    assert_eq!(todo.as_object().unwrap().len(), 7, "{todo}");
    assert_eq!(
        (&todo["title"], &todo["description"], &todo["done"], &todo["due"], &todo["user"]["username"]),
        (&json!("Water <b>the</b> plants"), &json!(""), &json!(false), &json!("2030-01-31"), &json!("roy"))
    );
    assert_eq!(roy.get(&path).json(), todo);

    let changed = roy.call("PATCH", &path, &json!({ "description": "The fern,\r\ntoo." })).json();
    assert_eq!(
        (&changed["title"], &changed["description"], &changed["due"]),
        (&todo["title"], &json!("The fern,\ntoo."), &todo["due"]),
        "what was not sent stays"
    );
    let replaced = roy.call("PUT", &path, &json!({ "title": "Rest" })).json();
    assert_eq!(
        (&replaced["title"], &replaced["description"], &replaced["due"]),
        (&json!("Rest"), &json!(""), &json!("2030-01-31")),
        "the description goes, the day stays"
    );
    assert_eq!(roy.get(&path).json(), replaced);
    assert_eq!(roy.bare("DELETE", &path).status, 204);
    assert_eq!([roy.get(&path).status, roy.bare("DELETE", &path).status], [404, 404]);
}

#[test]
fn someone_elses_todo_is_as_good_as_none_and_an_admin_has_them_all() {
    let server = server();
    let [mut roy, mut python] = [("roy", "roy"), ("python", "python")].map(|(n, p)| server.client().program(n, p));
    let mut admin = server.client().program("admin", "password");
    let path = add(&mut roy, "Secret", "2030-01-31");
    let nowhere = format!("{TODOS}/01a20115-2068-76dd-add3-3681af9ce5e7");
    let title = json!({ "title": "Mine" });
    for (method, body) in [("GET", None), ("PUT", Some(&title)), ("PATCH", Some(&title)), ("DELETE", None)] {
        let [theirs, none] = [&path, &nowhere].map(|path| match body {
            Some(body) => python.call(method, path, body),
            None => python.bare(method, path),
        });
        assert_eq!((theirs.status, &theirs.body), (404, &none.body), "{method}: nobody learns that it is there");
    }
    assert_eq!(titles(&python.get(TODOS).json()), [""; 0]);
    assert_eq!(roy.get(&path).json()["title"], "Secret", "nothing was done");

    assert_eq!(admin.get(&path).json()["user"]["username"], "roy");
    assert_eq!(titles(&admin.get(TODOS).json()), ["Secret"]);
    let changed = admin.call("PATCH", &path, &json!({ "title": "Known" })).json();
    assert_eq!((&changed["title"], &changed["user"]["username"]), (&json!("Known"), &json!("roy")), "still roy's");
    assert_eq!(admin.bare("DELETE", &path).status, 204);
}

#[test]
fn only_admins_say_what_is_done() {
    let server = server();
    let (mut roy, mut admin) = (server.client().program("roy", "roy"), server.client().program("admin", "password"));
    let path = add(&mut roy, "Rest", "2030-01-31");
    let done = format!("{path}/done");
    for method in ["PUT", "DELETE"] {
        let refused = roy.bare(method, &done);
        assert_eq!((refused.status, refused.json()["detail"].as_str()), (403, Some("Admins only!")), "{method}");
        assert_eq!(server.client().bare(method, &done).status, 401, "{method}");
        assert_eq!(admin.bare(method, &format!("{TODOS}/x/done")).status, 404, "{method}");
    }
    assert_eq!(roy.get(&path).json()["done"], false);
    for _ in 0..2 {
        let marked = admin.bare("PUT", &done);
        assert_eq!((marked.status, &marked.json()["done"]), (200, &json!(true)));
    }
    assert_eq!(roy.get(&path).json()["done"], true);
    assert_eq!(roy.call("PATCH", &path, &json!({ "done": false })).status, 422, "nor by another door");
    for _ in 0..2 {
        assert_eq!(admin.bare("DELETE", &done).status, 204);
    }
    assert_eq!(roy.get(&path).json()["done"], false);
}

#[test]
fn every_change_is_in_the_audit_by_its_id_and_never_by_what_it_says() {
    let server = server();
    let (mut roy, mut admin) = (server.client().program("roy", "roy"), server.client().program("admin", "password"));
    let path = add(&mut roy, "Hidden treasure", "2030-01-31");
    roy.call("PATCH", &path, &json!({ "description": "Under the palm" }));
    roy.call("PATCH", &path, &json!({ "description": "Under the palm" }));
    admin.bare("PUT", &format!("{path}/done"));
    admin.bare("PUT", &format!("{path}/done"));
    admin.bare("DELETE", &format!("{path}/done"));
    admin.bare("DELETE", &path);
    let id = path.rsplit('/').next().unwrap();
    let rows = server.sql(&format!(
        "SELECT a.event || ' by ' || actor.username || ' to ' || target.username FROM audit_events a \
         JOIN users actor ON actor.id = a.actor JOIN users target ON target.id = a.target \
         WHERE a.detail = '{id}' ORDER BY a.id"
    ));
    assert_eq!(
        rows,
        [
            "todo.created by roy to roy",
            "todo.changed by roy to roy",
            "todo.done by admin to roy",
            "todo.undone by admin to roy",
            "todo.deleted by admin to roy"
        ],
        "what changed nothing is no change"
    );
    let all = server.audit().join("\n") + &server.stderr();
    assert!(all.contains(id) && !all.contains("treasure") && !all.contains("palm"), "{all}");
}

#[test]
fn todos_survive_kill_9_and_go_with_their_owner() {
    let mut server = server();
    let mut roy = server.client().program("roy", "roy");
    add(&mut roy, "Stay", &(Utc::now().date_naive() + Days::new(3)).to_string());
    server.kill();
    server.start(&["serve"]);
    assert_eq!(titles(&server.client().program("roy", "roy").get(TODOS).json()), ["Stay"]);
    assert_eq!(server.cli(&["user", "delete", "roy", "--yes"]).code, 0);
    assert_eq!(server.sql("SELECT count(*) FROM todos"), ["0"]);
}
