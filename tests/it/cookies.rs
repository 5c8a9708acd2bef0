//! The session cookie: its attributes, and everything that looks like it and isn't.

use crate::support::{Client, Reply, Server};

fn with_cookies(server: &Server, lines: &[&str]) -> Client {
    lines.iter().fold(server.client(), |client, line| client.with("Cookie", line))
}

fn header_for(browser: &Client) -> String {
    format!("session={}", browser.jar["session"])
}

/// The one Set-Cookie that starts so.
fn set_cookie(reply: &Reply, start: &str) -> String {
    let cookies: Vec<&str> = reply.all("set-cookie").filter(|cookie| cookie.starts_with(start)).collect();
    assert_eq!(cookies.len(), 1, "{start}: {reply:?}");
    cookies[0].to_owned()
}

#[test]
fn the_attributes_are_exactly_these() {
    let server = Server::seeded();
    let mut browser = server.client().browsing();
    let reply = browser.log_in("roy", "roy");
    let cookie = set_cookie(&reply, "session=");
    assert_eq!(cookie.split_once("; ").unwrap().1, "HttpOnly; SameSite=Lax; Path=/");
    let device = set_cookie(&reply, "device=");
    assert!(device.contains("; HttpOnly; SameSite=Lax; Path=/; Max-Age="), "{device}");
    let gone = browser.post("/logout", &[]);
    let gone = set_cookie(&gone, "session=");
    assert!(gone.starts_with("session=; HttpOnly; SameSite=Lax; Path=/; Max-Age=0; Expires="), "{gone}");
}

#[test]
fn behind_https_the_name_has_the_prefix_that_browsers_protect() {
    let server = Server::prepare().and_seed().public("https://login.example.com").and_start();
    let browser = server.client().with("Host", "login.example.com");
    let mut roy = browser.clone();
    let reply = roy.log_in("roy", "roy");
    let cookie = set_cookie(&reply, "__Host-session=");
    assert_eq!(cookie.split_once("; ").unwrap().1, "HttpOnly; SameSite=Lax; Secure; Path=/");
    assert!(set_cookie(&reply, "__Host-device=").contains("; Secure;"));
    assert!(roy.is_signed_in());
    let value = roy.jar["__Host-session"].clone();
    let flash = browser.clone().log_in("roy", "wrong").header("set-cookie").unwrap().to_owned();
    assert!(flash.starts_with("__Host-flash=") && flash.contains("; Secure;"), "{flash}");

    for twin in [
        format!("session={value}"),
        format!("__host-session={value}"),
        format!("__Host%2Dsession={value}"),
        format!("%5F%5FHost-session={value}"),
        format!("\u{a0}__Host-session={value}"),
        format!("__Host-session\u{2003}={value}"),
        format!("=__Host-session={value}"),
        format!("__Host-session={value}; __Host-session=x"),
        format!("__Host-session={value}; %5f_Host-session={value}"),
    ] {
        assert!(!browser.with("Cookie", &twin).is_signed_in(), "{twin}");
    }
    assert!(browser.with("Cookie", &format!("a=b; __Host-session={value}; session=x")).is_signed_in());
}

#[test]
fn a_cookie_that_was_tampered_with_is_nobodys() {
    let server = Server::seeded();
    let browser = server.admin();
    let value = &browser.jar["session"];
    let mut odd: Vec<String> = Vec::new();
    for place in 0..value.len() {
        let mut flipped = value.clone().into_bytes();
        flipped[place] = if flipped[place] == b'A' { b'B' } else { b'A' };
        odd.push(String::from_utf8(flipped).unwrap());
    }
    odd.extend((0..value.len()).step_by(7).map(|length| value[..length].to_owned()));
    odd.extend((1..value.len()).step_by(7).map(|start| value[start..].to_owned()));
    odd.extend([
        format!("{value}A"),
        format!("A{value}"),
        format!("{value}{value}"),
        value.to_lowercase(),
        "=".repeat(100),
        "A".repeat(5000),
        "%".to_owned(),
        "%00".to_owned(),
        "%ff%fe".to_owned(),
        "\u{fffd}".to_owned(),
        "\"\"".to_owned(),
        "null".to_owned(),
        "0".to_owned(),
        "../../etc/passwd".to_owned(),
        "' OR '1'='1".to_owned(),
    ]);
    for value in odd {
        assert!(!with_cookies(&server, &[&format!("session={value}")]).is_signed_in(), "{value}");
    }
    assert!(with_cookies(&server, &[&header_for(&browser)]).is_signed_in());
}

#[test]
fn ciphertext_of_another_server_or_for_another_purpose_is_nobodys() {
    let (server, other) = (Server::seeded(), Server::seeded());
    let theirs = header_for(&other.admin());
    assert!(!with_cookies(&server, &[&theirs]).is_signed_in());

    let mut browser = server.admin();
    let session = browser.jar["session"].clone();
    browser.log_in("admin", "wrong");
    let flash = browser.jar["flash"].clone();
    assert!(!with_cookies(&server, &[&format!("session={flash}")]).is_signed_in());
    let page = with_cookies(&server, &[&format!("flash={session}")]).get("/login");
    assert_eq!((page.status, page.says("role=\"alert\"")), (200, false));
}

