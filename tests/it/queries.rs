//! Queries below `/api`: what a call does not know, or gets twice, is refused instead of ignored; and links to the next page.

use std::collections::BTreeMap;

use serde_json::json;

use crate::support::Server;

#[test]
fn unknown_and_doubled_parameters_are_422_and_named() {
    let server = Server::seeded();
    let mut admin = server.client().program("admin", "password");
    for (path, bad) in [
        ("/api/v1/todos?done=true&done=true", &[("done", "This parameter was sent more than once.")][..]),
        ("/api/v1/todos?done=true&%64one=false", &[("done", "This parameter was sent more than once.")]),
        ("/api/v1/todos?limit=1&limit=1&sort=due", &[("limit", "This parameter was sent more than once.")]),
        (
            "/api/v1/todos?page=2&order=asc&Order=asc",
            &[("page", "Unknown parameter."), ("Order", "Unknown parameter.")],
        ),
        ("//api/v1/%74odos?page=2", &[("page", "Unknown parameter.")]),
        (
            "/api/v1/users?query=a&query=b&sort=x",
            &[("query", "This parameter was sent more than once."), ("sort", "Unknown parameter.")],
        ),
        ("/api/v1/users/x?fields=id", &[("fields", "Unknown parameter.")]),
        ("/api/v1/me?access_token=x", &[("access_token", "Unknown parameter.")]),
        ("/api/v1/openapi.json?=", &[("", "Unknown parameter.")]),
        ("/api/v1/todos?order=DESC", &[("order", "This has to be asc or desc.")]),
        ("/api/v1/todos?order=", &[("order", "This has to be asc or desc.")]),
        ("/api/v1/todos?sort=Due", &[("sort", "This has to be due or created.")]),
        ("/api/v1/todos?done=1", &[("done", "This has to be true or false.")]),
        ("/api/v1/todos?limit=0", &[("limit", "This has to be a number from 1 to 100.")]),
        ("/api/v1/todos?limit", &[("limit", "This has to be a number from 1 to 100.")]),
    ] {
        let expected: BTreeMap<&str, [&str; 1]> = bad.iter().map(|(name, message)| (*name, [*message])).collect();
        for method in ["GET", "HEAD"] {
            let refused = admin.bare(method, path);
            assert_eq!(
                (refused.status, refused.header("content-type")),
                (422, Some("application/problem+json")),
                "{path}"
            );
            if method == "GET" {
                assert_eq!(refused.json()["errors"], json!(expected), "{path}");
            }
        }
    }
    let credentials = server.client().call("POST", "/api/v1/tokens?username=roy&password=roy", &json!({}));
    assert_eq!((credentials.status, credentials.json()["errors"]["password"].is_array()), (422, true));
    assert!(!credentials.body.contains("roy"), "no value comes back");
    let sent = admin.call("PATCH", "/api/v1/me?dry_run=true", &json!({ "name": "Changed" }));
    assert_eq!(sent.status, 422);
    assert_eq!(admin.get("/api/v1/me").json()["name"], "Admin", "nothing was done");
    for (path, status) in [
        ("/api/v1/todos?", 200),
        ("/api/v1/todos?&&", 200),
        ("/api/v1/todos?sort=due&order=desc&done=false&limit=5", 200),
        ("/api/v1/nowhere?x=1", 404),
        ("/healthz?x=1", 200),
        ("/login?utm_source=mail", 200),
        ("/?x=1&x=2", 200),
    ] {
        let mut asking = if path == "/?x=1&x=2" { server.admin() } else { admin.clone() };
        assert_eq!(asking.get(path).status, status, "{path}");
    }
    assert_eq!(admin.bare("DELETE", "/api/v1/todos?x").status, 405);
}

#[test]
fn links_lead_from_page_to_page_as_next_does() {
    let server = Server::seeded();
    let mut admin = server.client().program("admin", "password");
    for (first, list, key) in [
        ("/api/v1/todos?order=desc&limit=2&done=false", "todos", "title"),
        ("//api//v1/todos?limit=3", "todos", "title"),
        ("/api/v1/users?limit=1&query=%6e", "users", "username"),
    ] {
        let everything = admin
            .get(
                &first
                    .replace("limit=2", "limit=100")
                    .replace("limit=3", "limit=100")
                    .replace("limit=1&", "limit=100&"),
            )
            .json();
        let all: Vec<_> = everything[list].as_array().unwrap().iter().map(|entry| entry[key].clone()).collect();
        let (mut seen, mut path) = (Vec::new(), first.to_owned());
        loop {
            let page = admin.get(&path);
            assert_eq!(page.status, 200, "{path}: {}", page.body);
            seen.extend(page.json()[list].as_array().unwrap().iter().map(|entry| entry[key].clone()));
            let next = page.json()["next"].clone();
            let Some(link) = page.header("link") else {
                assert!(next.is_null(), "{path}");
                break;
            };
            let target = link.strip_prefix('<').unwrap().strip_suffix(">; rel=\"next\"").unwrap();
            assert!(target.starts_with("/api/v1/") && target.contains(next.as_str().unwrap()), "{link}");
            assert_ne!(path, target);
            path = target.to_owned();
        }
        assert!(seen.len() > 2, "{first}");
        assert_eq!(seen, all, "{first}");
    }
}
