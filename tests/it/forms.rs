//! What a body may be: everything else is refused, and nothing is a 500.

use crate::support::{Reply, Server};

const FORM: &str = "application/x-www-form-urlencoded";

fn post(server: &Server, body: &str) -> Reply {
    server.client().send("POST", "/login", Some(FORM), body)
}

/// Sends these bytes as a form.
fn post_bytes(server: &Server, body: &[u8]) -> Reply {
    let head = format!(
        "POST /login HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\nContent-Type: {FORM}\r\nContent-Length: {}\r\n\r\n",
        server.port,
        body.len()
    );
    server.client().raw(&[head.as_bytes(), body].concat())
}

#[test]
fn a_form_of_another_content_type_is_415() {
    let server = Server::seeded();
    let body = "username=roy&password=roy";
    for content_type in [
        None,
        Some("text/plain"),
        Some("text/html"),
        Some("application/xml"),
        Some("application/octet-stream"),
        Some("multipart/form-data"),
        Some("multipart/form-data; boundary=x"),
        Some("application/x-www-form-urlencodedx"),
        Some("x/application/x-www-form-urlencoded"),
        Some("text/plain; application/x-www-form-urlencoded"),
        Some(""),
        Some("nonsense"),
    ] {
        let reply = server.client().send("POST", "/login", content_type, body);
        assert_eq!((reply.status, reply.all("set-cookie").count()), (415, 0), "{content_type:?}");
    }
    let parts = "--x\r\nContent-Disposition: form-data; name=\"username\"\r\n\r\nroy\r\n--x--\r\n";
    assert_eq!(server.client().send("POST", "/login", Some("multipart/form-data; boundary=x"), parts).status, 415);
    for fine in [FORM, "application/x-www-form-urlencoded; charset=utf-8", "Application/X-WWW-Form-Urlencoded"] {
        assert_eq!(server.client().send("POST", "/login", Some(fine), body).leads_to(), (303, "/"), "{fine}");
    }
    assert_eq!(server.sessions(), 3);
}

#[test]
fn a_body_may_have_16_kib() {
    let server = Server::seeded();
    let login = "username=roy&password=roy";
    let full = format!("{login}{}", "&".repeat(16 * 1024 - login.len()));
    assert_eq!(post(&server, &full).leads_to(), (303, "/"));
    assert_eq!(post(&server, &format!("{full}&")).status, 413, "one byte more");
    assert_eq!(post(&server, &format!("{login}{}", "x".repeat(2_000_000))).status, 413);
    let chunk = format!("{:x}\r\n{full}\r\n1\r\n&\r\n0\r\n\r\n", full.len());
    let head = format!(
        "POST /login HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\nContent-Type: {FORM}\r\nTransfer-Encoding: chunked\r\n\r\n",
        server.port
    );
    assert_eq!(server.client().raw(format!("{head}{chunk}").as_bytes()).status, 413, "without a length, too");
    assert_eq!(server.sessions(), 1);
}

#[test]
fn a_malformed_body_is_400() {
    let server = Server::seeded();
    for body in [
        "username=%",
        "username=%4",
        "username=%zz&password=x",
        "username=roy&password=%",
        "%=1",
        "username=%ff",
        "username=%ED%A0%80",
        "username=%C0%AF",
        "username=%u0041",
    ] {
        assert_eq!(post(&server, body).status, 400, "{body}");
    }
    for body in [b"\xff".as_slice(), b"username=\xc3", b"\x80=x", b"username=roy&password=\xf0\x28\x8c\x28"] {
        assert_eq!(post_bytes(&server, body).status, 400, "{body:?}");
    }
    assert_eq!(server.audit().iter().filter(|line| line.starts_with("login")).count(), 0);
}

