//! The log for programs: each line an object, for systemd's journal with its level, and each request by its id.

use std::fs::File;
use std::os::unix::fs::MetadataExt;
use std::process::{Child, Stdio};

use serde_json::{Value, json};

use crate::support::{Client, Server, wait_for};

/// Each line as an object.
fn objects(said: &str) -> Vec<Value> {
    let read = |line: &str| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
    said.lines().map(read).collect()
}

#[test]
fn in_json_each_line_is_an_object_with_the_id_of_its_request_and_no_secret() {
    let mut server =
        Server::prepare().with("VESTIBULE_LOG_FORMAT", "json").with("ROCKET_LOG_LEVEL", "debug").and_seed().and_start();
    let mut roy = server.signed_in("roy", "roy");
    let cookie = roy.jar.values().next().unwrap().clone();
    let token = server.client().pair("roy", "roy")["access_token"].as_str().unwrap().to_owned();
    server.client().log_in("roy", "s3cret-password");
    server.client().log_in("s3cret-name", "x");
    roy.get("/login?next=s3cret-query");
    server.client().bearing(&token).get("/api/v1/me");
    server.client().with("Cookie", "session=a; session=b").get("/");
    server.execute("ALTER TABLE todos RENAME TO hidden");
    let failed = roy.get("/todos");
    assert_eq!(failed.status, 503);
    let id = failed.header("x-request-id").expect("a failure has an id").to_owned();
    assert!(failed.body.contains(&id), "the page names the same one");
    wait_for("the log", || server.stderr().contains(&id).then_some(()));
    assert_eq!(server.terminate(), 0);
    let said = server.stderr();
    for secret in ["s3cret", cookie.as_str(), &token] {
        assert!(!said.contains(secret), "{secret}: {said}");
    }
    let lines = objects(&said);
    for line in &lines {
        for key in ["timestamp", "level"] {
            assert!(line[key].is_string(), "{key}: {line}");
        }
        assert!(line["message"].is_string() || line["event"].is_string(), "{line}");
    }
    let failure = lines.iter().find(|line| line["request_id"] == json!(id) && line["level"] == "ERROR").unwrap();
    assert!(failure["message"].as_str().unwrap().starts_with("GET /todos was answered with 503: "), "{failure}");
    assert_eq!(failure["status"], 503);
    let requests = lines.iter().filter(|line| line["target"] == "vestibule::http::request_log");
    assert!(requests.clone().count() >= 8 && requests.clone().all(|line| line["request_id"].is_string()), "{said}");
    let logged_in = lines.iter().find(|line| line["event"] == "login.succeeded").unwrap();
    assert!(logged_in["request_id"].is_string() && logged_in["address"] == "127.0.0.1", "{logged_in}");
    let ready = |line: &Value| line["message"].as_str().is_some_and(|text| text.starts_with("Vestibule is ready at"));
    assert_eq!(lines.iter().filter(|line| ready(line)).count(), 1);
    let warned = |line: &&Value| line["level"] == "WARN" && line["message"].as_str().unwrap().starts_with("Warning: ");
    assert!(lines.iter().any(|line| warned(&line)), "bcrypt_cost is low: {said}");
}

#[test]
fn the_last_error_of_a_server_is_an_object_too() {
    let server = Server::seeded().with("VESTIBULE_LOG_FORMAT", "json");
    let refused = server.refuses_to_start(&["serve"]);
    let lines = objects(&refused.stderr);
    assert_eq!((refused.code, lines.len()), (1, 1), "{refused:?}");
    assert_eq!(lines[0]["level"], "ERROR");
    assert!(lines[0]["message"].as_str().unwrap().starts_with("Error: "), "{refused:?}");
}

#[test]
fn in_text_the_audit_is_json_and_an_answer_has_an_id_when_it_is_told_of() {
    let server = Server::seeded();
    let login = server.client().log_in("roy", "roy");
    let id = login.header("x-request-id").expect("the audit tells of it").to_owned();
    assert!(server.client().get("/robots.txt").header("x-request-id").is_none(), "nothing is told of this");
    assert!(server.client().get("/healthz").header("x-request-id").is_none());
    wait_for("the log", || server.stderr().contains(&id).then_some(()));
    let said = server.stderr();
    let line: Value = serde_json::from_str(said.lines().find(|line| line.contains(&id)).unwrap()).unwrap();
    assert_eq!((&line["event"], &line["request_id"]), (&json!("login.succeeded"), &json!(id)));
    let recorded = server.sql(&format!("SELECT event FROM audit_events WHERE request_id = '{id}'"));
    assert_eq!(recorded, ["login.succeeded"]);
}

/// A server that writes into a file. It is stopped when this is dropped.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn for_the_journal_each_line_begins_with_its_level_and_has_no_time() {
    for journal in [true, false] {
        let mut server = Server::prepare().and_seed();
        let file = File::create(server.folder().join("stderr")).unwrap();
        let metadata = file.metadata().unwrap();
        let inode = if journal { metadata.ino() } else { metadata.ino() + 1 };
        let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let port = taken.local_addr().unwrap().port().to_string();
        server = server.with("JOURNAL_STREAM", &format!("{}:{inode}", metadata.dev())).with("ROCKET_PORT", &port);
        // The port is taken, so it ends with an error.
        let ended = server.command(&["serve"]).stderr(file).status().unwrap();
        assert_eq!(ended.code(), Some(1));
        let said = std::fs::read_to_string(server.folder().join("stderr")).unwrap();
        assert_eq!(said.starts_with("<3>Error: can't listen"), journal, "{said}");
        assert_eq!(said.starts_with("Error: can't listen"), !journal, "{said}");
        drop(taken);
        let file = File::create(server.folder().join("stderr")).unwrap();
        let running = Running(server.command(&["serve"]).stdout(Stdio::null()).stderr(file).spawn().unwrap());
        let read = || std::fs::read_to_string(server.folder().join("stderr")).unwrap();
        wait_for("the server to be ready", || read().contains("Vestibule is ready at").then_some(()));
        let client = Client::new(port.parse().unwrap());
        assert_eq!(client.clone().log_in("roy", "roy").status, 303);
        assert_eq!(client.with("X-Forwarded-For", "10.0.0.1").get("/login").status, 200);
        wait_for("the log", || read().contains("trusted_proxies` does not have").then_some(()));
        drop(running);
        let said = read();
        for (part, level) in [
            ("Vestibule is ready at", "<6>"),
            ("Warning: bcrypt_cost", "<4>"),
            ("\"event\":\"login.succeeded\"", "<6>"),
            ("trusted_proxies` does not have", "<4>"),
        ] {
            let line = said.lines().find(|line| line.contains(part)).unwrap_or_else(|| panic!("{part}: {said}"));
            assert_eq!(line.starts_with(level), journal, "{line}");
        }
        let warning = said.lines().find(|line| line.contains("does not have")).unwrap();
        assert_eq!(warning.starts_with("<4> WARN vestibule::http::mistakes: "), journal, "{warning}");
        assert_eq!(warning.starts_with("20"), !journal, "the time: {warning}");
    }
}
