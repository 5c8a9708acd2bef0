//! How much of what was sent comes back in an answer: at most 1 KiB, so that nobody can be made to fetch what someone
//! else wrote, and a small request causes no large answer.

use serde_json::{Map, Value, json};

use crate::support::{Reply, Server};

const FORM: &str = "application/x-www-form-urlencoded";

/// The letter of which the requests are made. No answer has it by itself.
const SENT: char = 'Ж';

/// Fails when more than 1 KiB of what was sent is in the answer, however it is written there, or the answer is large.
#[track_caller]
fn is_brief(reply: &Reply, what: &str) {
    let whole = format!("{:?}{}", reply.headers, reply.body);
    let echoed: usize = [SENT.to_string(), "%D0%96".into(), "%d0%96".into(), "\\u0416".into(), "&#".into()]
        .iter()
        .map(|spelling| whole.matches(spelling.as_str()).count())
        .sum();
    assert!(echoed * SENT.len_utf8() <= 1024, "{what}: {echoed} letters: {whole}");
    assert!(whole.len() < 12 * 1024, "{what}: {} bytes", whole.len());
}

/// A long name, and many short ones.
fn bad_names() -> [Vec<String>; 2] {
    let long = vec![SENT.to_string().repeat(2_500)];
    let many = (0..800).map(|number| format!("{SENT}{number}")).collect();
    [long, many]
}

#[test]
fn bad_fields_are_named_up_to_a_kibibyte() {
    let server = Server::seeded();
    let mut roy = server.client().program("roy", "roy");
    for names in bad_names() {
        let form = names.iter().map(|name| format!("{name}=1&")).collect::<String>();
        let object: Map<String, Value> = names.iter().map(|name| (name.clone(), json!(1))).collect();
        for (path, status) in [("/login", 422), ("/api/v1/tokens", 422), ("/api/v1/tokens/refresh", 422)] {
            for mut client in [server.client().browsing(), server.client().json()] {
                let reply = client.send("POST", path, Some(FORM), &form);
                let json_login = path == "/login" && reply.header("content-type") == Some("application/json");
                assert_eq!(reply.status, if json_login { 400 } else { status }, "{path}: {reply:?}");
                assert!(reply.body.contains(SENT), "{path} names some: {}", reply.body);
                is_brief(&reply, path);
                is_brief(&client.call("POST", path, &json!(object)), path);
            }
        }
        for (method, path) in [("PATCH", "/api/v1/me"), ("PUT", "/api/v1/me/password"), ("POST", "/api/v1/todos")] {
            let reply = roy.call(method, path, &json!(object));
            assert_eq!(reply.status, 422, "{path}: {reply:?}");
            is_brief(&reply, path);
        }
    }
    let many = (0..800).map(|number| format!("x{number}=1&")).collect::<String>();
    let refused = server.client().json().send("POST", "/api/v1/tokens", Some(FORM), &many).json();
    let named = refused["errors"].as_object().unwrap();
    assert_eq!((named.len(), named.contains_key("login"), named.contains_key("password")), (16, true, true));
    assert_eq!(refused["detail"], "These are the first 16 of 802 fields that can't be used.");
}

#[test]
fn names_and_paths_that_nobody_has_do_not_come_back() {
    let server = Server::seeded();
    let long = SENT.to_string().repeat(1_200);
    let quoted: String = url::form_urlencoded::byte_serialize(long.as_bytes()).collect();
    let mut browser = server.client().browsing();
    for (username, password) in [(long.as_str(), "wrong"), (&long, "")] {
        let reply =
            browser.post("/login", &[("username", username), ("password", password), ("next", &format!("/{long}"))]);
        is_brief(&reply, "POST /login");
        is_brief(&browser.get("/login"), "GET /login");
    }
    for path in [
        format!("/login?next=/{quoted}"),
        format!("/{quoted}"),
        format!("/todos?after={quoted}"),
        format!("/todos/{quoted}"),
    ] {
        is_brief(&server.client().browsing().get(&path), &path);
        is_brief(&server.client().json().get(&path), &path);
        is_brief(&server.signed_in("roy", "roy").get(&path), &path);
    }
    let mut admin = server.client().program("admin", "password");
    for query in ["query", "role", "after", "limit", "sort", "order", "done", quoted.as_str()] {
        for path in ["/api/v1/users", "/api/v1/todos"] {
            is_brief(&admin.get(&format!("{path}?{query}={quoted}")), query);
        }
    }
}
