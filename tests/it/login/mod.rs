//! Logging in by the page.

mod captcha;
mod hashes;
mod history;
mod next;
mod no_password;
mod refused;
mod typed;
mod without_cookies;

use crate::support::Server;

#[test]
fn the_login_page_is_the_same_bytes_for_all_strangers_and_sets_no_cookie() {
    let server = Server::seeded();
    let first = server.client().get("/login");
    let second = server.client().with("User-Agent", "Other/1.0").with("Cookie", "session=forged").get("/login");
    assert_eq!(first.body, second.body);
    for page in [first, second] {
        assert_eq!(page.status, 200);
        assert_eq!(page.all("set-cookie").count(), 0);
    }
}

#[test]
fn curl_alone_logs_in_is_recognised_logs_out_and_logs_in_again_with_its_jar() {
    let server = Server::seeded();
    let curl = server.client().with("User-Agent", "curl/8.0");
    let mut for_pages = curl.with("Accept", "text/html");
    for _ in 0..2 {
        assert_eq!(for_pages.log_in("python", "python").leads_to(), (303, "/"));
        assert!(for_pages.get("/").says("Hello, Python!"));
        assert_eq!(for_pages.post("/logout", &[]).leads_to(), (303, "/login"));
        assert_eq!(for_pages.get("/").leads_to(), (303, "/login"));
    }
    assert_eq!(for_pages.log_in("python", "wrong").leads_to(), (303, "/login"), "with a flash cookie in the jar, too");
    assert_eq!(for_pages.log_in("roy", "roy").leads_to(), (303, "/"));

    for mut curl in [curl.with("Accept", "*/*"), curl.without_accept()] {
        for _ in 0..2 {
            let login = curl.log_in("python", "python");
            assert_eq!((login.status, login.json()["message"].as_str()), (200, Some("You are logged in successfully")));
            assert_eq!(curl.get("/").json()["username"], "python");
            assert_eq!(curl.post("/logout", &[]).json()["message"], "You successfully logged out");
            assert_eq!(curl.get("/").status, 401);
        }
        assert_eq!(curl.log_in("python", "wrong").status, 401);
    }
}

#[test]
fn a_login_ends_the_session_that_the_browser_had() {
    let server = Server::seeded();
    let mut browser = server.signed_in("python", "python");
    let mut thief = browser.clone();
    let mut elsewhere = server.signed_in("python", "python");
    assert_eq!(browser.log_in("python", "python").leads_to(), (303, "/"));
    assert_ne!(browser.jar["session"], thief.jar["session"], "a new token at every login");
    assert!(!thief.is_signed_in(), "the old cookie is worth nothing");
    assert!(browser.is_signed_in());
    assert!(elsewhere.is_signed_in(), "the session of another browser goes on");
    assert_eq!(browser.log_in("roy", "roy").leads_to(), (303, "/"), "as somebody else");
    assert!(browser.get("/").says("Hello, Roy!"));
    assert_eq!(server.sessions(), 2);
}

#[test]
fn a_failed_login_leaves_the_session_that_the_browser_had() {
    let server = Server::seeded();
    let mut browser = server.signed_in("python", "python");
    browser.log_in("admin", "wrong");
    assert!(browser.get("/").says("Hello, Python!"));
}

#[test]
fn any_spelling_of_the_name_or_the_address_logs_in() {
    let server = Server::seeded();
    server.add_user_with("zoe", &["--email", "Zoe@Bücher.example", "--name", "Zoë"]);
    for name in [
        "zoe",
        "ZOE",
        "  Zoe ",
        "ｚｏｅ",
        "\u{3000}ＺＯＥ",
        "zoe@bücher.example",
        "ZOE@BÜCHER.EXAMPLE",
        "zoe@xn--bcher-kva.example",
        "ｚｏｅ@bücher.example",
        " zoe@Bücher.example\t",
    ] {
        let reply = server.client().log_in(name, crate::support::GOOD_PASSWORD);
        assert_eq!(reply.leads_to(), (303, "/"), "{name:?}");
    }
    for name in ["zoé", "zo", "zoe\0", "zoe%", "z_e", "zoe@bucher.example", "zoe@", "' OR 1=1 --"] {
        let reply = server.client().log_in(name, crate::support::GOOD_PASSWORD);
        assert_eq!(reply.leads_to(), (303, "/login"), "{name:?}");
    }
}

#[test]
fn a_password_counts_to_the_last_byte_and_nothing_is_trimmed() {
    let server = Server::prepare();
    let long = "ä".repeat(128);
    let added = server.cli_with_stdin(&["user", "add", "long", "--password-stdin"], &long);
    assert_eq!(added.code, 0, "{}", added.stderr);
    let server = server.and_start();
    let mut client = server.client();
    assert_eq!(client.log_in("long", &long).leads_to(), (303, "/"));
    assert_eq!(
        client.log_in("long", &"a\u{308}".repeat(128)).leads_to(),
        (303, "/"),
        "the same letter, typed otherwise"
    );
    let shorter = "ä".repeat(127);
    for wrong in [shorter.clone(), format!("{shorter}a"), format!("{long} "), format!(" {long}"), format!("{long}\0")] {
        assert_eq!(client.log_in("long", &wrong).leads_to(), (303, "/login"), "{wrong:?}");
    }
}

#[test]
fn remember_me_outlives_the_browser() {
    let server = Server::seeded();
    let mut browser = server.client().browsing();
    let fields = [("username", "roy"), ("password", "roy"), ("remember", "on")];
    let login = browser.post("/login", &fields);
    let cookie = login.all("set-cookie").find(|cookie| cookie.starts_with("session=")).expect("a cookie");
    assert!(cookie.contains("; Expires="), "{cookie}");
    assert_eq!(server.sql("SELECT count(*) FROM sessions WHERE remembered"), ["1"]);
    let minutes = |end: &str| server.sql(&format!("SELECT {} FROM sessions", server.minutes("created_at", end)));
    assert_eq!(minutes("expires_at"), [(30 * 24 * 60).to_string()]);
    assert_eq!(minutes("idle_expires_at"), [(14 * 24 * 60).to_string()]);
    assert!(browser.is_signed_in());
}
