//! How much a request may weigh, and how it is told.

use crate::support::{Client, Reply, Server};

fn with_lines(client: &Client, count: usize, length: usize) -> Client {
    (0..count).fold(client.clone(), |client, number| client.with(&format!("X-{number}"), &"y".repeat(length)))
}

#[test]
fn heavy_requests_are_refused_by_name() {
    let server = Server::seeded();
    let client = server.client();
    let long_path = format!("/{}", "a".repeat(8 * 1024));
    let refused: Vec<(&str, u16, Reply)> = vec![
        ("a line over 8 KiB", 431, with_lines(&client, 1, 8 * 1024).get("/")),
        ("headers over 16 KiB", 431, with_lines(&client, 4, 4_500).get("/")),
        ("more than 64 lines", 431, with_lines(&client, 64, 1).get("/")),
        ("a target over 8 KiB", 414, client.clone().get(&long_path)),
    ];
    for (what, status, reply) in refused {
        assert_eq!(reply.status, status, "{what}");
        assert!(reply.header("content-security-policy").is_some(), "{what}");
        assert!(reply.says("Address too long") || reply.says("too many cookies"), "{what}: {}", reply.body);
    }
    for fine in [with_lines(&client, 1, 8_000), with_lines(&client, 3, 5_000), with_lines(&client, 60, 1)] {
        assert_eq!(fine.clone().get("/login").status, 200);
    }
    assert_eq!(client.clone().get(&long_path[..8_000]).status, 404);
}

#[test]
fn programs_are_told_in_json() {
    let server = Server::seeded();
    for (client, path) in [(server.client().json(), "/"), (server.client(), "/api/v1/me")] {
        let reply = with_lines(&client, 64, 1).get(path);
        assert_eq!(reply.header("content-type"), Some("application/problem+json"));
        assert_eq!(reply.json()["status"], 431);
    }
}

#[test]
fn what_is_no_request_at_all_gets_our_headers_too() {
    let server = Server::seeded();
    let host = format!("Host: 127.0.0.1:{}\r\n", server.port);
    for (request, status) in [
        ("GET / HTTP/9.9\r\n\r\n".to_owned(), 400),
        (format!("GET / HTTP/1.1\r\n{host}{}\r\n", "X: y\r\n".repeat(200)), 431),
        (format!("GET / HTTP/1.1\r\n{host}X: {}\r\n\r\n", "y".repeat(100_000)), 431),
        (format!("GET /{} HTTP/1.1\r\n{host}\r\n", "a".repeat(80_000)), 414),
    ] {
        let reply = server.client().raw(request.as_bytes());
        assert_eq!(reply.status, status, "{}", &request[..40.min(request.len())]);
        for header in ["content-security-policy", "x-content-type-options", "cache-control", "permissions-policy"] {
            assert!(reply.header(header).is_some(), "{status} without {header}");
        }
    }
}

#[test]
fn a_long_accept_counts_as_anything() {
    let server = Server::seeded();
    let long = vec!["application/json"; 40].join(",");
    assert_eq!(server.client().with("Accept", &long).get("/").status, 401, "JSON, as for */*");
    let long = vec!["text/html"; 40].join(",");
    assert_eq!(server.client().with("Accept", &long).get("/").status, 401, "it is not read");
    let lines = server.client().with("Accept", "text/plain").with("Accept", "application/json");
    assert_eq!(lines.clone().get("/").status, 401, "two lines are one list");
}
