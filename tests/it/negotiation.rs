//! Who gets a page and who gets JSON at one address, and what all answers say about it.

use serde_json::json;

use crate::support::{Client, Reply, Server};

/// Whoever names HTML: browsers, and those that print pages.
const PAGES: &[&str] = &[
    "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8",
    "text/html",
    "text/html, text/*;q=0.5",
    "text/*",
    "application/xhtml+xml, */*;q=0.1",
    "application/json, text/html",
];

/// Whoever does not, or wants JSON more.
const JSON: &[&str] = &[
    "*/*",
    "application/json",
    "application/json, text/plain, */*",
    "application/problem+json",
    "text/html;q=0.5, application/json",
    "text/html;q=0, */*",
    "image/png",
    "banana",
];

fn is_page(reply: &Reply) -> bool {
    reply.header("content-type") == Some("text/html; charset=utf-8")
}

#[test]
fn a_page_goes_to_whoever_names_html_and_json_to_everyone_else() {
    let server = Server::seeded();
    let roy = server.signed_in("roy", "roy");
    let (stranger, as_roy) = (server.client(), |client: &Client| client.clone().having(&roy));
    for accept in PAGES {
        let mut asking = stranger.with("Accept", accept);
        assert_eq!(asking.get("/").leads_to(), (303, "/login"), "{accept}");
        assert!(as_roy(&asking).get("/").says("Hello, Roy!"), "{accept}");
        for path in ["/nowhere", "/login"] {
            assert!(is_page(&asking.get(path)), "{accept}: {path}");
        }
        assert_eq!(asking.get("/todos").leads_to(), (303, "/login?next=%2Ftodos"), "{accept}");
        assert_eq!(asking.log_in("roy", "wrong").leads_to(), (303, "/login"), "{accept}");
    }
    let programs = JSON.iter().map(|accept| stranger.with("Accept", accept)).chain([stranger.without_accept()]);
    for (number, mut asking) in programs.enumerate() {
        let who = JSON.get(number).unwrap_or(&"no Accept");
        assert_eq!(asking.get("/").json(), json!({ "message": "Unauthorized" }), "{who}");
        let home = as_roy(&asking).get("/");
        assert_eq!(home.json(), json!({ "message": "You are already logged in", "username": "roy" }), "{who}");
        for (path, status) in [("/nowhere", 404), ("/todos", 401), ("/api/v1/nowhere", 404)] {
            let problem = asking.get(path);
            assert_eq!(
                (problem.status, problem.json()["status"].as_u64()),
                (status, Some(status.into())),
                "{who}: {path}"
            );
            assert_eq!(problem.header("content-type"), Some("application/problem+json"), "{who}: {path}");
        }
        assert!(is_page(&asking.get("/login")), "{who}: what is a page only is one for all");
        assert_eq!(asking.log_in("roy", "wrong").status, 401, "{who}");
    }
    let mut sent = stranger.with("Accept", PAGES[0]);
    assert_eq!(sent.call("POST", "/login", &json!({ "username": "roy", "password": "wrong" })).status, 401);
}

#[test]
fn what_depends_on_accept_says_so() {
    let app = "https://app.example.com";
    let server = Server::prepare().with("VESTIBULE_ALLOWED_ORIGINS", &format!("[\"{app}\"]")).and_seed().and_start();
    for client in [server.client(), server.client().json()] {
        for path in ["/", "/logout", "/nowhere", "/todos"] {
            let vary = client.clone().get(path).header("vary").unwrap_or_default().to_owned();
            assert!(vary.split(", ").any(|name| name == "Accept"), "{path}: {vary}");
        }
        let both = client.with("Origin", app).get("/");
        assert_eq!(both.header("vary"), Some("Accept, Origin"));
        assert_eq!(client.clone().get("/api/v1/nowhere").header("vary"), None);
    }
    let style = server.client().get("/login").body;
    let style =
        style.split("href=\"").find(|part| part.contains("style.css")).unwrap().split('"').next().unwrap().to_owned();
    assert_eq!(server.client().get(&style).header("vary"), Some("Accept-Encoding"));
    let login = server.client().get("/login");
    assert_eq!(login.header("vary"), Some("Accept-Encoding, Accept, Origin"), "none is lost");
}

#[test]
fn options_tells_what_an_address_knows() {
    let server = Server::seeded();
    for (path, allow) in [
        ("/", "GET, HEAD, OPTIONS"),
        ("/login", "GET, HEAD, OPTIONS, POST"),
        ("/todos", "GET, HEAD, OPTIONS, POST"),
        ("/todos/x", "GET, HEAD, OPTIONS, POST"),
        ("/api", "GET, HEAD, OPTIONS"),
        ("/healthz", "GET, HEAD, OPTIONS"),
        ("/api/v1/todos", "GET, HEAD, OPTIONS, POST"),
        ("/api/v1/todos/x", "DELETE, GET, HEAD, OPTIONS, PATCH, PUT"),
        ("//api/v1/%74odos/x/done", "DELETE, OPTIONS, PUT"),
        ("/api/v1/me?anything", "GET, HEAD, OPTIONS, PATCH"),
    ] {
        for client in [server.client(), server.client().json(), server.client().with("Origin", "https://any.example")] {
            let told = client.clone().bare("OPTIONS", path);
            assert_eq!((told.status, told.header("allow"), told.body.as_str()), (204, Some(allow), ""), "{path}");
        }
    }
    for path in ["/nowhere", "/api/nowhere", "/api/v1", "/api/v1/todos/x/y", "/api/v1/nowhere", "/.refused"] {
        let unknown = server.client().with("Origin", "https://any.example").bare("OPTIONS", path);
        assert_eq!((unknown.status, unknown.header("allow")), (404, None), "{path}");
    }
}

#[test]
fn preflights_allow_what_libraries_and_tracing_add() {
    let app = "https://app.example.com";
    let server = Server::prepare().with("VESTIBULE_ALLOWED_ORIGINS", &format!("[\"{app}\"]")).and_seed().and_start();
    let asking = |method: &str| server.client().with("Origin", app).with("Access-Control-Request-Method", method);
    for (path, method, more) in [
        ("/login", "POST", &[][..]),
        ("/api/v1/tokens", "POST", &[]),
        ("/api/v1/todos/x", "PUT", &["If-Match", "If-None-Match"]),
    ] {
        let allowed = asking(method).bare("OPTIONS", path);
        let headers: Vec<&str> = allowed.header("access-control-allow-headers").unwrap().split(", ").collect();
        for header in ["X-Requested-With", "traceparent", "Content-Type", "Authorization"].iter().chain(more) {
            assert!(headers.contains(header), "{path}: {header}");
        }
        assert!(!headers.contains(&"*"));
    }
    let answer = server.client().program("roy", "roy").with("Origin", app).get("/api/v1/me");
    for name in ["ETag", "Link", "Location"] {
        assert!(
            answer.header("access-control-expose-headers").unwrap().split(", ").any(|known| known == name),
            "{name}"
        );
    }
}
