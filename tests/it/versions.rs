//! ETags, If-Match and If-None-Match: nobody overwrites what they have not seen.

use serde_json::{Value, json};

use crate::support::{Client, Reply, Server};

fn tag(reply: &Reply) -> String {
    let tag = reply.header("etag").unwrap_or_else(|| panic!("no ETag: {reply:?}")).to_owned();
    assert!(
        tag.len() > 10 && tag.starts_with('"') && tag.ends_with('"') && !tag[1..tag.len() - 1].contains('"'),
        "{tag}"
    );
    tag
}

/// What can be changed: its address, a change of it, and another.
struct Thing {
    client: Client,
    path: String,
    method: &'static str,
    changes: [Value; 2],
}

fn things(server: &Server) -> Vec<Thing> {
    let mut roy = server.client().program("roy", "roy");
    let admin = server.client().program("admin", "password");
    let todo = roy.call("POST", "/api/v1/todos", &json!({ "title": "One" }));
    assert_eq!(tag(&todo), tag(&roy.get(todo.header("location").unwrap())), "a new one has its ETag, too");
    let todo = todo.header("location").unwrap().to_owned();
    let id = roy.get("/api/v1/me").json()["id"].as_str().unwrap().to_owned();
    assert_eq!(roy.call("PUT", "/api/v1/me/data", &json!(0)).status, 200);
    let thing = |client: &Client, path: &str, method, changes| Thing {
        client: client.clone(),
        path: path.into(),
        method,
        changes,
    };
    vec![
        thing(&roy, &todo, "PUT", [json!({ "title": "Two" }), json!({ "title": "Three" })]),
        thing(&admin, &todo, "PATCH", [json!({ "description": "x" }), json!({ "description": "y" })]),
        thing(&roy, "/api/v1/me", "PATCH", [json!({ "name": "Roy B." }), json!({ "name": "Roy C." })]),
        thing(
            &admin,
            &format!("/api/v1/users/{id}"),
            "PATCH",
            [json!({ "enabled": true, "name": "R" }), json!({ "name": "S" })],
        ),
        thing(&roy, "/api/v1/me/data", "PUT", [json!({ "a": [1, 2.5] }), json!("text")]),
    ]
}

#[test]
fn what_was_read_already_is_304_and_what_was_changed_since_is_412() {
    let server = Server::seeded();
    for Thing { mut client, path, method, changes: [first, second] } in things(&server) {
        let before = client.get(&path);
        let seen = tag(&before);
        assert_eq!(tag(&client.get(&path)), seen, "{path}: the same as long as nothing changes");
        let weak = format!("W/{seen}");
        for known in [&seen, &weak, "*", &format!("\"x\", {seen}"), &format!("\"x\",W/{seen} ")] {
            for reading in ["GET", "HEAD"] {
                let unchanged = client.with("If-None-Match", known).bare(reading, &path);
                assert_eq!((unchanged.status, unchanged.body.as_str()), (304, ""), "{path}: {known}");
                assert_eq!((tag(&unchanged), unchanged.header("content-length")), (seen.clone(), None));
                assert!(unchanged.header("content-security-policy").is_some());
            }
        }
        for other in ["\"x\"", "W/\"x\"", "nonsense", "", &seen[1..seen.len() - 1]] {
            assert_eq!(client.with("If-None-Match", other).get(&path).status, 200, "{path}: {other}");
        }
        for (read, status) in [(seen.as_str(), 200), ("*", 200), ("\"x\"", 412)] {
            assert_eq!(client.with("If-Match", read).get(&path).status, status, "{path}: {read}");
        }

        let changed = client.with("If-Match", &seen).call(method, &path, &first);
        assert_eq!(changed.status, 200, "{path}: {}", changed.body);
        let now = tag(&changed);
        assert_ne!(now, seen, "{path}");
        let read = client.get(&path);
        assert_eq!((tag(&read), read.body), (now.clone(), changed.body), "{path}: a change answers what a read would");
        for stale in [&seen, "\"x\"", &format!("W/{now}"), "nonsense", "", &now[1..now.len() - 1]] {
            let refused = client.with("If-Match", stale).call(method, &path, &second);
            assert_eq!(
                (refused.status, refused.header("content-type")),
                (412, Some("application/problem+json")),
                "{path}: {stale}"
            );
            assert!(refused.json()["detail"].as_str().unwrap().contains("Read it again"));
        }
        assert_eq!(client.with("If-None-Match", "*").call(method, &path, &second).status, 412, "{path}");
        assert_eq!(tag(&client.get(&path)), now, "{path}: nothing of that was done");
        let several = format!("\"x\", {now}");
        for fine in [&several, "*"] {
            assert_eq!(client.with("If-Match", fine).call(method, &path, &second).status, 200, "{path}: {fine}");
        }
        assert_eq!(
            client.with("If-None-Match", &now).call(method, &path, &first).status,
            200,
            "{path}: it is not that"
        );
        assert_eq!(client.call(method, &path, &second).status, 200, "{path}: without a condition as ever");
    }
}

