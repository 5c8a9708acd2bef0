//! Signing up on the page, and what it shares with the API.

mod by_mail;
mod robots;
mod rules;

use crate::support::{GOOD_PASSWORD, Server};

#[test]
fn a_person_signs_up_and_is_logged_in() {
    let server = Server::open_to_all();
    let mut browser = server.client().browsing();
    assert!(browser.get("/login").says(r#"<a href="/signup" referrerpolicy="no-referrer">Sign up</a>"#));
    let fields =
        [("username", " Zoe "), ("name", "Zoë <b>"), ("email", "Zoe@Example.com"), ("password", GOOD_PASSWORD)];
    let signed_up = browser.sign_up(&fields);
    assert_eq!(signed_up.leads_to(), (303, "/"));
    let set: Vec<&str> = signed_up.all("set-cookie").map(|cookie| cookie.split('=').next().unwrap()).collect();
    assert!(set.contains(&"session") && set.contains(&"device"), "{set:?}");
    let home = browser.get("/");
    assert!(home.status == 200 && home.says("Hello, Zoë &lt;b&gt;!") && home.says("zoe"), "{}", home.body);
    assert_eq!(server.client().log_in("zoe@example.com", GOOD_PASSWORD).leads_to(), (303, "/"));
    let row =
        "SELECT username || ' ' || email || ' ' || substr(password_hash, 1, 15) FROM users ORDER BY id DESC LIMIT 1";
    assert_eq!(server.sql(row), ["zoe Zoe@Example.com $bcrypt-sha256$"]);
    let since = server.sql(
        "SELECT event || ' by ' || coalesce((SELECT username FROM users WHERE id = actor), '-') FROM audit_events
         WHERE target = (SELECT id FROM users WHERE username = 'zoe') ORDER BY at, id LIMIT 2",
    );
    assert_eq!(since, ["user.created by -", "login.succeeded by zoe"]);
    assert_eq!(browser.get("/signup?next=/todos").leads_to(), (303, "/todos"), "whoever is signed in goes on");
}

#[test]
fn the_session_that_a_browser_had_before_ends_with_a_sign_up() {
    let server = Server::open_to_all();
    let mut planted = server.signed_in("roy", "roy");
    let mut victim = planted.clone();
    let opened = server.client().hidden("/signup", "opened");
    let signed_up = victim.post("/signup", &[("opened", &opened), ("username", "zoe"), ("password", GOOD_PASSWORD)]);
    assert_eq!(signed_up.leads_to(), (303, "/"), "without a token of the session, as a login");
    assert_ne!(planted.jar["session"], victim.jar["session"]);
    assert!(victim.get("/").says("Hello, zoe!"));
    assert!(!planted.is_signed_in(), "nobody else knows the session of zoe");
    assert_eq!(server.sessions(), 1);
}

#[test]
fn a_sign_up_leads_where_one_was_going_and_stays_here() {
    let server = Server::open_to_all();
    let mut browser = server.client().browsing();
    let login = browser.get("/login?next=/todos%3Fshow%3Dall");
    let link = "/signup?next=%2Ftodos%3Fshow%3Dall";
    assert!(login.says(&format!(r#"href="{link}""#)), "{}", login.body);
    let page = browser.get(link);
    assert!(page.says(r#"name="next" value="/todos?show=all""#), "{}", page.body);
    assert!(page.says(r#"href="/login?next=%2Ftodos%3Fshow%3Dall""#), "and back to the login");
    let fields = [("username", "zoe"), ("password", GOOD_PASSWORD), ("next", "/todos?show=all")];
    assert_eq!(browser.sign_up(&fields).leads_to(), (303, "/todos?show=all"));
    for (number, foreign) in ["//evil.example", "https://evil.example", "/\\evil.example"].iter().enumerate() {
        let name = format!("zoe-{number}");
        let fields = [("username", name.as_str()), ("password", GOOD_PASSWORD), ("next", foreign)];
        assert_eq!(server.client().sign_up(&fields).leads_to(), (303, "/"), "{foreign}");
    }
}

#[test]
fn a_closed_sign_up_says_so_and_nothing_leads_there() {
    let server = Server::seeded();
    let mut browser = server.client().browsing();
    assert!(!browser.get("/login").body.contains("/signup"));
    let page = browser.get("/signup");
    assert!(page.status == 403 && page.says("Sign-up is closed") && !page.body.contains("<form"), "{}", page.body);
    let users = server.sql("SELECT count(*) FROM users");
    let posted = browser.post("/signup", &[("username", "zoe"), ("password", GOOD_PASSWORD)]);
    assert!(posted.status == 403 && posted.says("Sign-up is closed"), "{}", posted.body);
    assert_eq!(server.sql("SELECT count(*) FROM users"), users);
}

#[test]
fn another_site_signs_nobody_up() {
    let server = Server::open_to_all();
    let opened = server.client().hidden("/signup", "opened");
    for (name, value) in [("Sec-Fetch-Site", "cross-site"), ("Origin", "https://evil.example"), ("Origin", "null")] {
        let fields = [("opened", opened.as_str()), ("username", "zoe"), ("password", GOOD_PASSWORD)];
        let refused = server.client().with(name, value).post("/signup", &fields);
        assert!(refused.status == 403 && refused.all("set-cookie").count() == 0, "{name}: {value}");
    }
    assert_eq!(server.sql("SELECT count(*) FROM users WHERE username = 'zoe'"), ["0"]);
}

#[test]
fn a_browser_that_keeps_no_cookies_is_told_so_after_signing_up() {
    let server = Server::open_to_all();
    let page = format!("http://127.0.0.1:{}/signup", server.port);
    let mut stranger = server.client().browsing().with("Referer", &page);
    assert_eq!(stranger.get("/").leads_to(), (303, "/login?cookies=refused"));
    assert!(stranger.get("/login?cookies=refused").says("This browser refused our cookie"));
}

#[test]
fn of_many_who_want_one_name_at_once_one_gets_it() {
    let server = Server::open_to_all();
    let opened = server.client().hidden("/signup", "opened");
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let handles: Vec<_> = (0..20)
            .map(|number| {
                let (mut client, opened) = (server.client(), opened.clone());
                scope.spawn(move || {
                    if number % 2 == 0 {
                        let fields = [("opened", opened.as_str()), ("username", "zoe"), ("password", GOOD_PASSWORD)];
                        return client.post("/signup", &fields).status;
                    }
                    let body = serde_json::json!({ "username": "zoe", "password": GOOD_PASSWORD });
                    client.call("POST", "/api/v1/users", &body).status
                })
            })
            .collect();
        handles.into_iter().map(|handle| handle.join().unwrap()).collect()
    });
    let made = statuses.iter().filter(|status| matches!(status, 201 | 303)).count();
    assert_eq!(made, 1, "{statuses:?}");
    assert!(statuses.iter().all(|status| [201, 303, 409, 422, 503].contains(status)), "{statuses:?}");
    assert_eq!(server.sql("SELECT count(*) FROM users WHERE username = 'zoe'"), ["1"]);
    assert!(server.sessions() <= 1);
}
