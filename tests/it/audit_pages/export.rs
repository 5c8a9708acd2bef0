//! The audit as a file: `/admin/audit.csv`, `/admin/audit.jsonl`, `vestibule audit --export`.

use std::io::{Read, Write};
use std::net::TcpStream;

use serde_json::Value;

use super::{NASTY, happen_nastily, happen_often};
use crate::support::{Client, Server, wait_for};

/// More than the buffers of a connection hold.
const MANY: usize = 100_000;

#[test]
fn the_file_has_what_the_filters_leave_whole_and_in_order() {
    let server = Server::seeded();
    happen_often(&server, 1_300);
    let mut admin = server.admin();
    let csv = admin.get("/admin/audit.csv?address=192.0.2.7");
    assert_eq!((csv.status, csv.header("content-type")), (200, Some("text/csv; charset=utf-8")));
    let name = csv.header("content-disposition").unwrap();
    assert!(name.starts_with("attachment; filename=\"vestibule-audit-20") && name.ends_with(".csv\""), "{name}");
    assert_eq!(csv.header("transfer-encoding"), Some("chunked"), "it is sent while it is made");
    assert_eq!(csv.header("cache-control"), Some("no-store"));
    let lines: Vec<&str> = csv.body.split_terminator("\r\n").collect();
    assert_eq!(lines.len(), 1_301);
    assert!(
        lines[0].starts_with("at,event,actor_name,target_name,address,user_agent,detail,request_id,"),
        "{}",
        lines[0]
    );
    assert!(lines[1].starts_with("2026-01-01T00:00:01Z,login.failed,,,192.0.2.7,"), "{}", lines[1]);
    let times: Vec<&str> = lines[1..].iter().map(|line| line.split(',').next().unwrap()).collect();
    assert!(times.is_sorted(), "the earliest first");

    let jsonl = admin.get("/admin/audit.jsonl?event=login.failed&until=2026-01-01");
    assert_eq!(jsonl.header("content-type"), Some("application/jsonl"));
    let objects: Vec<Value> = jsonl.body.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((objects.len(), &objects[0]["address"]), (1_300, &"192.0.2.7".into()));
    assert_eq!(admin.bare("HEAD", "/admin/audit.csv").status, 200);
    assert_eq!(admin.get("/admin/audit.csv?from=yesterday").status, 422);
    assert_eq!(admin.get("/admin/audit.csv?user=nobody-at-all").status, 404);
    let empty = admin.get("/admin/audit.csv?event=nothing.such");
    assert_eq!((empty.status, empty.body.lines().count()), (200, 1), "the heading alone");
}

#[test]
fn whoever_found_a_browser_unattended_gets_no_file() {
    let server = Server::seeded();
    let mut admin = server.admin();
    server.execute(&format!("UPDATE sessions SET authenticated_at = {}", server.time("-11 minutes")));
    server.let_a_second_pass();
    assert_eq!(admin.get("/admin/audit").status, 200);
    for file in ["/admin/audit.csv", "/admin/audit.jsonl"] {
        let (status, leads) = (admin.get(file).status, admin.get(file).leads_to().1.to_owned());
        assert_eq!((status, leads.starts_with("/confirm?next=%2Fadmin%2Faudit.")), (303, true), "{leads}");
    }
}

#[test]
fn strangers_texts_run_nowhere() {
    let server = Server::seeded();
    happen_nastily(&server);
    let mut admin = server.admin();
    let by_page = admin.get("/admin/audit.csv?until=2026-01-01").body;
    let by_command = server.cli(&["audit", "--until", "2026-01-01", "--export", "csv"]);
    assert_eq!((by_command.code, &by_command.stdout), (0, &by_page), "both doors write the same file");
    let mut reader = csv::Reader::from_reader(by_page.as_bytes());
    let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(records.len(), NASTY.len());
    for cell in records.iter().flatten() {
        assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell:?}");
    }
    let jsonl = server.cli(&["audit", "--until", "2026-01-01", "--export", "jsonl"]);
    let table = server.cli(&["audit", "--until", "2026-01-01", "--wide"]);
    assert_eq!((jsonl.stdout.lines().count(), table.stdout.lines().count()), (NASTY.len(), NASTY.len() + 1));
    for printed in [&by_command.stdout, &jsonl.stdout, &table.stdout] {
        let steers = |c: char| (c.is_control() && c != '\n' && c != '\r') || ('\u{202a}'..='\u{202e}').contains(&c);
        assert!(!printed.contains(steers), "{:?}", printed.chars().find(|c| steers(*c)));
    }
    let texts: Vec<Value> = jsonl.stdout.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()).collect();
    assert!(texts.iter().zip(NASTY).all(|(object, text)| object["detail"] == text));
}

