//! The first account, by the link that the server says at its start.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use crate::support::{Client, GOOD_PASSWORD, Reply, Server};

/// The path of the link, if the server said one.
fn link(server: &Server) -> Option<String> {
    let start = format!("Create the first account: http://127.0.0.1:{}", server.port);
    let said = server.stderr();
    let links: Vec<&str> = said.lines().filter_map(|line| line.strip_prefix(&start)).collect();
    assert!(links.len() <= 1, "one line at most: {said}");
    links.first().map(|link| (*link).to_owned())
}

/// A browser that has opened the link.
fn opened(server: &Server) -> Client {
    let mut browser = server.client().browsing();
    assert_eq!(browser.get(&link(server).expect("a link")).leads_to(), (303, "/setup"));
    browser
}

fn send(browser: &mut Client, username: &str) -> Reply {
    browser.post("/setup", &[("username", username), ("name", "Anna"), ("email", ""), ("password", GOOD_PASSWORD)])
}

fn file(server: &Server) -> PathBuf {
    server.folder().join("data/setup_token")
}

#[test]
fn the_link_of_the_start_makes_the_first_admin_and_logs_them_in() {
    // At this level the log tells of every request.
    let server = Server::prepare().with("ROCKET_LOG_LEVEL", "debug").and_start();
    let link = link(&server).expect("a link");
    let token = link.strip_prefix("/setup?token=").unwrap().to_owned();
    assert_eq!(token.len(), 43, "256 bits");
    let kept = fs::read_to_string(file(&server)).unwrap();
    assert_eq!(kept.trim(), token);
    assert_eq!(fs::metadata(file(&server)).unwrap().permissions().mode() & 0o777, 0o600);

    let mut browser = server.client().browsing();
    let before = server.row_counts();
    let moved = browser.get(&link);
    assert_eq!(moved.leads_to(), (303, "/setup"), "out of the address");
    assert!(!moved.body.contains(&token) && !browser.jar["setup"].contains(&token), "the cookie is encrypted");
    assert_eq!(server.row_counts(), before, "opening it changes nothing");
    let page = browser.get("/setup");
    assert!(page.status == 200 && page.says("Create the first account") && !page.body.contains(&token));

    let wrong = browser.post("/setup", &[("username", "a b"), ("name", "Anna"), ("password", "short")]);
    assert!(wrong.status == 422 && wrong.says("too short") && wrong.says("A username has") && wrong.says("Anna"));
    assert!(!wrong.body.contains("short\""), "never the password");
    assert_eq!(
        send(&mut browser, "admin").leads_to(),
        (303, "/"),
        "the name is kept for the site, and this is its owner"
    );
    let home = browser.get("/");
    assert!(home.says("Hello, Anna!") && home.body.contains(r#"<li class="badge">admin</li>"#), "{}", home.body);
    assert!(!browser.jar.contains_key("setup") && browser.jar.contains_key("device"));
    assert_eq!(server.audit(), ["user.created: admin", "role.added: admin", "setup.completed", &login(&server)]);
    assert!(!file(&server).exists());
    let secrets = server.stderr().replace(&format!("{link}\n"), "")
        + &server.sql("SELECT coalesce(detail, '') FROM audit_events").join("");
    assert!(!secrets.contains(&token), "it is in no log and no row");
}

fn login(server: &Server) -> String {
    format!("login.succeeded: {}", server.sql("SELECT id FROM sessions").remove(0))
}

#[test]
fn the_link_works_once_even_for_many_at_once() {
    let server = Server::empty();
    let browser = opened(&server);
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let sent = |number: usize| {
            let mut browser = browser.clone();
            scope.spawn(move || send(&mut browser, &format!("anna{number}")).status)
        };
        let threads: Vec<_> = (0..20).map(sent).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let count = |wanted: u16| statuses.iter().filter(|status| **status == wanted).count();
    assert_eq!((count(303), count(410)), (1, 19), "{statuses:?}");
    assert_eq!(server.sql("SELECT count(*) FROM users"), ["1"]);
    let late = server.client().get(&link(&server).unwrap());
    assert!(late.status == 410 && late.says("Already set up"), "{}", late.body);
    assert_eq!(server.client().get("/setup").status, 410);
}

#[test]
fn an_admin_of_the_command_line_ends_it_too() {
    let mut server = Server::empty();
    let mut browser = opened(&server);
    server.add_user("zoe");
    assert_eq!(browser.get("/setup").status, 200, "who is no admin does not count");
    server.add_user_with("anna", &["--role", "admin"]);
    assert_eq!((browser.get("/setup").status, send(&mut browser, "ben").status), (410, 410));
    assert_eq!(server.sql("SELECT count(*) FROM users"), ["2"]);
    server.terminate();
    server.start(&["serve"]);
    assert!(link(&server).is_none() && !file(&server).exists());
}

#[test]
fn each_start_makes_a_new_link_and_the_old_one_is_worthless() {
    let mut server = Server::empty();
    let (first, mut browser) = (link(&server).unwrap(), opened(&server));
    server.terminate();
    server.start(&["serve"]);
    let second = link(&server).expect("still nobody is there");
    assert_ne!(first, second);
    let mut browser_now = server.client();
    browser_now.jar.append(&mut browser.jar);
    let refused = send(&mut browser_now, "anna");
    assert!(refused.status == 403 && refused.says("Each start makes a new one"), "{}", refused.body);
    let nearly = format!("{}A", &second[..second.len() - 1]);
    let nearly = if nearly == second { format!("{}E", &second[..second.len() - 1]) } else { nearly };
    for wrong in [first.as_str(), &nearly, "/setup?token=", "/setup?token=x", "/setup", "/setup?token=%00"] {
        let mut stranger = server.client();
        let page = stranger.get(wrong);
        assert_eq!((page.status, page.all("set-cookie").count()), (403, 0), "{wrong}");
        assert_eq!(send(&mut stranger, "anna").status, 403, "{wrong}");
    }
    assert_eq!(server.sql("SELECT count(*) FROM users"), ["0"]);
    fs::remove_file(file(&server)).unwrap();
    assert_eq!(server.client().get(&second).status, 403, "whoever removes the file ends it");
}

#[test]
fn another_site_makes_nobody_the_admin() {
    let server = Server::empty();
    let browser = opened(&server);
    for (name, value) in [("Sec-Fetch-Site", "cross-site"), ("Origin", "https://evil.example")] {
        let mut elsewhere = server.client().having(&browser).with(name, value);
        assert_eq!(send(&mut elsewhere, "anna").status, 403, "{name}");
    }
    assert_eq!(server.sql("SELECT count(*) FROM users"), ["0"]);
}

#[test]
fn the_link_has_the_address_that_people_type() {
    let server = Server::prepare().public("https://login.example.com").and_start();
    let token = fs::read_to_string(file(&server)).unwrap();
    let line = format!("Create the first account: https://login.example.com/setup?token={}", token.trim());
    assert!(server.stderr().lines().any(|said| said == line), "{}", server.stderr());
    assert!(link_is_missing(&Server::prepare().and_seed().and_start()), "there is an admin");
}

fn link_is_missing(server: &Server) -> bool {
    !server.stderr().contains("/setup?token=")
}