#[test]
fn a_session_of_someone_else_is_that_of_someone_else() {
    let server = Server::seeded();
    let roy = server.signed_in("roy", "roy");
    server.signed_in("python", "python");
    assert!(with_cookies(&server, &[&header_for(&roy)]).get("/").says("Hello, Roy!"));
    server.execute("DELETE FROM sessions WHERE user_id = (SELECT id FROM users WHERE username = 'roy')");
    server.let_a_second_pass();
    assert!(!with_cookies(&server, &[&header_for(&roy)]).is_signed_in());
}

#[test]
fn exactly_one_cookie_under_its_exact_name_counts() {
    let server = Server::seeded();
    let browser = server.admin();
    let value = &browser.jar["session"];
    let own = header_for(&browser);
    for lines in [
        vec![format!("{own}; {own}")],
        vec![format!("{own}; session=x")],
        vec![format!("session=x; {own}")],
        vec![format!("{own}; session=")],
        vec![format!("{own}; session")],
        vec![format!("session; {own}")],
        vec![own.clone(), own.clone()],
        vec![own.clone(), "session=x".to_owned()],
        vec!["session=x".to_owned(), own.clone()],
        vec![format!("%73ession={value}")],
        vec![format!("sessio%6E={value}")],
        vec![format!("%73%65%73%73%69%6f%6e={value}")],
        vec![format!("{own}; %73ession=x")],
        vec![format!("%73ession=x; {own}")],
        vec![format!("Session={value}")],
        vec![format!("SESSION={value}")],
        vec![format!("\u{a0}session={value}")],
        vec![format!("session\u{2003}={value}")],
        vec![format!("\u{feff}session={value}")],
        vec![format!("\u{b}session={value}")],
        vec![format!("session%20={value}")],
        vec![format!("{own}; \u{2003}session=x")],
        vec![format!("\"session\"={value}")],
        vec![format!("ſession={value}")],
        vec![format!("ｓession={value}")],
    ] {
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        assert!(!is_signed_in_or_refused(with_cookies(&server, &lines)), "{lines:?}");
    }
    for fine in [
        format!("a=b; {own}"),
        format!("a=b;{own};c=d"),
        format!("{own}; SESSION=x"),
        format!("a=b; {own}; x-session=y; session2=z; sessions=w"),
        format!(" {own} "),
    ] {
        assert!(with_cookies(&server, &[&fine]).is_signed_in(), "{fine}");
    }
    assert!(with_cookies(&server, &["a=b", &own]).is_signed_in());
}

/// Bytes that no header may hold are refused before a cookie is looked for.
fn is_signed_in_or_refused(mut client: Client) -> bool {
    match client.get("/").leads_to() {
        (400, _) | (303, "/login") => false,
        (200, _) => true,
        other => panic!("{other:?}"),
    }
}

#[test]
fn odd_cookie_headers_are_no_error() {
    let server = Server::seeded();
    for line in ["", ";", ";;;=;=;", "=", "session", "session=", "a;b;c", "flash=", "flash=%", &"a=b; ".repeat(1000)] {
        assert!(!with_cookies(&server, &[line]).is_signed_in(), "{line}");
        assert_eq!(with_cookies(&server, &[line]).get("/login").status, 200, "{line}");
    }
    let head = format!(
        "GET / HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\nAccept: text/html\r\nCookie: ",
        server.port
    );
    let reply = server.client().raw(&[head.as_bytes(), b"session=\xff\xfe\x80; flash=\xff\r\n\r\n"].concat());
    assert!(matches!(reply.status, 303 | 400), "{reply:?}");
}

#[test]
fn a_cookie_of_another_site_that_is_no_text_hides_neither_the_session_nor_its_twin() {
    let server = Server::seeded();
    let session = header_for(&server.signed_in("roy", "roy"));
    let home = |lines: &[&[u8]]| {
        let head =
            format!("GET / HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\nAccept: text/html\r\n", server.port);
        let lines = lines.iter().map(|line| [b"Cookie: ", *line, b"\r\n"].concat());
        let head: Vec<u8> = std::iter::once(head.into_bytes()).chain(lines).flatten().collect();
        server.client().raw(&[head.as_slice(), b"\r\n"].concat()).status
    };
    let session = session.as_bytes();
    assert_eq!(home(&[session]), 200);
    assert_eq!(home(&[&[b"theirs=\xff; ", session].concat()]), 200, "beside it");
    assert_eq!(home(&[&[b"session=\xff; ", session].concat()]), 303, "two of them");
    assert_eq!(home(&[b"session=\xff", session]), 303, "two of them, in two lines");
    assert_eq!(home(&[&[session, b"\xff"].concat()]), 303, "not as we set it");
}