#[test]
fn a_field_that_is_unknown_or_comes_twice_is_422_and_named() {
    let server = Server::seeded();
    let login = "username=roy&password=roy";
    for (more, field, message) in [
        ("role=admin", "role", "This form has no such field."),
        ("Username=roy", "Username", "This form has no such field."),
        ("user%6Eame=roy", "username", "This field was sent more than once."),
        ("username=admin", "username", "This field was sent more than once."),
        ("password=", "password", "This field was sent more than once."),
        ("password", "password", "This field was sent more than once."),
        ("remember&remember", "remember", "This field was sent more than once."),
        ("next=/a&next=//b", "next", "This field was sent more than once."),
        ("username[]=roy", "username[]", "This form has no such field."),
        ("=x", "", "This form has no such field."),
        ("%3Cb%3E=x", "<b>", "This form has no such field."),
    ] {
        for body in [format!("{login}&{more}"), format!("{more}&{login}")] {
            let page = post(&server, &body);
            assert_eq!((page.status, page.all("set-cookie").count()), (422, 0), "{body}");
            let shown = format!("{field}: {message}").replace('<', "&lt;").replace('>', "&gt;");
            assert!(page.body.contains(&format!("<li>{shown}</li>")), "{body}: {}", page.body);
            // The JSON door answers 400 here, as the system did that it replaces; it names the field too.
            let refused = server.client().json().send("POST", "/login", Some(FORM), &body);
            let said = refused.json()["message"].to_string();
            let named = said.contains(&format!("{field}: "));
            assert!(refused.status == 400 && (named || field.is_empty() || said.contains("object")), "{body}: {said}");
        }
    }
    let all = post(&server, &format!("{login}&a=1&b=2&username=x"));
    assert_eq!(all.body.matches("<li>").count(), 3, "all at once: {}", all.body);
    assert_eq!(server.sessions(), 0);
}

#[test]
fn no_form_changes_the_method_of_its_request() {
    let server = Server::seeded();
    let counts = server.row_counts();
    for start in ["_method", "%5Fmethod", "%5fmethod", "_%6Dethod", "%5F%6D%65%74%68%6F%64", "%5f%6d%65%74%68%6f%64"] {
        for rest in ["=GET", "=put", "=DELETE", "=HEAD", "", "s=x", "=", "=FOO", "&username=roy&password=roy"] {
            for path in ["/login", "/logout", "/", "/nowhere"] {
                let reply = server.client().send("POST", path, Some(FORM), &format!("{start}{rest}"));
                assert_eq!(reply.status, 400, "{start}{rest} to {path}");
                assert!(reply.says("A form can't change the method of its request."), "{start}{rest}");
            }
        }
    }
    for start in ["&_method=DELETE", "&&&_method=PUT", "&%5fmethod=GET"] {
        assert_eq!(post(&server, start).status, 400, "{start}");
    }
    assert_eq!(post(&server, "username=roy&password=roy&_method=DELETE").status, 422, "there it is a field like any");
    assert_eq!(server.row_counts(), counts);
    let multipart = "--x\r\nContent-Disposition: form-data; name=\"_method\"\r\n\r\nDELETE\r\n--x--\r\n";
    let reply = server.client().send("POST", "/login", Some("multipart/form-data; boundary=x"), multipart);
    assert_eq!(reply.status, 415);
}

#[test]
fn no_password_comes_back_in_an_error() {
    let server = Server::seeded();
    for body in
        ["username=&password=hunter2hunter2", "username=x&password=hunter2hunter2&x=y", "password=hunter2hunter2&%"]
    {
        for mut client in [server.client(), server.client().json()] {
            let reply = client.send("POST", "/login", Some(FORM), body);
            assert!(reply.status >= 400 && !reply.body.contains("hunter2"), "{body}: {}", reply.body);
        }
    }
}

#[test]
fn a_body_that_stops_arriving_is_408() {
    let server = Server::seeded();
    let head = format!(
        "POST /login HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\nAccept: text/html\r\nContent-Type: {FORM}\r\nContent-Length: 100\r\n\r\n",
        server.port
    );
    let waiting = server.client();
    let answer = std::thread::spawn(move || waiting.raw(format!("{head}username=roy&password=r").as_bytes()));
    assert_eq!(server.client().log_in("roy", "roy").leads_to(), (303, "/"), "nobody else waits");
    let answer = answer.join().unwrap();
    assert!(answer.status == 408 && answer.says("That took too long"), "{answer:?}");
}
