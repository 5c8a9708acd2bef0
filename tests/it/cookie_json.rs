//! The cookie session as JSON, from pages of other origins and from odd clients.

use serde_json::json;

use crate::support::Server;

const APP: &str = "http://app.localhost:3000";

fn roy() -> serde_json::Value {
    json!({ "username": "roy", "password": "roy" })
}

#[test]
fn a_configured_origin_may_log_in_and_out_and_no_other() {
    let server = Server::prepare().with("VESTIBULE_ALLOWED_ORIGINS", &format!("[\"{APP}\"]")).and_seed().and_start();
    let asked =
        server.client().with("Origin", APP).with("Access-Control-Request-Method", "POST").bare("OPTIONS", "/login");
    assert_eq!(asked.status, 204);
    assert_eq!(asked.header("access-control-allow-origin"), Some(APP));
    assert_eq!(asked.header("access-control-allow-credentials"), Some("true"));
    assert!(asked.header("access-control-allow-headers").unwrap().contains("Content-Type"));

    let mut app =
        server.client().json().with("Origin", APP).with("Sec-Fetch-Site", "same-site").with("Sec-Fetch-Mode", "cors");
    let login = app.call("POST", "/login", &roy());
    assert_eq!((login.status, login.header("access-control-allow-origin")), (200, Some(APP)));
    assert!(login.header("vary").unwrap().contains("Origin"));
    assert_eq!(app.get("/").json()["username"], "roy");
    assert_eq!(app.get("/logout").json()["message"], "You successfully logged out");
    assert_eq!(app.get("/").status, 401);
    let wrong = app.call("POST", "/login", &json!({ "username": "roy", "password": "x" }));
    assert_eq!((wrong.status, wrong.header("access-control-allow-origin")), (401, Some(APP)), "errors can be read too");

    for origin in
        ["http://evil.localhost:3000", "null", "http://app.localhost:3000.evil.example", "http://app.localhost"]
    {
        let mut other = server.client().json().with("Origin", origin).with("Sec-Fetch-Site", "same-site");
        let refused = other.call("POST", "/login", &roy());
        assert_eq!((refused.status, refused.header("access-control-allow-origin")), (403, None), "{origin}");
        assert_eq!(other.bare("OPTIONS", "/login").header("access-control-allow-origin"), None, "{origin}");
    }
}

#[test]
fn a_form_from_a_configured_origin_is_still_refused() {
    let server = Server::prepare().with("VESTIBULE_ALLOWED_ORIGINS", &format!("[\"{APP}\"]")).and_seed().and_start();
    let mut page = server.client().with("Origin", APP).with("Sec-Fetch-Site", "same-site");
    assert_eq!(page.log_in("roy", "roy").status, 403, "its pages may use the JSON, not our forms");
}

#[test]
fn the_api_is_open_to_any_page_without_credentials() {
    let server = Server::seeded();
    let page = server.client().with("Origin", "https://any.example");
    let asked = page.clone().with("Access-Control-Request-Headers", "authorization").bare("OPTIONS", "/api/v1/me");
    assert_eq!(asked.status, 204);
    assert!(asked.header("access-control-allow-headers").unwrap().contains("Authorization"));
    let roy = server.client().program("roy", "roy");
    let answer = roy.with("Origin", "https://any.example").get("/api/v1/me");
    assert_eq!((answer.status, answer.header("access-control-allow-origin")), (200, Some("*")));
    assert_eq!(answer.header("access-control-allow-credentials"), None);
    let own = server.client().with("Origin", "https://any.example").json().get("/");
    assert_eq!(own.header("access-control-allow-origin"), None, "no origin is configured");
}

#[test]
fn a_login_in_json_is_answered_in_json_whatever_is_wrong_with_it() {
    let server = Server::seeded();
    for (body, status) in [
        ("", 400),
        ("{", 400),
        ("[]", 400),
        ("null", 400),
        (r#"{"username": 1, "password": "roy"}"#, 400),
        (r#"{"username": "roy", "username": "admin", "password": "roy"}"#, 400),
        (r#"{"username": "roy", "password": "roy", "admin": true}"#, 400),
        (r#"{"username": "roy", "password": "roy", "remember": "perhaps"}"#, 400),
        (r#"{"username": "roy\u0000", "password": "roy"}"#, 401),
        (r#"{"username": "roy", "password": "roy", "remember": true}"#, 200),
    ] {
        let reply = server.client().send("POST", "/login", Some("application/json"), body);
        assert_eq!(reply.status, status, "{body}: {}", reply.body);
        assert_eq!(reply.json().as_object().unwrap().keys().collect::<Vec<_>>(), ["message"], "{body}");
    }
    let form = server.client().json().log_in("roy", "roy");
    assert_eq!(form.json(), json!({ "message": "You are logged in successfully" }), "a form, answered as wished");
    let huge = server.client().send(
        "POST",
        "/login",
        Some("application/json"),
        &format!("{{\"username\":\"{}\"}}", "x".repeat(20_000)),
    );
    assert_eq!((huge.status, huge.header("content-type")), (413, Some("application/problem+json")));
    let text = server.client().json().send("POST", "/login", Some("text/plain"), "roy");
    assert_eq!((text.status, text.header("content-type")), (415, Some("application/problem+json")));
}

#[test]
fn too_many_attempts_by_any_door_are_429_at_every_door() {
    let server = Server::prepare().with_real_limits().and_seed().and_start();
    let wrong = json!({ "username": "roy", "password": "x" });
    for number in 0..5 {
        match number % 3 {
            0 => assert_eq!(server.client().log_in("roy", "x").status, 303),
            1 => assert_eq!(server.client().call("POST", "/login", &wrong).status, 401),
            _ => assert_eq!(server.client().call("POST", "/api/v1/tokens", &wrong).status, 401),
        }
    }
    for path in ["/login", "/api/v1/tokens"] {
        let refused = server.client().call("POST", path, &roy());
        assert_eq!((refused.status, refused.header("content-type")), (429, Some("application/problem+json")), "{path}");
        assert!(refused.header("retry-after").is_some());
    }
    assert_eq!(server.client().log_in("roy", "roy").status, 429);
}
