//! Under which names the server answers.

use crate::support::{Reply, Server};

fn ask(server: &Server, line: &str, hosts: &[&str]) -> Reply {
    let hosts: String = hosts.iter().map(|host| format!("Host: {host}\r\n")).collect();
    server.client().raw(format!("{line}\r\n{hosts}Accept: text/html\r\nConnection: close\r\n\r\n").as_bytes())
}

#[test]
fn loopback_answers_under_its_three_names() {
    let server = Server::seeded();
    let port = server.port;
    for name in ["127.0.0.1", "localhost", "[::1]", "LOCALHOST", "LocalHost"] {
        let reply = ask(&server, "GET /login HTTP/1.1", &[&format!("{name}:{port}")]);
        assert_eq!(reply.status, 200, "{name}");
    }
    let other = if port == 65535 { 1 } else { port + 1 };
    for host in [
        "evil.example".to_owned(),
        format!("evil.example:{port}"),
        "127.0.0.1".to_owned(),
        "localhost".to_owned(),
        "127.0.0.1:80".to_owned(),
        format!("127.0.0.1:{other}"),
        format!("localhost.:{port}"),
        format!("a.localhost:{port}"),
        format!("127.0.0.2:{port}"),
        format!("127.1:{port}"),
        format!("2130706433:{port}"),
        format!("0.0.0.0:{port}"),
        format!("::1:{port}"),
        format!("[::ffff:127.0.0.1]:{port}"),
        format!("user@localhost:{port}"),
        format!("localhost:{port}/login"),
        format!("localhost:{port}@evil.example"),
        format!("localhost:0{port}"),
        format!("localhost:{port}, evil.example"),
    ] {
        let reply = ask(&server, "GET /login HTTP/1.1", &[&host]);
        assert!(matches!(reply.status, 421 | 400), "{host}: {}", reply.status);
        assert!(!reply.body.contains("<form"), "{host}");
    }
    assert_eq!(ask(&server, "GET /login HTTP/1.1", &["evil.example"]).status, 421);
}

#[test]
fn a_request_has_exactly_one_host() {
    let server = Server::seeded();
    let ours = format!("127.0.0.1:{}", server.port);
    for hosts in [
        vec![],
        vec![""],
        vec![ours.as_str(), ours.as_str()],
        vec![ours.as_str(), "evil.example"],
        vec!["evil.example", ours.as_str()],
        vec![ours.as_str(), ""],
    ] {
        let reply = ask(&server, "GET /login HTTP/1.1", &hosts);
        let empty = hosts == [""];
        assert_eq!(reply.status, if empty { 421 } else { 400 }, "{hosts:?}");
    }
    assert_eq!(ask(&server, "GET /login HTTP/1.0", &[]).status, 400, "an old client has to say it too");
    assert_eq!(ask(&server, "GET /login HTTP/1.0", &[&ours]).status, 200);
}

#[test]
fn a_host_has_one_port_at_most() {
    let server = Server::seeded();
    let port = server.port;
    for host in [
        format!("127.0.0.1:{port}:80"),
        format!("localhost:{port}:80"),
        format!("[::1]:{port}:80"),
        format!("127.0.0.1:80:{port}"),
        format!("127.0.0.1::{port}"),
        format!("127.0.0.1:{port}x"),
        format!("127.0.0.1:{port} "),
        format!("[::1:{port}"),
        format!("[::1]x:{port}"),
        "evil.example:80:80".to_owned(),
    ] {
        let status = ask(&server, "GET /login HTTP/1.1", &[&host]).status;
        // White space around a value is no part of it (RFC 9110, 5.5).
        assert_eq!(status, if host.ends_with(' ') { 200 } else { 400 }, "{host}");
    }
    let public = Server::prepare().public("https://login.example.com").and_start();
    for (host, status) in [
        ("login.example.com:443", 200),
        ("login.example.com:443:443", 400),
        ("login.example.com:", 421),
        ("login.example.com:443443", 421),
    ] {
        assert_eq!(ask(&public, "GET /login HTTP/1.1", &[host]).status, status, "{host}");
    }
    let odd = Server::prepare().public("https://[2001:db8::1]:8443").and_start();
    for (host, status) in [("[2001:db8::1]:8443", 200), ("[2001:db8::1]", 421), ("[2001:db8::1]:8443:443", 400)] {
        assert_eq!(ask(&odd, "GET /login HTTP/1.1", &[host]).status, status, "{host}");
    }
}

