//! `vestibule check` asks the running server through the proxy how it is reached, and nobody else is told.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::time::Duration;

use super::check::{about, check_with};
use crate::support::{Server, wait_for};

/// A server whose proxy listens here.
fn behind(proxy: &TcpListener, trusted: &str) -> Server {
    let url = format!("http://localhost:{}", proxy.local_addr().unwrap().port());
    let server = Server::prepare().and_seed().public(&url).with("VESTIBULE_TRUSTED_PROXIES", trusted).and_start();
    server.cli(&["backup"]);
    server
}

fn listen() -> TcpListener {
    TcpListener::bind("127.0.0.1:0").unwrap()
}

/// The next connection; it does not wait for ever.
fn accept(proxy: &TcpListener) -> TcpStream {
    proxy.set_nonblocking(true).unwrap();
    let (stream, _) = wait_for("somebody to ask", || proxy.accept().ok());
    stream.set_nonblocking(false).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(120))).unwrap();
    stream
}

/// Hands one request on to a port, with its head as this makes it, and the answer back.
fn hand_on(proxy: &TcpListener, port: u16, change: impl Fn(String) -> String) {
    let mut client = accept(proxy);
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        client.read_exact(&mut byte).unwrap();
        head.push(byte[0]);
    }
    let mut server = TcpStream::connect(("127.0.0.1", port)).unwrap();
    server.write_all(change(String::from_utf8(head).unwrap()).as_bytes()).unwrap();
    let mut answer = Vec::new();
    server.read_to_end(&mut answer).unwrap();
    client.write_all(&answer).unwrap();
}

/// What is said of a proxy that makes the head so.
fn judged(trusted: &str, change: impl Fn(String) -> String + Sync) -> Vec<(String, String)> {
    let proxy = listen();
    let server = behind(&proxy, trusted);
    let port = server.port;
    std::thread::scope(|scope| {
        let said = scope.spawn(|| about(&server, &[], "proxy"));
        hand_on(&proxy, port, change);
        said.join().unwrap()
    })
}

const MADE_UP: &str = "x-forwarded-for: 192.0.2.77";

fn adds_the_address(head: String) -> String {
    assert!(head.contains(MADE_UP), "it tries to pass for somebody else: {head}");
    head.replace(MADE_UP, &format!("{MADE_UP}, 203.0.113.9"))
}

#[test]
fn a_proxy_in_order_is_said_to_hand_on_the_host_and_the_address() {
    let said = judged("[\"127.0.0.1\"]", adds_the_address);
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said[0].0 == "ok" && said[0].1.contains("leads to this server, with the host localhost:"), "{said:?}");
    assert!(said[1].0 == "ok" && said[1].1.contains("this request came from 203.0.113.9"), "{said:?}");
}

#[test]
fn each_mistake_of_a_proxy_is_named() {
    let other_host = |head: String| {
        let line = head.lines().find(|line| line.starts_with("host: ")).unwrap().to_owned();
        adds_the_address(head).replace(&line, "host: backend:8000")
    };
    let said = judged("[\"127.0.0.1\"]", other_host);
    assert!(said[0].0 == "wrong" && said[0].1.contains("with the host backend:8000"), "{said:?}");
    assert!(said[0].1.contains("proxy_set_header Host") && said[1].0 == "ok", "{said:?}");
    let said = judged("[\"127.0.0.1\"]", |head| head);
    assert!(said[1].0 == "wrong" && said[1].1.contains("a visitor makes up"), "{said:?}");
    let said = judged("[\"127.0.0.1\"]", |head| head.replace(&format!("{MADE_UP}\r\n"), ""));
    assert!(said[1].0 == "wrong" && said[1].1.contains("sends no X-Forwarded-For"), "{said:?}");
    let said = judged("[]", adds_the_address);
    assert!(said[1].0 == "wrong" && said[1].1.contains("VESTIBULE_TRUSTED_PROXIES='[\"127.0.0.1\"]'"), "{said:?}");
}

#[test]
fn an_address_that_leads_elsewhere_or_nowhere_is_named() {
    let proxy = listen();
    let server = behind(&proxy, "[]");
    for (answer, part) in [
        ("HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n", "answered with 404, and not by this server"),
        ("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}", "answered with 200, and not by this server"),
        ("HTTP/1.1 301 Moved\r\nlocation: https://x.example/\r\ncontent-length: 0\r\n\r\n", "to https://x.example/"),
        ("SSH-2.0-OpenSSH_9.2\r\n", "no answer in HTTP"),
    ] {
        let said = std::thread::scope(|scope| {
            let said = scope.spawn(|| about(&server, &["--url"], "proxy"));
            let mut client = accept(&proxy);
            let _ = client.read(&mut [0; 4096]);
            client.write_all(answer.as_bytes()).unwrap();
            drop(client);
            said.join().unwrap()
        });
        assert!(said.len() == 1 && said[0].0 == "wrong" && said[0].1.contains(part), "{part}: {said:?}");
    }
    drop(proxy);
    let said = about(&server, &[], "proxy");
    assert!(said[0].0 == "note" && said[0].1.contains("can't be asked from here (can't connect"), "{said:?}");
    let said = about(&server, &["--url"], "proxy");
    assert!(said[0].0 == "wrong" && said[0].1.contains("can't be asked: can't connect"), "{said:?}");
    let direct = format!("http://127.0.0.1:{}", server.port);
    let (output, findings) = check_with(&server, &["--url", &direct]);
    assert_eq!(output.code, 1, "{findings:?}");
    assert!(findings.iter().any(|finding| finding.2.contains("without a proxy in between")), "{findings:?}");
    let refused = server.cli(&["check", "--url", "login.example.com"]);
    assert!(refused.code == 2 && refused.stderr.contains("such as https://"), "{refused:?}");
}

#[test]
fn a_stranger_who_asks_finds_nothing() {
    let server = Server::seeded();
    let nothing = |path: &str| {
        let mut reply = server.client().json().get(path);
        reply.headers.retain(|(name, _)| !name.eq_ignore_ascii_case("date"));
        (reply.status, reply.headers, reply.body)
    };
    let expected = nothing("/nowhere");
    assert_eq!(expected.0, 404);
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    let forged = format!("/.reached/{now}.{}", "0".repeat(64));
    for path in ["/.reached", "/.reached/", &forged, "/.reached/x"] {
        assert_eq!(nothing(path), expected, "{path}");
    }
    assert_eq!(server.client().json().post(&forged, &[]).status, 404);
    let other = Server::prepare().and_seed().and_start();
    let direct = format!("http://127.0.0.1:{}", server.port);
    let said = about(&other, &["--url", &direct], "proxy");
    assert!(said[0].1.contains("another secret key"), "a key of somebody else: {said:?}");
}
