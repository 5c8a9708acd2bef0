//! Forms in parts (RFC 7578), as Postman's form-data and `curl -F` send them.

use std::process::Command;

use serde_json::Value;

use super::{TOKENS, code, is_valid};
use crate::support::{Client, Reply, Server};

const USERS: &str = "/api/v1/users";

/// Sends these parts.
fn parts(client: &mut Client, path: &str, fields: &[(&str, &str)]) -> Reply {
    let part = |(name, value): &(&str, &str)| {
        format!("--xyz\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let body: String = fields.iter().map(part).collect();
    client.send("POST", path, Some("multipart/form-data; boundary=xyz"), &format!("{body}--xyz--\r\n"))
}

fn open() -> Server {
    Server::prepare()
        .with("VESTIBULE_REGISTRATION", "open")
        .with("VESTIBULE_NETWORK_SIGN_UPS_PER_HOUR", "1000")
        .and_seed()
        .and_start()
}

#[test]
fn people_log_in_and_sign_up_by_form_data() {
    let server = open();
    let mut client = server.client();
    let pair = parts(&mut client, TOKENS, &[("login", "roy"), ("password", "roy")]);
    assert_eq!(pair.status, 200, "{}", pair.body);
    assert!(is_valid(&client, &pair.json()));
    let grant = parts(&mut client, TOKENS, &[("grant_type", "password"), ("username", "roy"), ("password", "roy")]);
    assert_eq!(grant.status, 200, "{}", grant.body);
    let wrong = parts(&mut client, TOKENS, &[("grant_type", "password"), ("username", "roy"), ("password", "x")]);
    assert_eq!(code(&wrong), (400, "invalid_grant".to_owned()));
    let fields = [("email", "zoe@example.com"), ("password", "correct horse & battery=ü"), ("name", "Zoë  & Co.")];
    let made = parts(&mut client, USERS, &fields);
    assert_eq!((made.status, made.json()["username"].as_str()), (201, Some("zoe")), "{}", made.body);
    assert_eq!(made.json()["name"], "Zoë  & Co.", "nothing is decoded twice");
    client.pair("zoe", "correct horse & battery=ü");
}

#[test]
fn curl_sends_what_is_understood() {
    let server = open();
    let curl = |arguments: &[&str], path: &str| -> Value {
        let output = Command::new("curl")
            .args(["-sS", "--fail-with-body"])
            .args(arguments)
            .arg(format!("http://127.0.0.1:{}{path}", server.port))
            .output()
            .expect("curl is needed for this test: apt-get install curl");
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "{said} {}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_str(&said).unwrap()
    };
    let made = curl(&["-F", "email=zoe@example.com", "-F", "password=correct horse battery", "-F", "name=Zoë"], USERS);
    assert_eq!((&made["username"], &made["name"]), (&"zoe".into(), &"Zoë".into()));
    let pair = curl(&["-F", "email=zoe@example.com", "-F", "password=correct horse battery"], TOKENS);
    assert!(is_valid(&server.client(), &pair));
    let typed =
        ["-F", "login=zoe;type=text/plain", "-F", "password=correct horse battery;type=text/plain;charset=utf-8"];
    assert!(is_valid(&server.client(), &curl(&typed, TOKENS)));
}

#[test]
fn fields_in_parts_have_the_rules_of_all_fields() {
    let server = open();
    let errors = |reply: &Reply| reply.json()["errors"].as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    let mut client = server.client();
    let odd = parts(&mut client, TOKENS, &[("login", "roy"), ("login", "roy"), ("passwort", "roy")]);
    assert_eq!((odd.status, errors(&odd)), (422, vec!["login".into(), "password".into(), "passwort".into()]));
    let file = "--x\r\nContent-Disposition: form-data; name=\"login\"; filename=\"a.txt\"\r\n\r\nroy\r\n--x\r\n\
                Content-Disposition: form-data; name=\"password\"\r\n\r\nroy\r\n--x--";
    let refused = client.send("POST", TOKENS, Some("multipart/form-data; boundary=x"), file);
    assert_eq!((refused.status, errors(&refused)), (422, vec!["login".to_owned()]), "{}", refused.body);
    assert!(refused.body.contains("not a file"), "{}", refused.body);
    let large = "x".repeat(16 * 1024);
    assert_eq!(parts(&mut client, TOKENS, &[("login", "roy"), ("password", &large)]).status, 413);
    let large = "x".repeat(24 * 1024);
    assert_eq!(parts(&mut client, USERS, &[("username", "zoe"), ("data", &large)]).status, 413);
}

#[test]
fn what_is_no_form_in_parts_is_malformed() {
    let server = open();
    let part = |name: &str| format!("--x\r\nContent-Disposition: form-data{name}\r\n\r\nroy\r\n");
    let whole = part("; name=\"login\"") + &part("; name=\"password\"");
    let fine = "multipart/form-data; boundary=x";
    let long = format!("multipart/form-data; boundary={}", "x".repeat(71));
    for (content_type, body) in [
        (fine, String::new()),
        (fine, whole.clone()),
        (fine, format!("{whole}--x-")),
        (fine, format!("{}--x--", part(""))),
        (fine, "login=roy&password=roy".to_owned()),
        (fine, r#"{"login":"roy","password":"roy"}"#.to_owned()),
        (fine, whole.replace("--x", "--y") + "--y--"),
        ("multipart/form-data", format!("{whole}--x--")),
        ("multipart/form-data; boundary=\"\"", format!("{whole}--x--").replace("--x", "--")),
        (&long, format!("{whole}--x--").replace("--x", &format!("--{}", "x".repeat(71)))),
    ] {
        let refused = server.client().send("POST", TOKENS, Some(content_type), &body);
        assert_eq!(refused.status, 400, "{content_type}: {body}: {}", refused.body);
    }
    let mut body = format!("{whole}--x--").into_bytes();
    let at = body.windows(3).position(|window| window == b"roy").unwrap();
    body[at] = 0xFF;
    let (port, length) = (server.port, body.len());
    let mut request = format!(
        "POST {TOKENS} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\nContent-Type: {fine}\r\n\
         Content-Length: {length}\r\n\r\n"
    )
    .into_bytes();
    request.extend(body);
    let refused = server.client().raw(&request);
    assert_eq!((refused.status, refused.body.contains("form data")), (400, true), "not UTF-8: {}", refused.body);
    assert_eq!(server.client().send("POST", TOKENS, Some(fine), &format!("{whole}--x--")).status, 200, "it was near");
}

#[test]
fn no_other_call_takes_parts() {
    let server = Server::seeded();
    let roy = server.client().program("roy", "roy");
    let mut refused = Vec::new();
    for (method, path) in [
        ("POST", "/api/v1/tokens/refresh"),
        ("POST", "/api/v1/tokens/revoke"),
        ("POST", "/api/v1/todos"),
        ("PATCH", "/api/v1/me"),
        ("PUT", "/api/v1/me/data"),
        ("PUT", "/api/v1/me/password"),
        ("POST", "/login"),
    ] {
        let body = "--x\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\nx\r\n--x--\r\n";
        let mut client = roy.json();
        refused.push(client.send(method, path, Some("multipart/form-data; boundary=x"), body).status);
    }
    assert_eq!(refused, vec![415; 7]);
}