#[test]
fn a_foreign_host_reaches_no_route_and_writes_nothing() {
    let server = Server::seeded();
    let counts = server.row_counts();
    let body = "username=roy&password=roy";
    let head = |host: &str| {
        format!(
            "POST /login HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )
    };
    let reply = server.client().raw(head("evil.example").as_bytes());
    assert_eq!((reply.status, reply.all("set-cookie").count()), (421, 0));
    let mut browser = server.admin();
    let counts_after_login = server.row_counts();
    assert_ne!(counts, counts_after_login);
    for path in ["/logout", "/", "/login"] {
        let reply = browser.clone().with("Host", "evil.example").get(path);
        assert_eq!((reply.status, reply.all("set-cookie").count()), (421, 0), "{path}");
        assert!(!reply.body.contains("Admin"), "a stranger's page");
    }
    assert_eq!(server.row_counts(), counts_after_login);
    assert!(browser.is_signed_in());
}

#[test]
fn a_target_in_absolute_form_does_not_get_around_the_check() {
    let server = Server::seeded();
    let ours = format!("127.0.0.1:{}", server.port);
    let own = ask(&server, &format!("GET http://{ours}/login HTTP/1.1"), &[&ours]);
    assert_eq!(own.status, 200);
    for (target, host) in [
        ("http://evil.example/login".to_owned(), "evil.example"),
        (format!("http://{ours}/login"), "evil.example"),
        (format!("http://user:secret@{ours}/login"), "evil.example"),
    ] {
        let reply = ask(&server, &format!("GET {target} HTTP/1.1"), &[host]);
        assert!(matches!(reply.status, 421 | 400), "{target} to {host}: {}", reply.status);
    }
    for target in ["*", "login", "//evil.example/login", "http://", "?x", "/ /", "/\\evil", "http:///login"] {
        let reply = ask(&server, &format!("GET {target} HTTP/1.1"), &[&ours]);
        assert!((400..500).contains(&reply.status), "{target}: {}", reply.status);
    }
}

#[test]
fn a_public_server_answers_under_its_public_name_only() {
    let server = Server::prepare().and_seed().public("https://login.example.com").and_start();
    let port = server.port;
    for host in ["login.example.com", "LOGIN.example.COM", "login.example.com:443"] {
        assert_eq!(ask(&server, "GET /login HTTP/1.1", &[host]).status, 200, "{host}");
    }
    for host in [
        "example.com",
        "evil.login.example.com",
        "login.example.com.",
        "login.example.com:80",
        "login.example.com:8443",
        "localhost",
        &format!("127.0.0.1:{port}"),
        &format!("login.example.com:{port}"),
    ] {
        assert_eq!(ask(&server, "GET /login HTTP/1.1", &[host]).status, 421, "{host}");
    }
    let forwarded = server.client().with("X-Forwarded-Host", "login.example.com").get("/login");
    assert_eq!(forwarded.status, 421, "X-Forwarded-Host is not believed");
    let mut roy = server.client().with("Host", "login.example.com").with("X-Forwarded-Host", "evil.example");
    assert_eq!(roy.log_in("roy", "roy").leads_to(), (303, "/"), "no link is made of a header");
}

#[test]
fn the_page_of_a_wrong_host_has_its_style_sheet_and_nothing_else_is_there() {
    let server = Server::seeded();
    let get = |path: &str| ask(&server, &format!("GET {path} HTTP/1.1"), &["evil.example"]);
    let page = get("/");
    assert!(page.status == 421 && !page.says("Back to home"), "home is not there: {}", page.body);
    let sheet = page.body.split("rel=\"stylesheet\" href=\"").nth(1).unwrap().split('"').next().unwrap();
    let sheet = get(&sheet.replace("&#x2F;", "/"));
    assert_eq!((sheet.status, sheet.header("content-type")), (200, Some("text/css; charset=utf-8")));
    assert!(sheet.all("set-cookie").next().is_none() && sheet.header("content-security-policy").is_some());
    for path in ["/login", "/robots.txt", "/staticx", "/api/v1/openapi.json"] {
        assert_eq!(get(path).status, 421, "{path}");
    }
    for path in ["/static/0/nothing", "/static/../login"] {
        assert_eq!(get(path).status, 404, "{path}");
    }
}
