//! What every response carries, and what none gives away.

use crate::support::{Reply, Server};

const ALWAYS: &[(&str, &str)] = &[
    (
        "content-security-policy",
        "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; frame-ancestors 'none'; base-uri 'none'; \
         object-src 'none'; form-action 'self'",
    ),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
];

/// Requests to every corner, with the status that each gets.
const CORNERS: &[(&str, &str, &str, u16)] = &[
    ("GET", "/login", "", 200),
    ("HEAD", "/login", "", 200),
    ("GET", "/", "", 303),
    ("POST", "/login", "username=&password=", 422),
    ("POST", "/login", "username=roy&password=wrong", 303),
    ("POST", "/login", "username=roy&password=roy", 303),
    ("POST", "/login", "unknown=field", 422),
    ("POST", "/login", "%", 400),
    ("POST", "/login", "_method=DELETE", 400),
    ("POST", "/logout", "", 303),
    ("GET", "/logout", "", 303),
    ("GET", "/nowhere", "", 404),
    ("GET", "/static/0000000000000000/style.css", "", 404),
    ("GET", "/.refused", "", 404),
    ("DELETE", "/login", "", 405),
    ("OPTIONS", "/nowhere", "", 404),
    ("PUT", "/login", "", 405),
    ("TRACE", "/", "", 405),
    ("FOO", "/", "", 405),
    ("PROPFIND", "/", "", 405),
];

fn check(reply: &Reply, what: &str) {
    for (name, value) in ALWAYS {
        assert_eq!(reply.header(name), Some(*value), "{what}: {name}");
    }
    let permissions = reply.header("permissions-policy").unwrap_or_default();
    assert!(permissions.contains("camera=()") && permissions.contains("geolocation=()"), "{what}: {permissions}");
    for absent in ["server", "x-powered-by", "x-xss-protection", "access-control-allow-origin", "via"] {
        assert_eq!(reply.all(absent).count(), 0, "{what}: {absent}");
    }
}

#[test]
fn every_response_has_the_full_set() {
    let server = Server::seeded();
    for (method, path, body, status) in CORNERS {
        for mut client in [server.client(), server.client().json(), server.client().browsing()] {
            let form = (*method == "POST").then_some("application/x-www-form-urlencoded");
            let reply = client.send(method, path, form, body);
            let what = format!("{method} {path}");
            let json = reply.header("content-type").is_some_and(|kind| kind.contains("json"));
            assert!(reply.status == *status || json && matches!(reply.status, 200 | 400 | 401), "{what}: {reply:?}");
            check(&reply, &what);
            assert_eq!(reply.header("cache-control"), Some("no-store"), "{what}");
            assert_eq!(reply.header("strict-transport-security"), None, "{what}: HSTS is for https");
        }
    }
    for (raw, status) in [
        ("GET / HTTP/1.1\r\nConnection: close\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n", 421),
    ] {
        let reply = server.client().raw(raw.as_bytes());
        assert_eq!(reply.status, status);
        check(&reply, raw);
    }
    let home = server.admin().get("/");
    assert_eq!((home.status, home.header("cache-control")), (200, Some("no-store")));
    check(&home, "home");
}

#[test]
fn behind_https_every_response_demands_https() {
    let server = Server::prepare().and_seed().public("https://login.example.com").and_start();
    let mut client = server.client().with("Host", "login.example.com");
    for (method, path, body, _) in CORNERS {
        let form = (*method == "POST").then_some("application/x-www-form-urlencoded");
        let reply = client.send(method, path, form, body);
        let demand = reply.header("strict-transport-security").unwrap_or_default();
        assert!(
            demand.starts_with("max-age=") && demand.len() > "max-age=31536000".len() - 1,
            "{method} {path}: {demand}"
        );
        check(&reply, path);
    }
    let icon = client.get("/login").body.split("href=\"").find_map(|part| Some(part.split_once(".svg")?.0.to_owned()));
    let reply = client.get(&format!("{}.svg", icon.unwrap()));
    assert!(reply.status == 200 && reply.header("strict-transport-security").is_some());
}

