//! Making, listing and revoking invitations.

use serde_json::{Value, json};

use super::{by_api, roles_of, server};
use crate::support::{Server, path_of};

#[test]
fn an_operator_makes_lists_and_revokes_invitations() {
    let server = Server::migrated();
    let none = server.cli(&["invite", "list", "--json"]);
    assert_eq!((none.code, none.stdout.as_str()), (0, "[]\n"));
    let made = server.cli(&["invite", "create"]);
    assert_eq!(made.stdout.lines().count(), 1, "the link alone: {}", made.stdout);
    assert!(made.stderr.starts_with("An invitation for one account, until "), "{}", made.stderr);
    let terms = ["--uses", "3", "--days", "30", "--role", "staff", "--role", "admin", "--email", "zoe@example.com"];
    let made = server.cli(&[&["invite", "create", "--json", "--note", " For Zoë "], &terms[..]].concat());
    let document: Value = serde_json::from_str(&made.stdout).unwrap_or_else(|_| panic!("{}", made.stderr));
    assert!(document["link"].as_str().unwrap().contains("/invite?token="));
    let invitation = &document["invitation"];
    let told = ["roles", "email", "uses", "used", "made_by"].map(|key| invitation[key].clone());
    assert_eq!(told, [json!(["admin", "staff"]), json!("zoe@example.com"), json!(3), json!(0), Value::Null]);
    let minutes = format!("SELECT {} FROM invitations ORDER BY id", server.minutes("created_at", "expires_at"));
    assert_eq!(server.sql(&minutes), ["10080", "43200"], "a week, and thirty days");

    let list: Value = serde_json::from_str(&server.cli(&["invite", "list", "--json"]).stdout).unwrap();
    assert_eq!(list[0], *invitation, "the latest first");
    let table = server.cli(&["invite", "list", "--wide"]).stdout;
    assert!(table.contains("0/3") && table.contains("admin,staff") && table.contains("operator"), "{table}");
    assert!(server.cli(&["invite", "list"]).stdout.lines().all(|line| line.chars().count() <= 80));

    let id = invitation["id"].as_str().unwrap();
    assert_eq!(server.cli(&["invite", "revoke", id]).code, 0);
    let again = server.cli(&["invite", "revoke", id]);
    assert!(again.code == 3 && again.stderr.contains("see `vestibule invite list`"), "{}", again.stderr);
    assert_eq!(server.sql("SELECT count(*) FROM one_time_links"), ["1"], "its link is gone too");
}

#[test]
fn terms_that_can_not_be_are_refused_with_what_to_use() {
    let server = Server::migrated();
    let long = "x".repeat(201);
    for (terms, words) in [
        (["--uses", "0"], "a number from 1 to 10000"),
        (["--uses", "many"], "a number from 1 to 10000"),
        (["--days", "366"], "a number from 1 to 365"),
        (["--role", "a b"], "A role has"),
        (["--email", "zoe"], "Enter an email address"),
        (["--note", "a\nb"], "one line of at most 200"),
        (["--note", &long], "one line of at most 200"),
    ] {
        let refused = server.cli(&[&["invite", "create"], &terms[..]].concat());
        assert!(refused.code == 2 && refused.stderr.contains(words), "{terms:?}: {}", refused.stderr);
    }
    assert_eq!(server.sql("SELECT count(*) FROM invitations"), ["0"]);
}

#[test]
fn an_admin_makes_lists_and_revokes_invitations_by_the_api() {
    let server = server("invite");
    let mut admin = server.client().program("admin", "password");
    let made = admin.call("POST", "/api/v1/invitations", &json!({ "roles": ["staff"], "uses": 2, "note": "Team" }));
    assert_eq!((made.status, made.header("cache-control")), (201, Some("no-store")), "{}", made.body);
    let link = made.json()["link"].as_str().unwrap().to_owned();
    assert!(link.starts_with(&format!("http://127.0.0.1:{}/invite?token=", server.port)), "{link}");
    assert_eq!(by_api(&server, "zoe", &path_of(&link)).status, 201);
    assert_eq!(roles_of(&server, "zoe"), ["staff"]);
    for _ in 0..2 {
        assert_eq!(admin.call("POST", "/api/v1/invitations", &json!({})).status, 201);
    }
    let first = admin.get("/api/v1/invitations?limit=2");
    let next = first.json()["next"].as_str().expect("one more").to_owned();
    assert!(first.header("link").is_some_and(|link| link.contains(&next)));
    let last = admin.get(&format!("/api/v1/invitations?limit=2&after={next}")).json();
    assert!(last["next"].is_null(), "{last}");
    let oldest = last["invitations"][0].clone();
    assert_eq!((&oldest["used"], &oldest["note"]), (&json!(1), &json!("Team")));
    assert_eq!(oldest["made_by"], admin.get("/api/v1/me").json()["id"]);
    assert!(!last.to_string().contains(link.split_once("token=").unwrap().1), "the link is told once");

    let path = format!("/api/v1/invitations/{}", oldest["id"].as_str().unwrap());
    assert_eq!((admin.bare("DELETE", &path).status, admin.bare("DELETE", &path).status), (204, 404));
    let refused = by_api(&server, "ben", &path_of(&link));
    assert!(refused.status == 422 && refused.json()["errors"]["invitation"].is_array(), "{}", refused.body);
    assert_eq!(server.sql("SELECT count(*) FROM users WHERE username = 'zoe'"), ["1"], "who came stays");
}

#[test]
fn a_body_that_is_off_is_named_field_by_field() {
    let server = server("closed");
    let mut admin = server.client().program("admin", "password");
    for (field, value) in [
        ("uses", json!(0)),
        ("uses", json!("2")),
        ("uses", json!(1.5)),
        ("days", json!(366)),
        ("days", json!(-1)),
        ("roles", json!("staff")),
        ("roles", json!(["a b"])),
        ("roles", json!([1])),
        ("email", json!("zoe")),
        ("note", json!("a\nb")),
        ("note", json!(5)),
        ("password", json!("x")),
    ] {
        let refused = admin.call("POST", "/api/v1/invitations", &json!({ (field): value }));
        assert!(
            refused.status == 422 && refused.json()["errors"][field].is_array(),
            "{field}: {value}: {}",
            refused.body
        );
    }
    let several = admin.call("POST", "/api/v1/invitations", &json!({ "uses": 0, "days": 0, "note": "a\nb" }));
    assert_eq!(several.json()["errors"].as_object().unwrap().len(), 3, "all at once");
    assert_eq!(server.sql("SELECT count(*) FROM invitations"), ["0"]);
    let link = path_of(admin.call("POST", "/api/v1/invitations", &json!({})).json()["link"].as_str().unwrap());
    let token = link.split_once("token=").unwrap().1;
    let by_an_admin = json!({ "username": "zoe", "password": "correct horse battery", "invitation": token });
    let refused = admin.call("POST", "/api/v1/users", &by_an_admin);
    assert!(refused.status == 422 && refused.body.contains("without an invitation"), "{}", refused.body);
    let token = json!({ "username": "zoe", "password": "correct horse battery", "invitation": "x" });
    let refused = server.client().call("POST", "/api/v1/users", &token);
    assert!(refused.status == 422 && refused.json()["errors"]["invitation"].is_array(), "{}", refused.body);
}
