//! Where people reach the server: `public_url`, or loopback only.

use super::refused;
use crate::support::Server;

#[test]
fn an_address_that_others_can_reach_needs_a_public_url() {
    for address in ["0.0.0.0", "::", "192.0.2.1", "::ffff:192.0.2.1"] {
        refused(&Server::prepare().with("ROCKET_ADDRESS", address), &["`address`", "vestibule.public_url"]);
    }
}

#[test]
fn plain_http_for_others_is_refused_unless_one_insists() {
    for url in ["http://login.example.com", "http://192.0.2.1", "http://localhost.example.com", "http://[2001:db8::1]"]
    {
        let server = Server::prepare().with("VESTIBULE_PUBLIC_URL", url);
        refused(&server, &["vestibule.public_url", "vestibule.allow_insecure_http"]);
    }
    let server = Server::prepare().and_seed().public("http://login.example.com");
    let server = server.with("VESTIBULE_ALLOW_INSECURE_HTTP", "true").and_start();
    let mut client = server.client().with("Host", "login.example.com");
    assert_eq!(client.log_in("roy", "roy").leads_to(), (303, "/"));
    assert!(client.jar.contains_key("session"));
}

#[test]
fn plain_http_on_loopback_is_fine() {
    for (url, host) in [
        ("http://localhost", "localhost"),
        ("http://127.0.0.1:9999", "127.0.0.1:9999"),
        ("http://[::1]:81/", "[::1]:81"),
    ] {
        let server = Server::prepare().and_seed().public(url).and_start();
        let mut client = server.client().with("Host", host);
        assert_eq!(client.log_in("roy", "roy").leads_to(), (303, "/"), "{url}");
        assert!(client.with("Sec-Fetch-Site", "same-origin").is_signed_in());
        let mut foreign =
            server.client().with("Host", host).with("Origin", &format!("http://127.0.0.1:{}", server.port));
        assert_eq!(foreign.log_in("roy", "roy").status, 403, "only the public one is ours");
    }
}

#[test]
fn a_public_url_is_an_origin_and_nothing_more() {
    for url in [
        "login.example.com",
        "login.example.com:443",
        "https://",
        "https://login.example.com/path",
        "https://login.example.com/?x",
        "https://login.example.com/#x",
        "https://user@login.example.com",
        "https://user:secret@login.example.com",
        "ftp://login.example.com",
        "javascript:alert(1)",
        "//login.example.com",
        "https://login example.com",
        "",
    ] {
        let server = Server::prepare().with("VESTIBULE_PUBLIC_URL", url);
        refused(&server, &["public_url", "VESTIBULE_PUBLIC_URL", "https://login.example.com, without a path"]);
    }
}

#[test]
fn the_origin_check_follows_the_public_url() {
    let server = Server::prepare().and_seed().public("https://login.example.com").and_start();
    let client = server.client().with("Host", "login.example.com");
    for (origin, status) in [
        ("https://login.example.com", 303),
        ("http://login.example.com", 403),
        ("https://login.example.com:8443", 403),
        ("https://example.com", 403),
        ("https://evil.login.example.com", 403),
        ("https://login.example.com.evil.example", 403),
        ("http://localhost:8000", 403),
        ("null", 403),
    ] {
        assert_eq!(client.with("Origin", origin).log_in("roy", "roy").status, status, "{origin}");
    }
}