#[test]
fn of_two_changes_at_once_of_one_version_the_second_is_refused() {
    let server = Server::seeded();
    for Thing { mut client, path, method, changes } in things(&server) {
        let seen = tag(&client.get(&path));
        let answers = std::thread::scope(|scope| {
            let change = |number: usize| {
                let (mut client, change) = (client.with("If-Match", &seen), &changes[number % 2]);
                let (path, method) = (&path, method);
                scope.spawn(move || client.call(method, path, change).status)
            };
            let changing: Vec<_> = (0..8).map(change).collect();
            changing.into_iter().map(|change| change.join().unwrap()).collect::<Vec<_>>()
        });
        assert_eq!(answers.iter().filter(|status| **status == 200).count(), 1, "{path}: {answers:?}");
        assert_eq!(answers.iter().filter(|status| **status == 412).count(), 7, "{path}: {answers:?}");
    }
}

#[test]
fn only_what_was_seen_is_removed_and_only_what_is_not_there_is_made() {
    let server = Server::seeded();
    let mut things = things(&server);
    let account = things.remove(3);
    // The account takes all else with it.
    for Thing { mut client, path, method, changes } in [things.remove(0), things.pop().unwrap(), account] {
        let seen = tag(&client.get(&path));
        assert_eq!(client.call(method, &path, &changes[0]).status, 200);
        let now = tag(&client.get(&path));
        assert_eq!(client.with("If-Match", &seen).bare("DELETE", &path).status, 412, "{path}");
        assert_eq!(client.get(&path).status, 200, "{path}: it is still there");
        assert_eq!(client.with("If-Match", &now).bare("DELETE", &path).status, 204, "{path}");
        assert_eq!(client.get(&path).status, 404, "{path}");
        if path == "/api/v1/me/data" {
            assert_eq!(client.with("If-Match", "*").call("PUT", &path, &json!(1)).status, 412, "there is none");
            assert_eq!(client.with("If-Match", &now).bare("DELETE", &path).status, 412, "there is none");
            assert_eq!(client.with("If-None-Match", "*").call("PUT", &path, &json!(1)).status, 200);
            assert_eq!(client.with("If-None-Match", "*").call("PUT", &path, &json!(2)).status, 412, "there is one");
            assert_eq!(client.get(&path).json(), json!(1));
        }
    }
}

#[test]
fn an_account_is_another_version_with_another_role_and_the_same_with_another_hash() {
    let server = Server::seeded();
    let mut roy = server.client().program("roy", "roy");
    let seen = tag(&roy.get("/api/v1/me"));
    assert_eq!(server.client().program("roy", "roy").get("/api/v1/me").header("etag"), Some(seen.as_str()));
    server.execute("UPDATE users SET password_hash = password_hash || ' ' WHERE username = 'roy'");
    server.let_a_second_pass();
    assert_eq!(tag(&roy.get("/api/v1/me")), seen, "what nobody is told makes no version");
    let mut admin = server.client().program("admin", "password");
    let id = roy.get("/api/v1/me").json()["id"].as_str().unwrap().to_owned();
    assert_eq!(tag(&admin.get(&format!("/api/v1/users/{id}"))), seen, "one account, one version");
    assert_eq!(admin.bare("PUT", &format!("/api/v1/users/{id}/roles/staff")).status, 200);
    assert_ne!(tag(&roy.get("/api/v1/me")), seen);
}

#[test]
fn numbers_are_kept_as_they_were_sent_and_their_version_holds() {
    let server = Server::seeded();
    let mut roy = server.client().program("roy", "roy");
    for number in [106.97291691523361_f64, 9.158478740507358e-10] {
        let put = roy.call("PUT", "/api/v1/me/data", &json!(number));
        let got = roy.get("/api/v1/me/data");
        assert_eq!((put.status, got.json()), (200, json!(number)));
        assert_eq!(put.header("etag"), got.header("etag"), "{number}");
    }
}
