//! Requests that are meant to use up memory, against a server that has little.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use crate::support::Server;

const FORM: &str = "application/x-www-form-urlencoded";
const JSON: &str = "application/json";

/// Requests that are written as they are, without the lines that each needs.
fn hostile() -> Vec<(&'static str, String)> {
    let get = |headers: String| format!("GET / HTTP/1.1\r\n{headers}");
    let post = |path: &str, content_type: &str, body: &str| {
        format!("POST {path} HTTP/1.1\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\n\r\n{body}", body.len())
    };
    let ranges = |count: usize| vec!["a/b"; count].join(",");
    vec![
        ("Accept of 8 KB", get(format!("Accept: {}\r\n", ranges(2_000)))),
        ("Accept of 80 KB", get(format!("Accept: {}\r\n", ranges(20_000)))),
        ("Accept of 400 KB", get(format!("Accept: {}\r\n", ranges(100_000)))),
        ("two lines of Accept", get(format!("Accept: {0}\r\nAccept: {0}\r\n", ranges(20_000)))),
        ("two short lines of Accept", get(format!("Accept: {0}\r\nAccept: {0}\r\n", ranges(1_900)))),
        ("60 lines of Accept", get(format!("Accept: {}\r\n", ranges(60)).repeat(60))),
        ("a Content-Type of 300 KB", get(format!("Content-Type: a/b{}\r\n", ";c=d".repeat(75_000)))),
        ("two Content-Types", get(format!("Content-Type: a/b{}\r\n", ";c=d".repeat(1_900)).repeat(2))),
        ("a cookie of 300 KB", get(format!("Cookie: session={}\r\n", "x".repeat(300_000)))),
        ("100,000 cookies", get(format!("Cookie: {}\r\n", "a=b;".repeat(100_000)))),
        ("7,000 cookies in many lines", get(format!("Cookie: {}\r\n", "a=b;".repeat(500)).repeat(14))),
        ("10,000 headers", get("X: y\r\n".repeat(10_000))),
        ("99 headers of 4 KB", get(format!("X: {}\r\n", "y".repeat(4_000)).repeat(99))),
        ("a query of 60 KB", format!("GET /?{} HTTP/1.1\r\n", "a=b&".repeat(15_000))),
        ("a query of 2 MB", format!("GET /?{} HTTP/1.1\r\n", "a=b&".repeat(500_000))),
        ("a path of 60 KB", format!("GET {} HTTP/1.1\r\n", "/a".repeat(30_000))),
        ("X-Forwarded-For of 300 KB", get(format!("X-Forwarded-For: {}\r\n", "1.1.1.1,".repeat(40_000)))),
        ("deep JSON", post("/api/v1/tokens", JSON, &"[".repeat(15_000))),
        ("deep JSON of 64 KB", post("/api/v1/me/data", JSON, &"{\"a\":".repeat(13_000))),
        ("10,000 fields", post("/login", FORM, &"a=b&".repeat(3_900))),
        ("10,000 fields of 64 KB", post("/login", FORM, &"a=b&".repeat(16_000))),
        ("20 MB", post("/login", FORM, &"x".repeat(20_000_000))),
        ("a length of 8 EB", "POST /login HTTP/1.1\r\nContent-Length: 9223372036854775807\r\n\r\nx".to_owned()),
        (
            "1 MB in chunks of one byte",
            format!(
                "POST /login HTTP/1.1\r\nContent-Type: {FORM}\r\nTransfer-Encoding: chunked\r\n\r\n{}0\r\n\r\n",
                "1\r\nx\r\n".repeat(1_000_000)
            ),
        ),
        (
            "a chunk of 8 EB",
            "POST /login HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n7FFFFFFFFFFFFFFF\r\nx".to_owned(),
        ),
        ("one line that never ends", "X".repeat(2_000_000)),
    ]
}

/// Sends a request, and whatever of it the server still takes; reads what it answers.
fn send(port: u16, request: &str) -> String {
    let (first, rest) = request.split_once("\r\n").unwrap_or((request, ""));
    let separator = if rest.contains("\r\n\r\n") { "" } else { "\r\n" };
    let whole = format!("{first}\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n{rest}{separator}");
    let mut stream = TcpStream::connect(("127.0.0.1", port)).expect("the server listens");
    stream.set_read_timeout(Some(Duration::from_secs(120))).unwrap();
    stream.set_write_timeout(Some(Duration::from_secs(120))).unwrap();
    let _ = stream.write_all(whole.as_bytes());
    // A request that says less than it announced has ended now.
    let _ = stream.shutdown(std::net::Shutdown::Write);
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

#[test]
fn a_server_with_one_gigabyte_survives_each_and_answers_the_next_honest_one() {
    let server = Server::prepare().and_seed().with_limit("-v 1048576").and_start();
    for (name, request) in hostile() {
        let answer = send(server.port, &request);
        let status = answer.split(' ').nth(1).unwrap_or("none");
        assert!(!status.starts_with('5'), "{name}: {answer}");
        assert_eq!(server.client().get("/login").status, 200, "after {name}, which got {status}");
    }
    let most: u64 = peak_kibibytes(server.id());
    assert!(most < 120_000, "{most} KiB at the most");
}

#[test]
fn many_stalled_posts_with_long_headers_hold_little_memory() {
    let server = Server::prepare().and_seed().with_limit("-v 1048576").and_start();
    let head = format!(
        "POST /login HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nContent-Type: {FORM}\r\nContent-Length: 100\r\nAccept: {}\r\n\r\nusername=",
        server.port,
        vec!["a/b"; 1_900].join(",")
    );
    let stalled: Vec<TcpStream> = (0..150)
        .map(|_| {
            let mut stream = TcpStream::connect(("127.0.0.1", server.port)).expect("the server listens");
            stream.write_all(head.as_bytes()).unwrap();
            stream
        })
        .collect();
    assert_eq!(server.client().log_in("roy", "roy").status, 303);
    let most = peak_kibibytes(server.id());
    assert!(most < 120_000, "{most} KiB at the most");
    drop(stalled);
}

/// The most memory that a process has had so far.
fn peak_kibibytes(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).expect("it runs");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("it has a peak");
    line.trim().trim_end_matches(" kB").parse().expect("a number")
}
