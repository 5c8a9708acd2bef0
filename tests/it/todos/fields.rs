//! What a todo may say.

use serde_json::json;

use super::{TODOS, add, named, server};

#[test]
fn bad_fields_are_named_all_at_once() {
    let server = server();
    let mut roy = server.client().program("roy", "roy");
    let path = add(&mut roy, "Rest", "2030-01-31");
    let bad = json!({
        "title": "a\nb", "description": "x".repeat(4001), "due": "2023-02-29", "done": true, "user": "admin"
    });
    for (method, path) in [("POST", TODOS), ("PUT", path.as_str()), ("PATCH", path.as_str())] {
        let refused = roy.call(method, path, &bad);
        assert_eq!(refused.status, 422, "{method}");
        let unknown: &[&str] = if method == "POST" { &["done", "user"] } else { &[] };
        let mut expected = [&["description", "due", "title"], unknown].concat();
        expected.sort_unstable();
        assert_eq!(named(&refused.json()), expected, "{method}");
    }
    for (field, value) in [
        ("title", json!("")),
        ("title", json!("  ")),
        ("title", json!(7)),
        ("title", json!("ü".repeat(201))),
        ("title", json!("\u{0}")),
        ("description", json!(["x"])),
        ("description", json!("\u{1b}[2J")),
        ("due", json!("tomorrow")),
        ("due", json!("")),
        ("due", json!("1899-12-31")),
        ("due", json!(20300131)),
    ] {
        let mut body = json!({ "title": "Fine" });
        body[field] = value.clone();
        let refused = roy.call("POST", TODOS, &body);
        assert_eq!((refused.status, named(&refused.json())), (422, vec![&field.to_owned()]), "{field}: {value}");
    }
    assert_eq!(roy.call("POST", TODOS, &json!({})).json()["errors"]["title"][0], "This field is missing.");
    let twice = roy.send("POST", TODOS, Some("application/json"), r#"{"title":"a","title":"b"}"#);
    assert_eq!((twice.status, named(&twice.json())), (422, vec![&"title".to_owned()]));
    assert_eq!(server.sql("SELECT title FROM todos"), ["Rest"]);
}

#[test]
fn a_body_may_have_64_kib_and_the_longest_todo_fits() {
    let server = server();
    let mut roy = server.client().program("roy", "roy");
    let longest = json!({ "title": "😀".repeat(200), "description": "😀".repeat(4000) });
    let made = roy.call("POST", TODOS, &longest);
    assert_eq!((made.status, &made.json()["description"]), (201, &longest["description"]));
    let escaped = format!(r#"{{"title":"x","description":"{}"}}"#, r"\ud83d\ude00".repeat(4000));
    assert_eq!(roy.send("POST", TODOS, Some("application/json"), &escaped).status, 201);
    let padded = |size: usize| format!(r#"{{"title":"x"{}}}"#, " ".repeat(size - 13));
    assert_eq!(roy.send("POST", TODOS, Some("application/json"), &padded(64 * 1024)).status, 201);
    assert_eq!(roy.send("POST", TODOS, Some("application/json"), &padded(64 * 1024 + 1)).status, 413);
    assert_eq!(roy.send("POST", TODOS, Some("application/x-www-form-urlencoded"), "title=x").status, 415);
    assert_eq!(roy.send("POST", TODOS, Some("application/json"), "[]").status, 400);
}
