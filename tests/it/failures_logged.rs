//! What failed is found in the log by the reference that its page shows: one line, with the route and the reason.

use std::fs;
use std::io::Write;
use std::sync::{Arc, Mutex};

use rocket::{get, routes};

use crate::support::{Reply, Server, in_process, wait_for};

/// The lines of the log that hold the reference of a page, once there is one.
fn lines_about(server: &Server, page: &Reply) -> Vec<String> {
    let reference = reference(&page.body);
    wait_for("the log", || server.stderr().contains(&reference).then_some(()));
    server.stderr().lines().filter(|line| line.contains(&reference)).map(str::to_owned).collect()
}

fn reference(page: &str) -> String {
    let after = page.split("Reference:").nth(1).unwrap_or_else(|| panic!("a reference: {page}"));
    let after = after.trim_start().trim_start_matches("<code>");
    let id: String = after.chars().take_while(|c| c.is_ascii_hexdigit() || *c == '-').collect();
    assert_eq!(id.len(), 36, "{page}");
    id
}

fn one(server: &Server, page: &Reply) -> String {
    let mut lines = lines_about(server, page);
    assert_eq!(lines.len(), 1, "{lines:#?}");
    lines.remove(0)
}

#[test]
fn a_database_that_is_down_is_told_with_the_route_and_without_what_was_sent() {
    let server = Server::seeded();
    let mut admin = server.admin();
    server.execute("ALTER TABLE sessions RENAME TO hidden");
    let home = one(&server, &admin.get("/?s3cret"));
    assert!(home.contains("ERROR") && home.contains("GET / was answered with 503: "), "{home}");
    let missing = match server.postgres() {
        Some(_) => r#"relation "sessions" does not exist"#,
        None => "no such table: sessions",
    };
    assert!(home.replace('\\', "").contains(missing), "{home}");
    let todo = one(&server, &admin.get("/todos/s3cret/edit"));
    assert!(todo.contains("GET /todos/<id>/edit was answered with 503: "), "{todo}");
    let login = one(&server, &server.client().log_in("roy", "roy"));
    assert!(login.contains("POST /login was answered with 503: "), "{login}");
    let before = server.stderr().matches("was answered with 503").count();
    assert_eq!(admin.json().get("/").status, 503);
    assert_eq!(server.client().bearing("e30.e30.s3cret").get("/api/v1/me").status, 401);
    assert_eq!(
        server
            .client()
            .call("POST", "/api/v1/tokens", &serde_json::json!({ "login": "roy", "password": "roy" }))
            .status,
        503
    );
    wait_for("the log", || (server.stderr().matches("was answered with 503").count() == before + 2).then_some(()));
    assert!(!server.stderr().contains("s3cret"), "{}", server.stderr());
}

#[test]
fn a_template_that_cannot_be_rendered_is_named() {
    let server = Server::prepare().and_seed().with("VESTIBULE_TEMPLATES", "own");
    for folder in ["home", "login"] {
        fs::create_dir_all(server.folder().join("own").join(folder)).unwrap();
    }
    fs::write(server.folder().join("own/home/index.html.tera"), "{{ nothing.like.this }}").unwrap();
    fs::write(server.folder().join("own/login/new.html.tera"), "{{ nor.this }}").unwrap();
    let server = server.and_start();
    let login = server.client().get("/login");
    assert_eq!(login.status, 500);
    let line = one(&server, &login);
    assert!(line.contains("GET /login was answered with 500: the template login/new can't be rendered: "), "{line}");
    assert!(line.contains("`nor.this` not found"), "{line}");
    let mut roy = server.signed_in("roy", "roy");
    let home = roy.get("/");
    assert_eq!(home.status, 500);
    let line = one(&server, &home);
    assert!(line.contains("GET / was answered with 500: the template home/index can't be rendered: "), "{line}");
    assert!(line.contains("`nothing.like.this` not found"), "{line}");
}

#[test]
fn templates_know_utc_as_their_only_time_zone() {
    let server = Server::prepare().and_seed().with("VESTIBULE_TEMPLATES", "own");
    for (folder, name, zone) in [("home", "index", "Europe/Berlin"), ("login", "new", "UTC")] {
        let folder = server.folder().join("own").join(folder);
        fs::create_dir_all(&folder).unwrap();
        let text = format!(r#"{{{{ 1767647160 | date(format="%H:%M %Z", timezone="{zone}") }}}}"#);
        fs::write(folder.join(format!("{name}.html.tera")), text).unwrap();
    }
    let server = server.and_start();
    assert_eq!(server.client().get("/login").body.trim(), "21:06 UTC");
    let home = server.signed_in("roy", "roy").get("/");
    assert_eq!(home.status, 500);
    let line = one(&server, &home);
    assert!(line.contains("Error parsing `Europe/Berlin` as a timezone"), "{line}");
}

#[get("/panic")]
fn panic() {
    panic!("for a test");
}

/// What is logged on this thread, on which the server runs that stands in this process.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, text: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(text);
        Ok(text.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_panic_is_told_as_one() {
    let (rocket, _folder) = in_process::seeded();
    let client = in_process::client(rocket.mount("/", routes![panic]));
    let log = Log::default();
    let writer = log.clone();
    let logger = tracing_subscriber::fmt().with_writer(move || writer.clone()).with_ansi(false).finish();
    let page = tracing::subscriber::with_default(logger, || {
        let browser = rocket::http::Header::new("Accept", "text/html");
        in_process::send(client.get("/panic").header(browser)).into_string().unwrap()
    });
    let said = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    let reference = reference(&page);
    let lines: Vec<&str> = said.lines().filter(|line| line.contains(&reference)).collect();
    assert!(lines.len() == 1 && lines[0].contains("GET /panic was answered with 500: a panic"), "{said}");
}
