//! Rights that are lost while a request is under way: with the last byte of its body held back, and after the guards
//! have let it pass. It is refused as the next request would be, and nothing is changed.

use serde_json::json;

use crate::support::{Client, Connection, GOOD_PASSWORD, HeldBack, Reply, Server};

const FORM: &str = "application/x-www-form-urlencoded";
const JSON: &str = "application/json";

/// Someone signed in at some kind of door, with a change that they are about to make.
struct Change {
    client: Client,
    method: &'static str,
    path: String,
    content_type: &'static str,
    body: String,
    /// Whether only admins may make it.
    for_admins: bool,
}

impl Change {
    fn hold_back(&self) -> HeldBack {
        self.client.hold_back(self.method, &self.path, self.content_type, &self.body)
    }

    fn send(&self) -> Reply {
        self.client.clone().send(self.method, &self.path, Some(self.content_type), &self.body)
    }
}

/// One change at each kind of door, all by the account `boss`, who is an admin.
fn changes(server: &Server) -> Vec<Change> {
    server.add_user_with("boss", &["--role", "admin"]);
    let boss = server.sql("SELECT id FROM users WHERE username = 'boss'").remove(0);
    let todo = server.sql("SELECT id FROM todos WHERE NOT done LIMIT 1").remove(0);
    let mut page = server.signed_in("boss", GOOD_PASSWORD);
    let csrf = page.csrf();
    let program = server.client().program("boss", GOOD_PASSWORD);
    let form = |path: String, fields: &str, for_admins| Change {
        client: page.clone(),
        method: "POST",
        path,
        content_type: FORM,
        body: format!("csrf={csrf}&{fields}"),
        for_admins,
    };
    let call = |method, path: String, body: serde_json::Value, for_admins| Change {
        client: program.clone(),
        method,
        path,
        content_type: JSON,
        body: body.to_string(),
        for_admins,
    };
    vec![
        form("/todos".to_owned(), "title=Rest", false),
        form(format!("/todos/{todo}"), "title=Mine&due=2030-01-01", true),
        form(format!("/todos/{todo}/delete"), "next=/todos", true),
        form(format!("/todos/{todo}/done"), "next=/todos", true),
        call("PUT", "/api/v1/me/data".to_owned(), json!([1]), false),
        call("PATCH", "/api/v1/me".to_owned(), json!({ "name": "The boss" }), false),
        call("POST", "/api/v1/todos".to_owned(), json!({ "title": "Rest" }), false),
        call("PATCH", format!("/api/v1/todos/{todo}"), json!({ "title": "Mine" }), true),
        call("PATCH", format!("/api/v1/users/{boss}"), json!({ "enabled": true }), true),
        call("PATCH", format!("/api/v1/users/{boss}"), json!({ "name": "The boss" }), true),
    ]
}

/// All that a change could have left, and nothing of what refusing it leaves.
fn state(connection: &mut Connection) -> Vec<String> {
    let queries = [
        "SELECT username || display_name || coalesce(CAST(disabled_at AS TEXT), '') FROM users ORDER BY id",
        "SELECT title || done FROM todos ORDER BY id",
        "SELECT user_id || data FROM user_data",
        "SELECT event FROM audit_events WHERE event LIKE 'todo.%' OR event LIKE 'user.%'",
    ];
    queries.iter().flat_map(|query| connection.sql(query)).collect()
}

/// Those that someone loses the right to: demoting takes what is for admins, and retiring keys what is done by token.
fn affected<'a>(changes: &'a [Change], way: &str) -> Vec<&'a Change> {
    let lost = |change: &&Change| {
        (change.for_admins || !way.contains("role")) && (change.content_type == JSON || !way.contains("key"))
    };
    changes.iter().filter(lost).collect()
}

/// Whether an answer is what the guards would say now.
fn is_refusal(reply: &Reply, change: &Change, way: &str) -> bool {
    let demoted = way.contains("role");
    match reply.status {
        // What is someone else's is none of theirs.
        403 | 404 => demoted && change.for_admins,
        303 => !demoted && reply.header("location").is_some_and(|place| place.starts_with("/login")),
        401 => !demoted && change.content_type == JSON,
        _ => false,
    }
}

#[test]
fn a_change_whose_last_byte_was_held_back_is_refused_after_each_way_of_losing_the_right() {
    let ways: [&[&str]; 6] = [
        &["user", "disable", "boss"],
        &["user", "role", "remove", "boss", "admin"],
        &["session", "end", "--user", "boss"],
        &["user", "set-password", "boss", "--password-stdin"],
        &["user", "delete", "boss", "--yes"],
        &["key", "retire", "KEY"],
    ];
    for way in ways {
        let server = Server::seeded();
        let changes = changes(&server);
        let way_name = way.join(" ");
        let held: Vec<(&Change, HeldBack)> =
            affected(&changes, &way_name).into_iter().map(|change| (change, change.hold_back())).collect();
        let key = server.sql("SELECT id FROM signing_keys").remove(0);
        let way: Vec<&str> = way.iter().map(|word| if *word == "KEY" { key.as_str() } else { word }).collect();
        assert_eq!(server.cli_with_stdin(&way, "another good password\n").code, 0, "{way_name}");
        server.let_a_second_pass();
        let before = state(&mut server.connection());
        for (change, held) in held {
            let reply = held.let_go();
            assert!(is_refusal(&reply, change, &way_name), "{way_name}, {} {}: {reply:?}", change.method, change.path);
        }
        assert_eq!(state(&mut server.connection()), before, "{way_name}");
    }
}

#[test]
fn a_change_that_the_guards_have_let_pass_is_refused_after_each_way_of_losing_the_right() {
    let boss = "(SELECT id FROM users WHERE username = 'boss')";
    let ways = [
        format!("UPDATE users SET disabled_at = '2026-01-01 00:00:00' WHERE id = {boss}"),
        format!("DELETE FROM user_roles WHERE user_id = {boss}"),
        format!("DELETE FROM sessions WHERE user_id = {boss}"),
        "UPDATE signing_keys SET retired_at = '2026-01-01 00:00:00'".to_owned(),
    ];
    for way in ways {
        let server = Server::seeded();
        let changes = changes(&server);
        let affected = affected(&changes, &way);
        let mut lock = server.connection();
        lock.lock();
        let (replies, before) = std::thread::scope(|scope| {
            // They wait for the lock, which is held until their sender has lost the right.
            let requests: Vec<_> = affected.iter().map(|change| scope.spawn(|| change.send())).collect();
            (0..20).for_each(|_| assert_eq!(server.client().get("/login").status, 200));
            lock.execute(&way);
            let before = state(&mut lock);
            lock.commit();
            (requests.into_iter().map(|request| request.join().unwrap()).collect::<Vec<_>>(), before)
        });
        for (change, reply) in affected.iter().zip(replies) {
            assert!(is_refusal(&reply, change, &way), "{way}, {} {}: {reply:?}", change.method, change.path);
        }
        assert_eq!(state(&mut lock), before, "{way}");
    }
}