#[test]
fn static_files_are_hashed_and_kept_for_ever() {
    let server = Server::seeded();
    let mut client = server.client();
    let page = client.get("/login").body;
    let links: Vec<&str> = page.split("href=\"/static/").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    let types = ["font/woff2", "text/css; charset=utf-8", "image/svg+xml", "image/png"];
    assert_eq!(links.len(), types.len(), "{page}");
    for (link, content_type) in links.iter().zip(types) {
        let file = client.get(&format!("/static/{link}"));
        assert_eq!(file.status, 200);
        assert_eq!(file.header("content-type"), Some(content_type));
        assert_eq!(file.header("cache-control"), Some("public, max-age=31536000, immutable"));
        assert_eq!(file.all("set-cookie").count(), 0);
        check(&file, link);
        let (hash, name) = link.split_once('/').unwrap();
        assert_eq!(hash.len(), 16);
        let head = client.send("HEAD", &format!("/static/{link}"), None, "");
        assert_eq!((head.status, head.body.as_str()), (200, ""));
        for wrong in [
            format!("/static/{}/{name}", "0".repeat(16)),
            format!("/static/{}/{name}", hash.to_uppercase() + "x"),
            format!("/static/{}/{name}", &hash[..15]),
            format!("/static/{name}"),
            format!("/static//{name}"),
            format!("/static/{hash}/"),
            format!("/static/{hash}/{name}/"),
            format!("/static/{hash}/x{name}"),
            format!("/static/{hash}/..%2f{name}"),
            format!("/static/{hash}/..%2f..%2fCargo.toml"),
            format!("/static/{hash}/%2e%2e/{name}"),
            format!("/static/../{name}"),
            format!("/{name}"),
        ] {
            let reply = client.get(&wrong);
            let itself = wrong.ends_with("/") && reply.status == 200 && reply.body == file.body;
            assert!(reply.status == 404 || itself, "{wrong}: {}", reply.status);
            assert!(reply.status != 404 || reply.header("cache-control") == Some("no-store"), "{wrong}");
        }
    }
}

#[test]
fn no_page_gives_away_what_is_behind_it() {
    let server = Server::seeded();
    let folder = server.folder().to_str().unwrap().to_owned();
    let mut pages: Vec<Reply> = vec![server.admin().get("/"), server.admin().get("/login")];
    for (method, path, body, _) in CORNERS {
        for mut client in [server.client(), server.client().json()] {
            let form = (*method == "POST").then_some("application/x-www-form-urlencoded");
            pages.push(client.send(method, path, form, body));
        }
    }
    server.execute("ALTER TABLE users RENAME TO hidden");
    let down = server.client().log_in("roy", "roy");
    assert_eq!(down.status, 503);
    check(&down, "a database that is down");
    pages.push(down);
    for page in pages {
        let text = format!("{:?} {}", page.headers, page.body).to_lowercase();
        for secret in [
            "rocket",
            "tera",
            "diesel",
            "sqlite",
            "postgres",
            "libpq",
            "relation ",
            "select ",
            "no such table",
            "panicked",
            ".rs",
            env!("CARGO_PKG_VERSION"),
        ] {
            let word = text.split(|c: char| c.is_whitespace() || "\"'<>".contains(c)).any(|word| word.contains(secret));
            assert!(!(word || secret.contains(' ') && text.contains(secret)), "{secret}: {text}");
        }
        for path in [folder.as_str(), env!("CARGO_MANIFEST_DIR"), "vestibule.db", "secret_key"] {
            assert!(!text.contains(&path.to_lowercase()), "{path}: {text}");
        }
    }
}

#[test]
fn names_below_ours_are_spoken_for_only_when_the_operator_says_so() {
    for (setting, demand) in [("false", "max-age=63072000"), ("true", "max-age=63072000; includeSubDomains")] {
        let server = Server::prepare().with("VESTIBULE_HSTS_INCLUDE_SUBDOMAINS", setting);
        let server = server.public("https://login.example.com").and_start();
        let reply = server.client().with("Host", "login.example.com").get("/login");
        assert_eq!(reply.header("strict-transport-security"), Some(demand));
    }
}