/// How an answer in parts ends when it is whole (RFC 9112, 7.1): after the line break of the part before comes one of no
/// length. Without that line break it could be the end of a row whose id ends in a zero.
const END: &str = "\r\n0\r\n\r\n";

/// Asks for the whole file.
fn asked(server: &Server, admin: &Client, version: &str) -> TcpStream {
    let cookies: Vec<String> = admin.jar.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let mut stream = TcpStream::connect(("127.0.0.1", server.port)).unwrap();
    let request = format!(
        "GET /admin/audit.csv {version}\r\nHost: 127.0.0.1:{}\r\nAccept: text/html\r\nConnection: close\r\nCookie: {}\r\n\r\n",
        server.port,
        cookies.join("; ")
    );
    stream.write_all(request.as_bytes()).unwrap();
    stream
}

/// Asks for the whole file, and reads nothing but the head of the answer and its first rows.
fn begun(server: &Server, admin: &Client) -> TcpStream {
    let mut stream = asked(server, admin, "HTTP/1.1");
    let head = read_past(&mut stream, "\r\n\r\n").to_lowercase();
    assert!(head.starts_with("http/1.1 200 ") && head.contains("\r\ntransfer-encoding: chunked\r\n"), "{head}");
    (0..100).for_each(|_| drop(read_past(&mut stream, "192.0.2.7")));
    stream
}

fn read_past(stream: &mut TcpStream, end: &str) -> String {
    let mut read = Vec::new();
    while !read.ends_with(end.as_bytes()) {
        let mut byte = [0];
        stream.read_exact(&mut byte).unwrap();
        read.extend(byte);
    }
    String::from_utf8(read).unwrap()
}

#[test]
fn a_slow_reader_holds_neither_the_database_nor_the_rows() {
    let server = Server::seeded();
    happen_often(&server, MANY);
    let mut admin = server.admin();
    // More than there are connections to the database.
    let mut streams: Vec<TcpStream> = (0..12).map(|_| begun(&server, &admin)).collect();
    assert_eq!(admin.get("/admin/audit").status, 200, "others are answered");
    assert!(admin.get("/").body.contains("Hello"));
    assert_eq!(server.execute("DELETE FROM audit_events WHERE address = '192.0.2.7'"), MANY, "nothing is locked");
    let mut rest = String::new();
    streams.pop().unwrap().read_to_string(&mut rest).unwrap();
    let rows = rest.matches("192.0.2.7").count();
    assert!(rows < MANY - 100, "{rows} had been read when the others went");
    assert!(rest.ends_with(END), "it ends as a whole answer does");
}

#[test]
fn a_file_that_can_not_be_finished_is_broken_off() {
    let server = Server::seeded();
    happen_often(&server, MANY);
    let admin = server.admin();
    let mut stream = begun(&server, &admin);
    server.connection().batch("DROP TABLE audit_events");
    let mut rest = Vec::new();
    let _ = stream.read_to_end(&mut rest);
    let rest = String::from_utf8_lossy(&rest);
    let rows = rest.matches("192.0.2.7").count();
    assert!(rows < MANY - 100, "{rows} had been read when the table went");
    assert!(!rest.ends_with(END), "nobody takes it for all of it");
    wait_for("the log to tell", || server.stderr().contains("an export of the audit was broken off").then_some(()));
}

#[test]
fn who_could_not_see_that_it_broke_off_gets_none() {
    let server = Server::seeded();
    let admin = server.admin();
    let mut said = String::new();
    asked(&server, &admin, "HTTP/1.0").read_to_string(&mut said).unwrap();
    assert!(said.starts_with("HTTP/1.0 505 ") && said.contains("which needs HTTP&#x2F;1.1."), "{said}");
    wait_for("the log", || server.stderr().contains("nginx: proxy_http_version 1.1").then_some(()));
}
