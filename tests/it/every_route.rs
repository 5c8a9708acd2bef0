//! One table of who may do what. A route that it does not name fails the test, and so does a row without a route.

use rocket::http::{Accept, ContentType, Header, Method};
use rocket::local::blocking::Client;

use crate::support::in_process;

/// Method and path of a route, a path to try it with, and the status for a stranger, a user and an admin.
/// Posted forms are empty.
const TABLE: &[(Method, &str, &str, [u16; 3])] = &[
    (Method::Get, "/", "/", [303, 200, 200]),
    (Method::Get, "/login?<next>", "/login", [200, 303, 303]),
    (Method::Post, "/login", "/login", [422, 422, 422]),
    (Method::Get, "/logout", "/logout", [303, 200, 200]),
    (Method::Post, "/logout", "/logout", [303, 303, 303]),
    (Method::Get, "/static/<hash>/<file>", "/static/0/style.css", [404, 404, 404]),
    (Method::Get, "/.refused", "/.refused", [404, 404, 404]),
    (Method::Get, "/api", "/api", [200, 200, 200]),
];

/// JSON handlers at the pages' own addresses, for those who want JSON.
const JSON: &[(Method, &str, &str, [u16; 3])] = &[
    (Method::Get, "/", "/", [401, 200, 200]),
    (Method::Post, "/login", "/login", [400, 400, 400]),
    (Method::Get, "/logout", "/logout", [200, 200, 200]),
    (Method::Post, "/logout", "/logout", [200, 200, 200]),
    (Method::Options, "/", "/", [204, 204, 204]),
    (Method::Options, "/login", "/login", [204, 204, 204]),
    (Method::Options, "/logout", "/logout", [204, 204, 204]),
    (Method::Options, "/api/<_..>", "/api/v1/me", [204, 204, 204]),
];

/// What everyone gets without being known. Whoever opens one more door to strangers names it here, too.
const PUBLIC: &[&str] = &["/login?<next>", "/login", "/logout", "/static/<hash>/<file>", "/.refused", "/api"];

fn visitor(who: &str) -> (Client, tempfile::TempDir) {
    let (rocket, folder) = in_process::seeded();
    let client = in_process::client(rocket);
    match who {
        "stranger" => {}
        "user" => in_process::log_in(&client, "python", "python"),
        _ => in_process::log_in(&client, "admin", "password"),
    }
    (client, folder)
}

fn ask(client: &Client, method: Method, path: &str, headers: &[(&'static str, &'static str)]) -> u16 {
    ask_for(client, Accept::HTML, method, path, headers)
}

fn ask_for(
    client: &Client,
    accept: Accept,
    method: Method,
    path: &str,
    headers: &[(&'static str, &'static str)],
) -> u16 {
    let mut request = client.req(method, path.to_owned()).header(accept);
    if method != Method::Get {
        request = request.header(ContentType::Form);
    }
    for (name, value) in headers {
        request.add_header(Header::new(*name, *value));
    }
    in_process::send(request).status().code
}

#[test]
fn the_table_names_every_route_and_nothing_else() {
    let (client, _folder) = visitor("stranger");
    let of_pages = |path: &str| !path.starts_with("/api/v1/") && !path.starts_with("/.well-known/");
    let routes = client.rocket().routes().filter(|route| of_pages(route.uri.path()));
    let mut routes: Vec<String> = routes.map(|route| format!("{} {}", route.method, route.uri)).collect();
    let mut table: Vec<String> =
        TABLE.iter().chain(JSON).map(|(method, route, ..)| format!("{method} {route}")).collect();
    routes.sort();
    table.sort();
    assert_eq!(routes, table);
}

#[test]
fn everyone_may_do_what_the_table_says() {
    for (place, who) in ["stranger", "user", "admin"].iter().enumerate() {
        for (method, route, path, statuses) in TABLE {
            // Each on a server of its own: some of them end the session.
            let (client, _folder) = visitor(who);
            assert_eq!(ask(&client, *method, path, &[]), statuses[place], "{who}: {method} {route}");
        }
        for (method, route, path, statuses) in JSON {
            let (client, _folder) = visitor(who);
            let status = ask_for(&client, Accept::JSON, *method, path, &[]);
            assert_eq!(status, statuses[place], "{who}, JSON: {method} {route}");
        }
    }
}

#[test]
fn strangers_get_in_by_the_public_routes_only() {
    let (client, _folder) = visitor("stranger");
    for (method, route, path, _) in TABLE.iter().filter(|(_, route, ..)| !PUBLIC.contains(route)) {
        let reply = in_process::send(client.req(*method, path.to_owned()).header(Accept::HTML));
        let location = reply.headers().get_one("location").unwrap_or_default();
        assert!(reply.status().code == 303 && location.starts_with("/login"), "{method} {route}: {reply:?}");
        let json = in_process::send(client.req(*method, path.to_owned()).header(Accept::JSON));
        assert_eq!(json.status().code, 401, "{method} {route}");
    }
}

#[test]
fn every_unsafe_route_refuses_another_site() {
    for who in ["stranger", "user", "admin"] {
        let (client, _folder) = visitor(who);
        let home = if who == "stranger" { 303 } else { 200 };
        for (method, route, path, _) in TABLE.iter().filter(|(method, ..)| *method != Method::Get) {
            for headers in [
                [("Sec-Fetch-Site", "cross-site")],
                [("Sec-Fetch-Site", "same-site")],
                [("Origin", "https://evil.example")],
                [("Origin", "http://127.0.0.1:8001")],
                [("Origin", "null")],
            ] {
                assert_eq!(ask(&client, *method, path, &headers), 403, "{who}: {method} {route}: {headers:?}");
                let json = ask_for(&client, Accept::JSON, *method, path, &headers);
                assert_eq!(json, 403, "{who}, JSON: {method} {route}: {headers:?}");
            }
        }
        assert_eq!(ask(&client, Method::Get, "/", &[]), home, "{who} is who they were");
    }
}
