//! What is the same for everyone is sent in gzip to whoever takes it; what holds a secret is not.

use std::io::{Read, Write};
use std::net::TcpStream;

use crate::support::Server;

/// The answer's head in lower case, and its body.
fn ask(server: &Server, path: &str, headers: &str) -> (String, Vec<u8>) {
    let mut stream = TcpStream::connect(("127.0.0.1", server.port)).unwrap();
    let host = format!("Host: 127.0.0.1:{}\r\nAccept: text/html\r\nConnection: close", server.port);
    write!(stream, "GET {path} HTTP/1.1\r\n{host}\r\n{headers}\r\n").unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    let end = answer.windows(4).position(|bytes| bytes == b"\r\n\r\n").unwrap();
    let body = answer.split_off(end + 4);
    (String::from_utf8(answer).unwrap().to_lowercase(), body)
}

fn unpacked(bytes: &[u8]) -> Vec<u8> {
    let mut text = Vec::new();
    flate2::read::GzDecoder::new(bytes).read_to_end(&mut text).expect("gzip");
    text
}

fn linked(page: &[u8], file: &str) -> String {
    let page = String::from_utf8_lossy(page);
    let link = page.split("href=\"").map(|link| link.split('"').next().unwrap()).find(|link| link.ends_with(file));
    link.unwrap_or_else(|| panic!("{file} is not linked")).to_owned()
}

fn tag(head: &str) -> Option<&str> {
    head.lines().find_map(|line| line.strip_prefix("etag: "))
}

#[test]
fn pages_for_strangers_and_texts_come_in_gzip_to_whoever_takes_it() {
    let server = Server::seeded();
    let (_, login) = ask(&server, "/login", "");
    assert!(login.len() < 4096, "the login page has {} bytes", login.len());
    let (sheet, icon) = (linked(&login, "style.css"), linked(&login, "favicon.svg"));
    for path in ["/login", "/api", "/api/v1/openapi.json", &sheet, &icon] {
        let (head, plain) = ask(&server, path, "");
        assert!(head.contains("\r\nvary: accept-encoding") && !head.contains("content-encoding"), "{path}: {head}");
        for takes in ["gzip", "br, GZIP;q=0.5", "deflate, gzip; q=1.0, *;q=0"] {
            let (head, packed) = ask(&server, path, &format!("Accept-Encoding: {takes}\r\n"));
            assert!(head.contains("\r\ncontent-encoding: gzip"), "{path}, {takes}: {head}");
            assert!(head.contains("\r\nvary: accept-encoding"), "{path}: {head}");
            assert!(head.contains(&format!("\r\ncontent-length: {}", packed.len())), "{path}: {head}");
            assert_eq!(unpacked(&packed), plain, "{path}");
            assert!(packed.len() < plain.len());
        }
        for refuses in ["identity", "gzip;q=0", "gzip;q=x", "br", "xgzip", ""] {
            let (head, body) = ask(&server, path, &format!("Accept-Encoding: {refuses}\r\n"));
            assert!(!head.contains("content-encoding") && body == plain, "{path}, {refuses}: {head}");
        }
    }
}

#[test]
fn each_encoding_of_a_static_file_has_an_entity_tag_of_its_own() {
    let server = Server::seeded();
    let (_, login) = ask(&server, "/login", "");
    let sheet = linked(&login, "style.css");
    let gzip = "Accept-Encoding: gzip\r\n";
    let (plain, packed) = (ask(&server, &sheet, "").0, ask(&server, &sheet, gzip).0);
    let (plain, packed) = (tag(&plain).expect("a tag"), tag(&packed).expect("a tag"));
    assert_ne!(plain, packed);
    for (tag, encoding, status) in [(plain, "", 304), (packed, gzip, 304), (plain, gzip, 200), (packed, "", 200)] {
        let (head, body) = ask(&server, &sheet, &format!("If-None-Match: \"x\", W/{tag}\r\n{encoding}"));
        assert!(head.starts_with(&format!("http/1.1 {status}")) && body.is_empty() == (status == 304), "{head}");
        assert!(head.contains("immutable") && head.contains("vary: accept-encoding"), "{head}");
    }
    // What is compressed already is sent as it is.
    let (head, face) = ask(&server, &linked(&login, "heading.woff2"), gzip);
    assert!(!head.contains("content-encoding") && face.starts_with(b"wOF2"), "{head}");
}

#[test]
fn what_holds_a_secret_is_never_compressed() {
    let server = Server::seeded();
    let jar = server.signed_in("roy", "roy").jar;
    let cookie = jar.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ");
    assert!(ask(&server, "/", &format!("Cookie: {cookie}\r\n")).0.starts_with("http/1.1 200"));
    for path in ["/", "/todos", "/todos/new", "/api", "/nowhere", "/login?next=/todos"] {
        let (head, _) = ask(&server, path, &format!("Accept-Encoding: gzip\r\nCookie: {cookie}\r\n"));
        assert!(!head.contains("content-encoding"), "{path}: {head}");
    }
    // A stranger who came from somewhere sees a page of their own.
    assert!(!ask(&server, "/login?next=/todos", "Accept-Encoding: gzip\r\n").0.contains("content-encoding"));
}

#[test]
fn browsers_and_crawlers_find_what_they_look_for_at_fixed_addresses() {
    let server = Server::seeded();
    let icon = server.client().get("/favicon.ico");
    assert_eq!(icon.status, 303);
    let (head, picture) = ask(&server, icon.header("location").unwrap(), "");
    assert!(head.contains("image/png") && picture.starts_with(b"\x89PNG"), "{head}");
    assert_eq!(server.client().get("/robots.txt").body, "User-agent: *\nDisallow:\n");
}
