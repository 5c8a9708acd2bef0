//! What logs in or signs up below `/api` refuses the pages of other sites: they could make their visitors guess passwords.

use serde_json::json;

use crate::support::{Client, Reply, Server};

const APP: &str = "https://app.example.com";

/// A server on which anyone may sign up, and whose visitors may come from [`APP`].
fn server() -> Server {
    let server = Server::prepare().with("VESTIBULE_REGISTRATION", "open");
    let server = server.with("VESTIBULE_NETWORK_SIGN_UPS_PER_HOUR", "100");
    server.with("VESTIBULE_ALLOWED_ORIGINS", &format!("[\"{APP}\"]")).and_seed().and_start()
}

/// What a page can send without asking first: a form. And each of the calls, with what it needs to be done.
fn knock(client: &Client, path: &str, number: usize) -> Reply {
    let mut client = client.clone();
    match path {
        "/api/v1/tokens" => client.post(path, &[("login", "roy"), ("password", "roy")]),
        "/api/v1/tokens/revoke" => client.post(path, &[("token", "unknown")]),
        "/api/v1/tokens/refresh" => client.post(path, &[("refresh_token", "unknown")]),
        _ => {
            let password = "correct horse battery";
            client.call("POST", path, &json!({ "username": format!("new{number}"), "password": password }))
        }
    }
}

/// Each call, and its answer when it is not refused.
const CALLS: [(&str, u16); 4] =
    [("/api/v1/tokens", 200), ("/api/v1/tokens/refresh", 401), ("/api/v1/tokens/revoke", 200), ("/api/v1/users", 201)];

#[test]
fn only_programs_our_own_pages_and_allowed_origins_log_in_or_sign_up() {
    let server = server();
    let own = format!("http://127.0.0.1:{}", server.port);
    let (site, origin) = ("Sec-Fetch-Site", "Origin");
    let callers: &[(&[(&str, &str)], bool)] = &[
        (&[], true),
        (&[(site, "same-origin")], true),
        (&[(site, "none")], true),
        (&[(origin, &own)], true),
        (&[(site, "same-origin"), (origin, &own)], true),
        (&[(origin, APP)], true),
        (&[(site, "cross-site"), (origin, APP)], true),
        (&[(site, "cross-site")], false),
        (&[(site, "same-site")], false),
        (&[(site, "nonsense")], false),
        (&[(site, "same-origin"), (site, "cross-site")], false),
        (&[(site, "cross-site"), (origin, "https://evil.example")], false),
        (&[(site, "cross-site"), (origin, &own)], false),
        (&[(origin, "https://evil.example")], false),
        (&[(origin, "null")], false),
        (&[(origin, "http://127.0.0.1:1")], false),
        (&[(origin, "http://app.example.com")], false),
        (&[(origin, "https://app.example.com.evil.example")], false),
        (&[(origin, "https://app.example.com:8443")], false),
        (&[(origin, APP), (origin, "https://evil.example")], false),
    ];
    for (number, (headers, welcome)) in callers.iter().enumerate() {
        let caller = headers.iter().fold(server.client(), |client, (name, value)| client.with(name, value));
        for (path, status) in CALLS {
            let reply = knock(&caller, path, number);
            assert_eq!(reply.status, if *welcome { status } else { 403 }, "{path}: {headers:?}: {}", reply.body);
            let readable = *welcome && headers.contains(&(origin, APP));
            assert_eq!(reply.header("access-control-allow-origin"), readable.then_some(APP), "{path}: {headers:?}");
            assert_eq!(
                (reply.header("access-control-allow-credentials"), reply.header("vary")),
                (None, Some("Origin"))
            );
            if !welcome {
                assert_eq!(reply.header("content-type"), Some("application/problem+json"), "{path}: {headers:?}");
                assert!(reply.json()["detail"].as_str().unwrap().contains("allowed_origins"), "{}", reply.body);
            }
        }
    }
}

#[test]
fn nobody_is_found_out_or_locked_out_by_what_was_refused_and_the_audit_has_it() {
    let server = Server::prepare().with_real_limits().and_seed().and_start();
    let page = server.client().with("Origin", "https://evil.example");
    for _ in 0..10 {
        assert_eq!(knock(&page, "/api/v1/tokens", 0).status, 403);
    }
    assert_eq!(
        server.client().call("POST", "/api/v1/tokens", &json!({ "login": "roy", "password": "roy" })).status,
        200
    );
    let recorded = crate::support::wait_for("the refusals to be recorded", || {
        let audit = server.audit();
        (audit.iter().filter(|line| line.starts_with("request.refused")).count() == 10).then_some(audit)
    });
    assert!(recorded.contains(&"request.refused: POST /api/v1/tokens from another site".to_owned()), "{recorded:?}");
    assert!(!recorded.iter().any(|line| line.starts_with("login.failed")), "{recorded:?}");
}

#[test]
fn a_browser_that_asks_first_hears_the_same() {
    let server = server();
    let asks = |origin: &str, method: &str, path: &str| {
        let page = server.client().with("Origin", origin).with("Sec-Fetch-Site", "cross-site");
        let asked = page.with("Access-Control-Request-Method", method).bare("OPTIONS", path);
        assert_eq!(asked.status, 204);
        asked.header("access-control-allow-origin").map(str::to_owned)
    };
    for (path, _) in CALLS {
        for path in [path, &path.replace("/v1", "//v1"), &path.replace("v1", "%761")] {
            assert_eq!(asks(APP, "POST", path).as_deref(), Some(APP), "{path}");
            assert_eq!(asks("https://evil.example", "POST", path), None, "{path}");
        }
    }
    for (method, path) in [
        ("GET", "/api/v1/users"),
        ("PATCH", "/api/v1/me"),
        ("POST", "/api/v1/todos"),
        ("DELETE", "/api/v1/tokens/current"),
        ("DELETE", "/api/v1/users/x"),
    ] {
        let allowed = asks("https://any.example", method, path);
        assert_eq!(allowed.as_deref(), Some("*"), "with an access token any page may: {method} {path}");
    }
}

#[test]
fn a_page_of_another_site_still_acts_with_an_access_token() {
    let server = Server::seeded();
    let admin = server.client().program("admin", "password");
    let mut page = admin.with("Origin", "https://any.example").with("Sec-Fetch-Site", "cross-site");
    let listed = page.get("/api/v1/users");
    assert_eq!((listed.status, listed.header("access-control-allow-origin")), (200, Some("*")));
    assert_eq!(page.bare("DELETE", "/api/v1/tokens/current").status, 204);
}
