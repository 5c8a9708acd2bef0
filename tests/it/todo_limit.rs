//! The open todos of an account are limited; past the limit, none can be added by any way in.

use serde_json::json;

use crate::support::{Client, Server};

const TOO_MANY: &str = "There are 3 open todos already, which is the most that an account may have.";

/// A server where three are enough, and roy as someone who has them, in a browser and in a program.
fn full() -> (Server, Client, Client) {
    let server = Server::prepare().with("VESTIBULE_OPEN_TODOS_PER_ACCOUNT", "3").and_seed().and_start();
    server.execute("DELETE FROM todos");
    let (mut browser, mut program) = (server.signed_in("roy", "roy"), server.client().program("roy", "roy"));
    assert_eq!(browser.act("/todos", &[("title", "One")]).leads_to(), (303, "/todos"));
    assert_eq!(program.call("POST", "/api/v1/todos", &json!({ "title": "Two" })).status, 201);
    assert_eq!(server.cli(&["todo", "add", "roy", "Three"]).code, 0);
    (server, browser, program)
}

#[test]
fn past_the_most_every_door_says_so_and_keeps_what_was_typed() {
    let (server, mut browser, mut program) = full();
    let page = browser.act("/todos", &[("title", "Four"), ("description", "and more"), ("due", "2030-01-31")]);
    assert_eq!(page.status, 409);
    assert!(page.says(TOO_MANY) && page.says("role=\"alert\""), "{}", page.body);
    assert!(page.says("value=\"Four\"") && page.says("and more") && page.says("2030-01-31"), "{}", page.body);
    let problem = program.call("POST", "/api/v1/todos", &json!({ "title": "Four" }));
    assert_eq!((problem.status, problem.header("content-type")), (409, Some("application/problem+json")));
    assert!(problem.json()["detail"].as_str().unwrap().starts_with(TOO_MANY), "{}", problem.body);
    let added = server.cli(&["todo", "add", "roy", "Four"]);
    assert_eq!((added.code, added.stdout.as_str()), (1, ""));
    assert!(added.stderr.contains(TOO_MANY), "{}", added.stderr);
    assert_eq!(server.sql("SELECT title FROM todos ORDER BY id"), ["One", "Two", "Three"]);
    assert_eq!(server.cli(&["todo", "add", "python", "One"]).code, 0, "everyone for themselves");
}

#[test]
fn what_is_done_or_deleted_makes_room() {
    let (server, mut browser, mut program) = full();
    let add = |program: &mut Client| program.call("POST", "/api/v1/todos", &json!({ "title": "More" })).status;
    let ids = server.sql("SELECT id FROM todos ORDER BY id");
    let edited = program.call("PATCH", &format!("/api/v1/todos/{}", ids[0]), &json!({ "title": "Uno" }));
    assert_eq!(edited.status, 200, "those that are there can be changed");
    assert_eq!(browser.act(&format!("/todos/{}/delete", ids[1]), &[]).status, 303);
    assert_eq!((add(&mut program), add(&mut program)), (201, 409));
    let mut admin = server.client().program("admin", "password");
    assert_eq!(admin.bare("PUT", &format!("/api/v1/todos/{}/done", ids[2])).status, 200);
    assert_eq!((add(&mut program), add(&mut program)), (201, 409));
}

#[test]
fn twenty_at_once_get_no_more_than_the_most() {
    let server = Server::prepare().with("VESTIBULE_OPEN_TODOS_PER_ACCOUNT", "5").and_seed().and_start();
    server.execute("DELETE FROM todos");
    let roy = server.client().program("roy", "roy");
    std::thread::scope(|scope| {
        for _ in 0..20 {
            let mut roy = roy.clone();
            scope.spawn(move || roy.call("POST", "/api/v1/todos", &json!({ "title": "x" })));
        }
    });
    assert_eq!(server.sql("SELECT count(*) FROM todos"), ["5"]);
}

#[test]
fn a_limit_of_one_is_said_in_the_singular() {
    let server = Server::prepare().with("VESTIBULE_OPEN_TODOS_PER_ACCOUNT", "1").and_seed().and_start();
    server.execute("DELETE FROM todos");
    assert_eq!(server.cli(&["todo", "add", "roy", "One"]).code, 0);
    let refused = server.cli(&["todo", "add", "roy", "Two"]).stderr;
    let words = "There is 1 open todo already, which is the most that an account may have. Delete it, or have it marked as done.";
    assert!(refused.contains(words), "{refused}");
}
