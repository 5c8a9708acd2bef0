//! `/metrics`: what Prometheus reads, who may, and that nothing of what people send is in it.

use std::collections::BTreeMap;

use serde_json::json;

use crate::support::{Client, MailServer, Reply, Server, python, wait_for};

/// Reads a text as Prometheus' own library for Python does, refuses what `promtool check metrics` would, and prints all
/// numbers by name and labels.
const READ: &str = include_str!("read.py");

fn monitored() -> Server {
    Server::prepare().with("VESTIBULE_METRICS_ADDRESS", "127.0.0.1:0")
}

/// A client of the address where the numbers are.
fn reader(server: &Server) -> Client {
    let port = server.stderr().split("Metrics are at http://127.0.0.1:").nth(1).map(|rest| {
        let end = rest.find('/').unwrap();
        assert!(rest[end..].starts_with("/metrics\n"), "{rest}");
        rest[..end].parse().unwrap()
    });
    Client::new(port.expect("the greeting says where"))
}

fn read(reply: &Reply) -> BTreeMap<String, f64> {
    assert_eq!((reply.status, reply.header("content-type")), (200, Some("text/plain; version=0.0.4; charset=utf-8")));
    serde_json::from_str(&python::run(READ, &reply.body)).unwrap()
}

fn numbers(server: &Server) -> BTreeMap<String, f64> {
    read(&reader(server).get("/metrics"))
}

#[track_caller]
fn number(numbers: &BTreeMap<String, f64>, key: &str) -> f64 {
    *numbers.get(key).unwrap_or_else(|| panic!("{key}: {:#?}", numbers.keys()))
}

#[test]
fn it_tells_of_logins_sessions_requests_and_queues() {
    let server = monitored().and_seed().and_start();
    let before = numbers(&server);
    assert_eq!(number(&before, "vestibule_logins_total outcome=succeeded"), 0.0);
    let mut roy = server.signed_in("roy", "roy");
    server.signed_in("python", "python");
    server.client().pair("roy", "roy");
    assert_eq!(server.client().log_in("roy", "s3cret").leads_to(), (303, "/login"));
    assert_eq!(
        server.client().call("POST", "/api/v1/tokens", &json!({ "login": "s3cret", "password": "x" })).status,
        401
    );
    assert_eq!(roy.get("/todos/s3cret/edit?s3cret=s3cret").status, 404);
    assert_eq!(roy.get("/s3cret").status, 404);
    let elsewhere = b"GET / HTTP/1.1\r\nHost: s3cret.example\r\nConnection: close\r\n\r\n";
    assert_eq!(server.client().raw(elsewhere).status, 421);
    let text = reader(&server).get("/metrics");
    assert!(!text.body.contains("s3cret"), "{}", text.body);
    let now = read(&text);
    for (key, expected) in [
        ("vestibule_logins_total outcome=succeeded", 3.0),
        ("vestibule_logins_total outcome=wrong", 2.0),
        ("vestibule_logins_total outcome=busy", 0.0),
        ("vestibule_sessions kind=browser", 2.0),
        ("vestibule_sessions kind=token", 1.0),
        ("vestibule_password_queue_length", 0.0),
        ("vestibule_password_queue_wait_seconds_count", 5.0),
        ("vestibule_http_requests_total method=POST route=/login status=3xx", 3.0),
        ("vestibule_http_request_duration_seconds_count method=POST route=/login", 3.0),
        ("vestibule_http_requests_total method=GET route=/todos/<id>/edit status=4xx", 1.0),
        ("vestibule_http_requests_total method=any route=none status=4xx", 1.0),
        ("vestibule_http_requests_total method=any route=refused status=4xx", 1.0),
        ("vestibule_database_up", 1.0),
        ("vestibule_database_waiting purpose=read", 0.0),
        ("vestibule_database_refused_total purpose=write", 0.0),
        ("vestibule_mail_queue_length state=waiting", 0.0),
        ("vestibule_connections_refused_total reason=limit", 0.0),
        (&format!("vestibule_build_info database={} version={}", engine(&server), env!("CARGO_PKG_VERSION")), 1.0),
    ] {
        assert_eq!(number(&now, key), expected, "{key}");
    }
    for (key, least) in [
        ("process_cpu_seconds_total", 0.001),
        ("process_resident_memory_bytes", 1e6),
        ("process_open_fds", 5.0),
        ("process_start_time_seconds", 1.7e9),
        ("vestibule_database_connections_max purpose=read", 4.0),
    ] {
        assert!(number(&now, key) >= least, "{key}: {now:#?}");
    }
}

fn engine(server: &Server) -> &'static str {
    if server.postgres().is_some() { "postgres" } else { "sqlite" }
}

#[test]
fn the_page_about_it_lists_every_number_and_no_other() {
    let server = monitored().and_start();
    let text = reader(&server).get("/metrics").body;
    let mut told: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("# TYPE ")?.split(' ').next()).collect();
    told.extend(["vestibule_last_backup_timestamp_seconds", "vestibule_certificate_expiry_timestamp_seconds"]);
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/deploy/monitoring.md");
    let page = std::fs::read_to_string(page).unwrap();
    let cells = page.lines().filter_map(|line| line.strip_prefix("| `")?.split(" | ").next());
    let mut listed: Vec<&str> = cells.flat_map(|cell| cell.split(['`', ',', ' '])).collect();
    listed.retain(|name| !name.is_empty());
    told.sort_unstable();
    listed.sort_unstable();
    assert_eq!(told, listed);
}

