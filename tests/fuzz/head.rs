//! Heads of requests as they come over the wire: whatever they say, the answer is never that the server failed.

use std::cell::RefCell;

use crate::support::Server;
use crate::wire::Wire;
use crate::{inputs, run};

const SAMPLES: &[&str] = &[
    "GET /login?next=%2Ftodos HTTP/1.1\r\nHost: {host}\r\nAccept: text/html",
    "POST /login HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/x-www-form-urlencoded\r\nOrigin: http://{host}",
    "PUT /api/v1/me/data HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer x.y.z\r\nContent-Type: application/json",
    "OPTIONS /api/v1/tokens HTTP/1.1\r\nHost: {host}\r\nOrigin: https://a.example\r\nAccess-Control-Request-Method: POST",
    "GET /todos/0190/edit HTTP/1.0\r\nHost: {host}\r\nCookie: session=x; device=y\r\nX-Forwarded-For: 10.0.0.1",
    "GET /static/x/style.css HTTP/1.1\r\nHost: {host}\r\nIf-None-Match: *\r\nRange: bytes=0-1",
];
const PIECES: &[&str] = &[
    "GET ",
    "POST ",
    "DELETE ",
    "TRACE ",
    "CONNECT ",
    " HTTP/1.1",
    " HTTP/1.0",
    " HTTP/2.0",
    "\r\n",
    "\n",
    ":",
    ": ",
    "/",
    "//",
    "/..",
    "/./",
    "?",
    "#",
    "%",
    "%00",
    "%ff",
    "%2f",
    "%zz",
    "[",
    "]",
    "{",
    "}",
    "<id..>",
    "http://{host}",
    "*",
    "{host}",
    "Host: ",
    "Host: other",
    "Cookie: ",
    "Accept: a/b,",
    "Content-Type: multipart/form-data; boundary=",
    "Content-Type: text/html; charset=\"",
    "Authorization: Basic ",
    "X-Access-Token: a",
    "Sec-Fetch-Site: cross-site",
    "Origin: null",
    "Connection: close",
    "Connection: upgrade",
    "/api/v1/todos?limit=",
    "/api/",
    "/.refused",
    "&sort=",
    "after=",
    "next=//",
];

#[test]
fn a_head_is_answered_or_refused_and_never_the_servers_fault() {
    let server = Server::seeded();
    let host = format!("127.0.0.1:{}", server.port);
    let wire = RefCell::new(Wire::to(server.port));
    run::fuzz_process(server.id(), inputs::bytes(SAMPLES, PIECES), |head| {
        // What comes behind the head would be waited for, or be another request.
        let head = String::from_utf8_lossy(&head).replace("{host}", &host);
        let head = head.trim_start_matches(['\r', '\n']).replace("\n\r\n", "\n ").replace("\n\n", "\n ");
        let lower = head.to_ascii_lowercase();
        let announced =
            ["content-length", "transfer-encoding", "head", "expect"].iter().any(|name| lower.contains(name));
        if head.is_empty() || announced {
            return;
        }
        let (status, said) = wire.borrow_mut().ask(format!("{head}\r\n\r\n").as_bytes());
        assert!((200..500).contains(&status) || status == 505, "{status}: {said}");
    });
    let said = server.stderr();
    assert!(!said.contains("panicked"), "{said}");
}
