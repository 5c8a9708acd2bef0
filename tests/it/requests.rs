//! Methods and paths: what is not ours is refused politely, and what only reads never writes.

use crate::support::Server;

/// All times that the use of a session moves.
const TIMES: &str = "SELECT last_seen_at || ' ' || idle_expires_at || ' ' || expires_at FROM sessions";

#[test]
fn a_wrong_method_is_405_with_allow() {
    let server = Server::seeded();
    let page = server.client().get("/login").body;
    let sheet = page.split("href=\"").find(|part| part.starts_with("/static/")).unwrap().split('"').next().unwrap();
    for (path, allow) in [
        ("/", "GET, HEAD, OPTIONS"),
        ("/login", "GET, HEAD, OPTIONS, POST"),
        ("/logout", "GET, HEAD, OPTIONS, POST"),
        (sheet, "GET, HEAD, OPTIONS"),
    ] {
        for method in ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "POST"] {
            if allow.contains(method) {
                continue;
            }
            let reply = server.client().send(method, path, None, "");
            assert_eq!((reply.status, reply.header("allow")), (405, Some(allow)), "{method} {path}");
            let problem = server.client().json().send(method, path, None, "");
            assert_eq!((problem.status, problem.header("allow")), (405, Some(allow)), "{method} {path}");
        }
    }
    for method in ["PUT", "DELETE", "POST", "OPTIONS"] {
        let reply = server.client().send(method, "/nowhere", None, "");
        assert_eq!((reply.status, reply.header("allow")), (404, None), "{method}");
        assert_eq!(server.client().send(method, "/.refused", None, "").status, 404, "{method}");
    }
    for method in ["FOO", "get", "Post", "PROPFIND", "LOGIN"] {
        let reply = server.client().send(method, "/", None, "");
        assert_eq!((reply.status, reply.header("allow")), (405, Some("GET, HEAD, OPTIONS")), "{method}");
    }
    assert_eq!(server.client().send("CONNECT", "/", None, "").status / 100, 4);
}

#[test]
fn get_head_and_options_never_write() {
    let server = Server::seeded();
    let mut browser = server.admin();
    let asset = browser.get("/").body.split("href=\"").find(|part| part.starts_with("/static/")).unwrap().to_owned();
    let asset = asset.split('"').next().unwrap();
    let counts = server.row_counts();
    let times = server.sql(TIMES);
    for method in ["GET", "HEAD", "OPTIONS"] {
        for path in
            ["/", "/login", "/login?next=/x&username=roy&password=roy", "/logout", "/nowhere", "/.refused", asset]
        {
            let mut session = server.client();
            session.jar = browser.jar.clone();
            for mut client in [server.client(), server.client().json(), session] {
                for site in ["cross-site", "same-origin"] {
                    let status = client.clone().with("Sec-Fetch-Site", site).send(method, path, None, "").status;
                    assert!(status < 500, "{method} {path}");
                }
                // A body does not make it a write.
                let form = Some("application/x-www-form-urlencoded");
                client.send(method, path, form, "username=roy&password=roy&_method=POST");
            }
        }
    }
    assert_eq!(server.row_counts(), counts);
    assert_eq!(server.sql(TIMES), times);
    assert!(browser.is_signed_in());
}

#[test]
fn head_answers_as_get_does_without_the_body() {
    let server = Server::seeded();
    for path in ["/", "/login", "/nowhere"] {
        let get = server.client().get(path);
        let head = server.client().send("HEAD", path, None, "");
        assert_eq!((head.status, head.body.as_str()), (get.status, ""), "{path}");
        assert_eq!(head.header("content-type"), get.header("content-type"), "{path}");
        assert_eq!(head.header("location"), get.header("location"), "{path}");
    }
}

#[test]
fn odd_paths_are_not_found_and_nothing_worse() {
    let server = Server::seeded();
    let giant = format!("/{}", "a".repeat(8_000));
    let deep = "/a".repeat(2_000);
    for path in [
        "//",
        "///login",
        "/login/x",
        "/LOGIN",
        "/log%69n",
        "/%6cogin",
        "/%2flogin",
        "/login%2f",
        "/login%00",
        "/login%",
        "/%",
        "/%zz",
        "/%ff",
        "/%c0%af",
        "/..",
        "/../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/..%2f..%2fetc%2fpasswd",
        "/static/..%2f..%2fCargo.toml/x",
        "/static/%00/%00",
        "/static/x/style.css%00.png",
        "/;/login",
        "/login;x=y",
        "/?%",
        "/?%ff",
        "/login?%00=%00",
        "/<script>",
        "/'\"",
        "/{{7*7}}",
        "/|",
        "/^",
        "/~",
        "/login?next[]=x&next[a]=b",
        &giant,
        &format!("/login?next=/{}", "a".repeat(8_000)),
        &deep,
    ] {
        for mut client in [server.client(), server.client().json()] {
            for method in ["GET", "POST", "DELETE"] {
                let reply = client.send(method, path, None, "");
                assert!(reply.status < 500, "{method} {path}: {}", reply.status);
                assert!(!reply.body.contains("<script>") && !reply.body.contains("{{7*7}}49"), "{path}");
            }
        }
    }
    for raw in [
        b"GET /\xff\xfe HTTP/1.1\r\n".as_slice(),
        b"GET /a b HTTP/1.1\r\n",
        b"GET /\x00 HTTP/1.1\r\n",
        b"GET / HTTP/1.1\r\nX: \x01\r\n",
        b"GET / HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n",
        b"POST /login HTTP/1.1\r\nContent-Length: -1\r\n",
        b"POST /login HTTP/1.1\r\nTransfer-Encoding: chunked, gzip\r\n",
        b"GET / HTTP/9.9\r\n",
        b"GET\r\n",
    ] {
        let host = format!("Host: 127.0.0.1:{}\r\nConnection: close\r\n\r\n", server.port);
        let status = server.client().raw(&[raw, host.as_bytes()].concat()).status;
        assert!(status < 500, "{:?}: {status}", String::from_utf8_lossy(raw));
    }
    assert_eq!(server.client().get("/login").status, 200);
}

#[test]
fn odd_headers_are_no_error() {
    let server = Server::seeded();
    for (name, value) in [
        ("Accept", ""),
        ("Accept", "*"),
        ("Accept", "text/html;q=banana, application/json;q=99999999999999999999"),
        ("Accept", "/;,,;q"),
        ("Accept", "application/json;q=-1"),
        ("Content-Type", ";"),
        ("User-Agent", ""),
        ("X-Forwarded-For", "::::, not an address, 999.1.1.1"),
        ("Origin", "\t"),
        ("Referer", "%%%"),
        ("If-None-Match", "\"x"),
        ("Range", "bytes=9-1,-"),
        ("Accept-Encoding", "gzip;q=x"),
        ("Expect", "100-continue"),
        ("Cookie", "\u{1F36A}=\u{1F36A}"),
    ] {
        for path in ["/", "/login", "/nowhere"] {
            let status = server.client().with(name, value).get(path).status;
            assert!(status < 500, "{name}: {value}");
        }
    }
    let agent = "x".repeat(3_000) + "\u{fffd}";
    let mut browser = server.client().with("User-Agent", &agent);
    assert_eq!(browser.log_in("roy", "roy").leads_to(), (303, "/"));
    assert_eq!(server.sql("SELECT length(user_agent) FROM sessions"), ["255"], "cut");
}