#[test]
fn it_is_off_unless_it_has_an_address_and_never_at_the_one_of_people() {
    let server = Server::prepare().and_seed().and_start();
    assert!(!server.stderr().contains("Metrics"), "{}", server.stderr());
    let server = monitored().and_seed().and_start();
    let mut admin = server.admin();
    for mut client in [server.client(), server.client().json(), admin.clone()] {
        assert_eq!(client.get("/metrics").status, 404);
    }
    assert_eq!(admin.get("/").status, 200);
    let mut reader = reader(&server);
    assert_eq!(reader.get("/").status, 404, "and nothing but the numbers is there");
    assert_eq!(reader.get("/login").status, 404);
    let posted = reader.post("/metrics", &[]);
    assert_eq!((posted.status, posted.header("allow")), (405, Some("GET, HEAD")));
    let head = reader.bare("HEAD", "/metrics");
    assert_eq!((head.status, head.body.as_str()), (200, ""));
}

#[test]
fn where_others_may_come_it_wants_a_token() {
    let server = Server::prepare().with("VESTIBULE_METRICS_ADDRESS", "0.0.0.0:0");
    let refused = server.refuses_to_start(&["serve"]);
    assert_eq!(refused.code, 1);
    assert!(refused.stderr.contains("`vestibule.metrics_token`"), "{refused:?}");
    let short = server.with("VESTIBULE_METRICS_TOKEN", "s3cret");
    let refused = short.refuses_to_start(&["serve"]);
    assert!(refused.stderr.contains("at least 16 characters") && !refused.stderr.contains("s3cret"), "{refused:?}");

    let token = "0123456789abcdef";
    let server = monitored();
    std::fs::write(server.folder().join("token"), format!("{token}\n")).unwrap();
    let server = server.with("VESTIBULE_METRICS_TOKEN_FILE", "token").and_start();
    let reader = reader(&server);
    for wrong in [None, Some("Bearer 0123456789abcdeg"), Some("Basic 0123456789abcdef")] {
        let mut client = wrong.map_or(reader.clone(), |wrong| reader.with("Authorization", wrong));
        let refused = client.get("/metrics");
        assert_eq!((refused.status, refused.header("www-authenticate")), (401, Some("Bearer")), "{refused:?}");
        assert!(!refused.body.contains("vestibule_"), "{refused:?}");
    }
    assert!(!read(&reader.bearing(token).get("/metrics")).is_empty());
}

#[test]
fn a_page_under_a_name_that_leads_here_reads_nothing() {
    let server = monitored().and_start();
    let reader = reader(&server);
    let ask = |host: &str| {
        reader.raw(format!("GET /metrics HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").as_bytes())
    };
    assert_eq!(ask("localhost:1").status, 200);
    for host in ["evil.example", "127.0.0.1.evil.example:9464"] {
        let refused = ask(host);
        assert!(refused.status == 421 && !refused.body.contains("vestibule_"), "{refused:?}");
    }
}

#[test]
fn a_port_that_is_taken_stops_the_start() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let refused = Server::prepare().with("VESTIBULE_METRICS_ADDRESS", &address).refuses_to_start(&["serve"]);
    assert!(refused.code == 1 && refused.stderr.contains("VESTIBULE_METRICS_ADDRESS"), "{refused:?}");
}

#[test]
fn a_database_that_does_not_answer_is_told_and_the_rest_too() {
    let server = monitored().and_seed().and_start();
    let mut roy = server.signed_in("roy", "roy");
    server.execute("ALTER TABLE sessions RENAME TO hidden");
    assert_eq!(server.client().log_in("roy", "roy").status, 503);
    wait_for("a page that fails", || (roy.get("/").status == 503).then_some(()));
    let now = numbers(&server);
    assert_eq!(number(&now, "vestibule_database_up"), 0.0);
    assert_eq!(number(&now, "vestibule_logins_total outcome=failed"), 1.0);
    assert!(number(&now, "vestibule_http_requests_total method=GET route=/ status=5xx") >= 1.0);
    assert!(!now.contains_key("vestibule_sessions kind=browser"), "{now:#?}");
}

#[test]
fn connections_that_give_way_are_counted() {
    let server = monitored().with("VESTIBULE_CONNECTIONS_PER_NETWORK", "2").and_start();
    let open: Vec<_> = (0..4).map(|_| std::net::TcpStream::connect(("127.0.0.1", server.port)).unwrap()).collect();
    wait_for("two of four to give way", || {
        let now = numbers(&server);
        let gone = number(&now, "vestibule_connections_refused_total reason=network_limit");
        (gone >= 2.0 && number(&now, "vestibule_connections") <= 2.0).then_some(())
    });
    drop(open);
}

#[test]
fn mail_that_waits_is_counted() {
    let mail = MailServer::start();
    let mut server = monitored().mailing(&mail).with("VESTIBULE_SMTP_URL", "smtps://localhost:1");
    assert_eq!(server.cli(&["migrate"]).code, 0);
    for name in ["zoe", "max"] {
        server.add_with_address(name);
        server.set_password(name);
    }
    server.start(&["serve"]);
    let now = numbers(&server);
    assert_eq!(number(&now, "vestibule_mail_queue_length state=waiting"), 2.0, "{now:#?}");
    assert!(number(&now, "vestibule_mail_queue_oldest_seconds") >= 0.0);
}
