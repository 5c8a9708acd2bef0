//! Everything stored about someone, as one file.

use serde_json::json;

use super::let_logins_age;
use crate::support::Server;

#[test]
fn the_file_holds_all_that_is_ones_own_and_nothing_else() {
    let server = Server::seeded();
    server.execute("DELETE FROM todos");
    let mut roy = server.client().program("roy", "roy");
    roy.call("PUT", "/api/v1/me/data", &json!({ "colour": "blue" }));
    for number in 0..501 {
        server.execute(&format!(
            "INSERT INTO todos SELECT 'todo-{number:04}', id, 'Roy {number}', '', FALSE, '2030-01-01', created_at, created_at \
             FROM users WHERE username = 'roy'"
        ));
    }
    server.client().program("python", "python").call("POST", "/api/v1/todos", &json!({ "title": "Python's own" }));
    let mut browser = server.signed_in("roy", "roy");
    let by_page = browser.get("/account/export");
    let by_token = roy.get("/api/v1/me/export");
    for file in [&by_page, &by_token] {
        assert_eq!(file.status, 200, "{}", file.body);
        assert_eq!(file.header("content-type"), Some("application/json"));
        assert_eq!(file.header("cache-control"), Some("no-store"));
        let disposition = file.header("content-disposition").unwrap();
        assert!(disposition.starts_with("attachment; filename=\"vestibule-roy-20"), "{disposition}");
        let document = file.json();
        assert_eq!(document["account"]["username"], "roy");
        assert_eq!(document["sessions"].as_array().unwrap().len(), 2);
        assert_eq!(document["sessions"].as_array().unwrap().iter().filter(|one| one["current"] == true).count(), 1);
        let devices = document["devices"].as_array().unwrap();
        let mut kinds: Vec<_> = devices.iter().map(|device| device["kind"].as_str().unwrap()).collect();
        kinds.sort_unstable();
        assert_eq!(kinds, ["browser", "program"]);
        for at in devices.iter().flat_map(|device| [&device["known_since"], &device["known_until"]]) {
            assert!(at.as_str().unwrap().ends_with('Z'), "{at}");
        }
        assert_eq!(devices[0].as_object().unwrap().len(), 3, "no secret, and no id");
        assert_eq!(document["todos"].as_array().unwrap().len(), 501, "more than are read at a time");
        assert_eq!(document["data"], json!({ "colour": "blue" }));
        let activity = document["activity"].as_array().unwrap();
        assert!(activity.iter().any(|event| event["event"] == "user.data_changed") && activity.len() >= 4);
        assert_eq!(document["activity_is_complete"], true);
        let secrets = server.sql("SELECT password_hash FROM users UNION SELECT token_hash FROM sessions");
        for stranger in secrets.iter().map(String::as_str).chain(["python", "Python"]) {
            assert!(!file.body.contains(stranger), "{stranger}");
        }
    }
    let admin = server.admin().get("/account/export").json();
    assert_eq!(admin["todos"], json!([]), "an admin takes along their own todos only");
}

#[test]
fn the_page_asks_for_the_password_again_when_the_login_is_old() {
    let server = Server::seeded();
    let mut roy = server.signed_in("roy", "roy");
    let_logins_age(&server);
    assert_eq!(roy.get("/account/export").leads_to(), (303, "/confirm?next=%2Faccount%2Fexport"));
}

#[test]
fn of_very_much_activity_the_latest_part_is_in_it() {
    let server = Server::seeded();
    server.execute(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10001) \
         INSERT INTO audit_events (id, at, event, target, request_id) \
         SELECT '0' || (100000000 + i), '2026-01-01 00:00:00', 'todo.created', users.id, '-' FROM n, users \
         WHERE username = 'roy'",
    );
    let document = server.client().program("roy", "roy").get("/api/v1/me/export").json();
    assert_eq!(document["activity"].as_array().unwrap().len(), 10_000);
    assert_eq!(document["activity_is_complete"], false);
    assert_eq!(document["activity"][0]["event"], "login.succeeded");
}
