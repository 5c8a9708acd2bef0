//! One table of who may call what below `/api/v1`, with tokens. A route that it does not name fails the test.

use std::collections::BTreeSet;

use rocket::http::{ContentType, Header, Method};
use rocket::local::blocking::Client;
use serde_json::{Value, json};

use crate::support::in_process;

/// Method and path of a route, a path to try it with, a body, and the status for a stranger, a user and an admin.
const TABLE: &[(Method, &str, &str, &str, [u16; 3])] = &[
    (Method::Post, "/api/v1/tokens", "/api/v1/tokens", "{}", [422, 422, 422]),
    (Method::Post, "/api/v1/tokens/refresh", "/api/v1/tokens/refresh", "{}", [422, 422, 422]),
    (Method::Delete, "/api/v1/tokens/current", "/api/v1/tokens/current", "", [401, 204, 204]),
    (Method::Get, "/.well-known/jwks.json", "/.well-known/jwks.json", "", [200, 200, 200]),
    (Method::Post, "/api/v1/users", "/api/v1/users", "{}", [422, 422, 422]),
    (Method::Get, "/api/v1/users?<query>&<role>&<after>&<limit>", "/api/v1/users", "", [401, 403, 200]),
    (Method::Get, "/api/v1/users/<id>", "/api/v1/users/x", "", [401, 403, 404]),
    (Method::Patch, "/api/v1/users/<id>", "/api/v1/users/x", "{}", [401, 403, 404]),
    (Method::Delete, "/api/v1/users/<id>", "/api/v1/users/x", "", [401, 403, 404]),
    (Method::Put, "/api/v1/users/<id>/roles/<role>", "/api/v1/users/x/roles/editor", "", [401, 403, 404]),
    (Method::Delete, "/api/v1/users/<id>/roles/<role>", "/api/v1/users/x/roles/editor", "", [401, 403, 404]),
    (Method::Get, "/api/v1/me", "/api/v1/me", "", [401, 200, 200]),
    (Method::Patch, "/api/v1/me", "/api/v1/me", "{}", [401, 200, 200]),
    (Method::Put, "/api/v1/me/password", "/api/v1/me/password", "{}", [401, 422, 422]),
    (Method::Get, "/api/v1/me/data", "/api/v1/me/data", "", [401, 404, 404]),
    (Method::Put, "/api/v1/me/data", "/api/v1/me/data", "{}", [401, 200, 200]),
    (Method::Delete, "/api/v1/me/data", "/api/v1/me/data", "", [401, 204, 204]),
    (Method::Get, "/api/v1/me/sessions", "/api/v1/me/sessions", "", [401, 200, 200]),
    (Method::Delete, "/api/v1/me/sessions/<id>", "/api/v1/me/sessions/x", "", [401, 404, 404]),
    (Method::Get, "/api/v1/openapi.json", "/api/v1/openapi.json", "", [200, 200, 200]),
];

/// A client of a server of its own, and the header that makes it known.
fn caller(who: &str) -> (Client, Option<String>, tempfile::TempDir) {
    let (rocket, folder) = in_process::seeded();
    let client = in_process::client(rocket);
    let login = match who {
        "stranger" => return (client, None, folder),
        "user" => json!({ "login": "python", "password": "python" }),
        _ => json!({ "login": "admin", "password": "password" }),
    };
    let request = client.post("/api/v1/tokens").header(ContentType::JSON).body(login.to_string());
    let pair: Value = serde_json::from_str(&in_process::send(request).into_string().unwrap()).unwrap();
    (client, Some(format!("Bearer {}", pair["access_token"].as_str().unwrap())), folder)
}

#[test]
fn the_table_names_every_call_and_nothing_else() {
    let below_api = |path: &str| path.starts_with("/api/v1/") || path.starts_with("/.well-known/");
    let routes = in_process::routes();
    let routes = routes.iter().filter(|route| below_api(route.uri.path()));
    let routes: BTreeSet<String> = routes.map(|route| format!("{} {}", route.method, route.uri)).collect();
    let table: BTreeSet<String> = TABLE.iter().map(|(method, route, ..)| format!("{method} {route}")).collect();
    assert_eq!(routes, table);
}

#[test]
fn everyone_may_call_what_the_table_says() {
    for (place, who) in ["stranger", "user", "admin"].iter().enumerate() {
        for (method, route, path, body, statuses) in TABLE {
            let (client, token, _folder) = caller(who);
            let mut request = client.req(*method, *path);
            if !body.is_empty() {
                request = request.header(ContentType::JSON).body(body);
            }
            if let Some(token) = token {
                request.add_header(Header::new("Authorization", token));
            }
            let reply = in_process::send(request);
            assert_eq!(reply.status().code, statuses[place], "{who}: {method} {route}");
        }
    }
}
