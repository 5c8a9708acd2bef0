//! What the home page tells about logins: the one before, and failures since.

use crate::support::Server;

#[test]
fn home_tells_of_the_last_login_and_of_failures_since() {
    let server = Server::seeded();
    let mut browser = server.signed_in("roy", "roy");
    let first = browser.get("/");
    assert!(first.says("This is your first login") && first.says("No failed attempts."));

    let again = server.signed_in("roy", "roy").get("/");
    assert!(!again.says("This is your first login") && again.says("No failed attempts since then."), "{}", again.body);
    let login = server.sql("SELECT at FROM audit_events WHERE event = 'login.succeeded' ORDER BY at LIMIT 1").remove(0);
    let iso = format!("{}T{}Z", &login[..10], &login[11..19]);
    let panel = again.body.split("Your last login").nth(1).unwrap();
    assert!(panel.contains(&format!(r#"datetime="{iso}""#)) && panel.contains("UTC"), "{iso}: {panel}");
    assert!(panel.contains(", from 127.0.0.1."), "{panel}");

    server.client().log_in("ROY", "wrong");
    let once = browser.get("/");
    assert!(once.says("1 failed login attempt ") || once.says("1 failed login attempt since"), "{}", once.body);
    for name in ["roy", "python", "nobody"] {
        server.client().log_in(name, "wrong");
    }
    let twice = server.signed_in("roy", "roy").get("/");
    assert!(twice.says("2 failed login attempts since your last login"), "{}", twice.body);
    assert!(
        server.signed_in("roy", "roy").get("/").says("No failed attempts since then."),
        "told until the next login"
    );
    let python = server.signed_in("python", "python").get("/");
    assert!(python.says("1 failed login attempt before your first login"), "{}", python.body);
}

#[test]
fn home_tells_when_the_session_ends_unless_it_is_used_and_when_in_any_case() {
    let server = Server::seeded();
    let page = server.signed_in("roy", "roy").get("/");
    let (unused, always) =
        page.body.split_once("Expires if unused by").and_then(|(_, end)| end.split_once(", and on")).unwrap();
    for (sentence, column) in [(unused, "idle_expires_at"), (always, "expires_at")] {
        let at = server.sql(&format!("SELECT {column} FROM sessions")).remove(0);
        let iso = format!(r#"datetime="{}T{}Z""#, &at[..10], &at[11..19]);
        assert!(sentence.contains(&iso), "{column} is {iso}: {}", page.body);
    }
}

#[test]
fn home_names_the_address_behind_a_trusted_proxy_only() {
    let server = Server::seeded();
    let mut liar = server.client().with("X-Forwarded-For", "198.51.100.7").with("X-Real-IP", "198.51.100.7");
    liar.log_in("roy", "roy");
    assert!(!liar.get("/").says("198.51.100.7"));
    assert_eq!(server.sql("SELECT DISTINCT address FROM audit_events WHERE address IS NOT NULL"), ["127.0.0.1"]);

    let server = Server::prepare().and_seed().with("VESTIBULE_TRUSTED_PROXIES", r#"["127.0.0.0/8"]"#).and_start();
    let mut client = server.client().with("X-Forwarded-For", "1.1.1.1, 198.51.100.7").with("X-Real-IP", "1.1.1.1");
    client.log_in("roy", "roy");
    assert!(client.get("/").says("198.51.100.7"));
    assert_eq!(server.sql("SELECT address FROM sessions"), ["198.51.100.7"]);
}

#[test]
fn home_shows_the_roles_and_who_one_is() {
    let server = Server::seeded();
    let admin = server.admin().get("/");
    assert!(admin.says("Hello, Admin!") && admin.body.contains(r#"<li class="badge">admin</li>"#));
    assert!(admin.body.contains(r#"<a class="account-logout" href="/logout">"#));
    let roy = server.signed_in("roy", "roy").get("/");
    assert!(!roy.says("Your roles") && !roy.body.contains(r#"class="badge""#));
}
