//! What the log says when a proxy and the settings don't fit: once a minute at most, and with what to set.

use crate::support::{Client, Server, wait_for};

/// The one line of the log with this in it.
fn line(server: &Server, text: &str) -> String {
    wait_for("the log", || server.stderr().contains(text).then_some(()));
    let said = server.stderr();
    let lines: Vec<&str> = said.lines().filter(|line| line.contains(text)).collect();
    assert_eq!(lines.len(), 1, "{lines:#?}");
    lines[0].to_owned()
}

fn ask(client: &Client, host: &str) -> u16 {
    client.raw(format!("GET /login HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").as_bytes()).status
}

#[test]
fn a_proxy_that_does_not_pass_on_the_host_is_told_of() {
    let server = Server::prepare().public("https://login.example.com").and_start();
    let client = server.client();
    for _ in 0..5 {
        assert_eq!(ask(&client, "127.0.0.1:8000"), 421);
    }
    assert_eq!(ask(&client, "login.example.com"), 200);
    let line = line(&server, "refused with 421");
    for part in [
        "WARN",
        "asked for the host \"127.0.0.1:8000\", but this server answers to login.example.com only",
        "pass on the Host header",
        "`public_url` (VESTIBULE_PUBLIC_URL)",
        "requests=1",
    ] {
        assert!(line.contains(part), "{part}: {line}");
    }
}

#[test]
fn without_a_public_url_it_says_what_to_set() {
    let server = Server::empty();
    assert_eq!(ask(&server.client(), "login.example.com"), 421);
    let line = line(&server, "refused with 421");
    let port = server.port;
    assert!(line.contains(&format!("127.0.0.1:{port}, localhost:{port}, [::1]:{port} only")), "{line}");
    assert!(line.contains("For people on other machines, set `public_url`"), "{line}");
}

#[test]
fn a_host_in_the_log_is_short_and_can_t_steer_a_terminal() {
    let server = Server::empty();
    assert_eq!(ask(&server.client(), &format!("\u{202e}\u{9b}{}", "x".repeat(4000))), 421);
    let line = line(&server, "refused with 421");
    assert!(line.is_ascii() && line.contains("\\u{202e}\\u{9b}xxx") && line.contains("xxx...\""), "{line}");
    assert!(line.len() < 800, "{}", line.len());
}

#[test]
fn a_proxy_that_is_not_trusted_is_told_of() {
    for header in ["X-Forwarded-For", "Forwarded", "X-Real-IP"] {
        let server = Server::empty();
        let client = server.client().with(header, "198.51.100.7");
        for _ in 0..5 {
            assert_eq!(client.clone().get("/login").status, 200);
        }
        let line = line(&server, "`trusted_proxies` does not have");
        assert!(line.contains("WARN") && line.contains("VESTIBULE_TRUSTED_PROXIES='[\"127.0.0.1\"]'"), "{line}");
        assert!(!line.contains("198.51"), "{line}");
    }
}

#[test]
fn one_that_is_trusted_has_to_send_the_header_that_is_read() {
    let trusting = || Server::prepare().with("VESTIBULE_TRUSTED_PROXIES", "[\"127.0.0.1\"]").and_start();
    let server = trusting();
    assert_eq!(server.client().with("Forwarded", "for=198.51.100.7").get("/login").status, 200);
    let line = line(&server, "not X-Forwarded-For");
    assert!(line.contains("the trusted proxy 127.0.0.1"), "{line}");

    let server = trusting();
    assert_eq!(server.client().with("X-Forwarded-For", "198.51.100.7").get("/login").status, 200);
    assert_eq!(server.client().get("/login").status, 200);
    assert!(!server.stderr().contains("X-Real-IP"), "all is well: {}", server.stderr());
}

#[test]
fn proxies_are_trusted_by_address_and_by_network() {
    for proxies in ["[\"127.0.0.1\"]", "[\"127.0.0.0/8\"]", "[\"::ffff:127.0.0.1\", \"::1\"]"] {
        let server = Server::prepare().with("VESTIBULE_TRUSTED_PROXIES", proxies).and_seed().and_start();
        server.client().with("X-Forwarded-For", "198.51.100.7").log_in("roy", "wrong");
        assert_eq!(
            server.sql("SELECT address FROM audit_events WHERE event = 'login.failed'"),
            ["198.51.100.7"],
            "{proxies}"
        );
    }
    let other = Server::prepare().with("VESTIBULE_TRUSTED_PROXIES", "[\"127.0.0.2\"]").and_seed().and_start();
    other.client().with("X-Forwarded-For", "198.51.100.7").log_in("roy", "wrong");
    assert_eq!(other.sql("SELECT address FROM audit_events WHERE event = 'login.failed'"), ["127.0.0.1"]);
}
