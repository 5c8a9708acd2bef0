//! `vestibule todo`, and the sample todos.

use chrono::{Days, Utc};
use serde_json::Value;

use crate::support::Server;

fn list(server: &Server, arguments: &[&str]) -> Vec<Value> {
    let listed = server.cli(&[&["todo", "list", "--json"], arguments].concat());
    assert_eq!((listed.code, listed.stderr.as_str()), (0, ""));
    serde_json::from_str(&listed.stdout).unwrap()
}

#[test]
fn an_operator_adds_and_lists_todos() {
    let server = Server::prepare();
    server.add_user_with("anna", &["--email", "anna@example.com"]);
    server.add_user("ben");
    let added =
        server.cli(&["todo", "add", "Anna@Example.com", "Paint", "--description", "Blue.", "--due", "31-01-2030"]);
    assert_eq!((added.code, added.stderr.trim()), (0, "Added a todo for anna, due 2030-01-31:"));
    let id = added.stdout.trim();
    let today = Utc::now().date_naive();
    assert_eq!(server.cli(&["todo", "add", "ben", "Rest"]).code, 0);
    let yesterday = (today - Days::new(1)).to_string();
    assert_eq!(server.cli(&["todo", "add", "ben", "Wake up", "--due", &yesterday]).code, 0);

    let all = list(&server, &[]);
    let titles: Vec<&str> = all.iter().map(|todo| todo["title"].as_str().unwrap()).collect();
    assert_eq!(titles, ["Wake up", "Rest", "Paint"], "by day");
    assert_eq!(all[1]["due"], today.to_string());
    let annas = list(&server, &["anna"]);
    assert_eq!((annas.len(), annas[0]["id"].as_str()), (1, Some(id)));
    assert_eq!((&annas[0]["description"], &annas[0]["user"]["username"]), (&"Blue.".into(), &"anna".into()));

    let table = server.cli(&["todo", "list", "--wide"]).stdout;
    let lines: Vec<Vec<&str>> = table.lines().map(|line| line.split_whitespace().collect()).collect();
    assert_eq!(lines[0], ["DUE", "STATE", "USER", "TITLE", "ID"]);
    assert_eq!(lines[1][..5], [yesterday.as_str(), "overdue", "ben", "Wake", "up"]);
    assert_eq!(lines[3], ["2030-01-31", "open", "anna", "Paint", id]);
    let rows = server.sql("SELECT actor || ' ' || event FROM audit_events WHERE event LIKE 'todo%'");
    assert_eq!(rows, ["operator todo.created"; 3]);
}

#[test]
fn what_can_not_be_a_todo_is_wrong_usage_and_nobody_is_not_found() {
    let server = Server::prepare();
    server.add_user("anna");
    for arguments in [
        &["todo", "add", "anna"][..],
        &["todo", "add", "anna", " "],
        &["todo", "add", "anna", "a\nb"],
        &["todo", "add", "anna", "x", "--due", "2023-02-29"],
        &["todo", "add", "anna", "x", "--description", "\u{1b}"],
    ] {
        let refused = server.cli(arguments);
        assert_eq!((refused.code, refused.stdout.as_str()), (2, ""), "{arguments:?}");
    }
    for arguments in [&["todo", "add", "ghost", "x"][..], &["todo", "list", "ghost"]] {
        let refused = server.cli(arguments);
        assert_eq!((refused.code, refused.stderr.trim()), (3, "Error: No user named \"ghost\"."), "{arguments:?}");
    }
    assert_eq!(list(&server, &[]), [Value::Null; 0]);
}

#[test]
fn a_title_can_not_steer_the_terminal() {
    let server = Server::prepare();
    server.add_user("anna");
    let title = "a\u{202E}b";
    assert_eq!(server.cli(&["todo", "add", "anna", title]).code, 0);
    let listed = server.cli(&["todo", "list"]).stdout;
    assert!(listed.contains("a\u{FFFD}b") && !listed.contains('\u{202E}'), "{listed}");
}

#[test]
fn the_sample_accounts_have_something_to_do() {
    let server = Server::prepare().and_seed();
    let todos = list(&server, &[]);
    let today = Utc::now().date_naive().to_string();
    let due = |todo: &Value| todo["due"].as_str().unwrap().to_owned();
    assert!(todos.iter().any(|todo| todo["done"] == true));
    assert_eq!(todos.iter().filter(|todo| todo["done"] == false && due(todo) < today).count(), 1, "one is overdue");
    for name in ["admin", "python", "jumpiness", "roy"] {
        assert!(!list(&server, &[name]).is_empty(), "{name}");
    }
    let again = server.cli(&["seed", "--force"]);
    assert_eq!((again.code, list(&server, &[]).len()), (0, todos.len()), "not twice");
}
