//! A new password by a link that an admin makes, and what people read who have forgotten theirs.

use serde_json::json;

use crate::support::{GOOD_PASSWORD, Server, path_of};

#[test]
fn a_person_chooses_a_new_password_and_everything_else_is_logged_out() {
    let server = Server::seeded();
    let mut elsewhere = server.signed_in("roy", "roy");
    let mut program = server.client().program("roy", "roy");
    let pair = server.client().pair("roy", "roy");
    assert_eq!(server.sql("SELECT count(*) FROM devices"), ["3"]);
    let before = server.audit().len();

    let mut browser = server.opened(&server.reset_link("roy"));
    let page = browser.get("/reset");
    assert!(page.says("<h1>Choose a new password</h1>") && page.says("For the account roy."), "{}", page.body);
    let send = |browser: &mut crate::support::Client, new: &str, repeated: &str| {
        browser.post("/reset", &[("new_password", new), ("repeated_password", repeated)])
    };
    for (new, repeated, words) in [
        ("", "", "Enter a new password."),
        (GOOD_PASSWORD, "something else", "This differs from the new password."),
        ("short", "short", "too short"),
        ("roy roy roy", "roy roy roy", "too close to"),
        ("password1", "password1", "among the most common ones"),
    ] {
        let again = send(&mut browser, new, repeated);
        assert!(again.status == 422 && again.says(words), "{new}: {}", again.body);
        assert!(new.is_empty() || !again.body.contains(&format!("value=\"{new}\"")), "never the password");
    }
    assert_eq!(server.audit().len(), before + 1, "the link was made, and nothing else happened");
    assert!(elsewhere.is_signed_in());

    let done = send(&mut browser, GOOD_PASSWORD, GOOD_PASSWORD);
    assert_eq!(done.leads_to(), (303, "/login"), "the person logs in");
    assert!(!browser.jar.contains_key("reset") && !browser.jar.contains_key("session"), "{:?}", browser.jar);
    assert!(browser.get("/login").says("Log in with the new password."));
    assert!(!elsewhere.is_signed_in(), "browsers");
    assert_eq!(program.get("/api/v1/me").status, 401, "and programs");
    let refreshed = json!({ "refresh_token": pair["refresh_token"] });
    assert_eq!(server.client().call("POST", "/api/v1/tokens/refresh", &refreshed).status, 401);
    assert_eq!(server.sql("SELECT count(*) FROM devices"), ["1"], "the others are not known any more");
    assert_eq!(server.client().log_in("roy", "roy").leads_to(), (303, "/login"));
    assert_eq!(browser.log_in("roy", GOOD_PASSWORD).leads_to(), (303, "/"));
    let told = server.audit().split_off(before);
    let expected = ["password.reset_link", "password.reset", "password.set", "session.ended: 3 of the user"];
    assert_eq!(told[..4], expected);
    let who = "SELECT coalesce((SELECT username FROM users WHERE id = actor), actor) FROM audit_events \
               WHERE event LIKE 'password.%' ORDER BY id";
    assert_eq!(server.sql(who), ["operator", "roy", "roy"], "whoever has the link stands for the owner");
    let mut roy = server.signed_in("roy", GOOD_PASSWORD);
    let activity = roy.get("/account/activity");
    assert!(activity.says("New password chosen by a link") && activity.says("Link for a new password made"));
}

#[test]
fn whoever_attacks_the_name_does_not_keep_its_owner_out_after_a_reset() {
    let server = Server::prepare().with_real_limits().and_seed().and_start();
    let mut browser = server.opened(&server.reset_link("roy"));
    assert_eq!(server.client().log_in("roy", "guess").leads_to(), (303, "/login"));
    server.execute("UPDATE throttles SET day_count = 100, next_at = '2099-01-01 00:00:00'");
    assert_eq!(server.client().log_in("roy", "guess").status, 429, "the attempts of strangers are used up");
    assert_eq!(browser.reset_to(GOOD_PASSWORD).leads_to(), (303, "/login"));
    assert_eq!(server.client().log_in("roy", GOOD_PASSWORD).status, 429, "they still are");
    assert_eq!(browser.log_in("roy", GOOD_PASSWORD).leads_to(), (303, "/"), "the owner is no stranger");
}

#[test]
fn a_link_is_used_once_even_by_twenty_at_once() {
    let server = Server::seeded();
    let browser = server.opened(&server.reset_link("roy"));
    let password = |number: usize| format!("{GOOD_PASSWORD} {number}");
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let sent = |number: usize| {
            let mut browser = browser.clone();
            scope.spawn(move || browser.reset_to(&password(number)).status)
        };
        let threads: Vec<_> = (0..20).map(sent).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let winners: Vec<usize> = (0..20).filter(|number| statuses[*number] == 303).collect();
    assert_eq!(winners.len(), 1, "{statuses:?}");
    assert!(statuses.iter().all(|status| [303, 403, 503].contains(status)), "{statuses:?}");
    assert_eq!(server.client().log_in("roy", &password(winners[0])).leads_to(), (303, "/"));
    assert_eq!(server.audit().iter().filter(|row| *row == "password.reset").count(), 1);
    assert_eq!(browser.clone().get("/reset").status, 403, "a used link");
}

#[test]
fn an_admin_gets_a_link_by_the_api() {
    let server = Server::seeded();
    let mut admin = server.client().program("admin", "password");
    let id = |name: &str| server.sql(&format!("SELECT id FROM users WHERE username = '{name}'")).remove(0);
    let made = admin.bare("POST", &format!("/api/v1/users/{}/reset-link", id("roy")));
    assert_eq!((made.status, made.header("cache-control")), (200, Some("no-store")), "{}", made.body);
    let link = made.json()["link"].as_str().unwrap().to_owned();
    assert!(link.starts_with(&format!("http://127.0.0.1:{}/reset?token=", server.port)), "{link}");
    assert!(made.json()["expires_at"].is_string());
    assert_eq!(server.opened(&path_of(&link)).reset_to(GOOD_PASSWORD).leads_to(), (303, "/login"));
    assert_eq!(server.client().log_in("roy", GOOD_PASSWORD).leads_to(), (303, "/"));
    let by =
        "SELECT (SELECT username FROM users WHERE id = actor) FROM audit_events WHERE event = 'password.reset_link'";
    assert_eq!(server.sql(by), ["admin"]);

    assert_eq!(server.cli(&["user", "disable", "python"]).code, 0);
    let refused = admin.bare("POST", &format!("/api/v1/users/{}/reset-link", id("python")));
    assert!(refused.status == 409 && refused.body.contains("enable the account first"), "{}", refused.body);
    assert_eq!(admin.bare("POST", "/api/v1/users/nobody/reset-link").status, 404);
}

#[test]
fn the_command_line_says_what_it_can_not_do() {
    let server = Server::migrated().and_seed();
    let made = server.cli(&["user", "reset-link", "roy", "--json"]);
    let document: serde_json::Value = serde_json::from_str(&made.stdout).expect("JSON");
    assert!(
        document["username"] == "roy" && document["link"].as_str().unwrap().contains("/reset?token="),
        "{document}"
    );
    let made = server.cli(&["user", "reset-link", "roy"]);
    assert_eq!(made.stdout.lines().count(), 1, "the link alone");
    assert!(made.stderr.starts_with("A link for one new password of roy, until "), "{}", made.stderr);
    let unknown = server.cli(&["user", "reset-link", "nobody"]);
    assert_eq!((unknown.code, unknown.stdout.as_str()), (3, ""));
    assert_eq!(server.cli(&["user", "disable", "roy"]).code, 0);
    let disabled = server.cli(&["user", "reset-link", "roy"]);
    assert_eq!((disabled.code, disabled.stderr.as_str()), (1, "Error: roy is disabled: enable the account first.\n"));
}

#[test]
fn another_site_chooses_nobodys_password() {
    let server = Server::seeded();
    let browser = server.opened(&server.reset_link("roy"));
    for (name, value) in [("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Site", "same-site"), ("Origin", "null")] {
        let mut elsewhere = server.client().having(&browser).with(name, value);
        let refused = elsewhere.reset_to(GOOD_PASSWORD);
        assert!(refused.status == 403 && !refused.says("This link does not work"), "{name}: {value}: {}", refused.body);
    }
    assert_eq!(server.client().log_in("roy", "roy").leads_to(), (303, "/"));
    assert_eq!(browser.clone().get("/reset").status, 200, "the link still works");
}

#[test]
fn whoever_forgot_the_password_reads_whom_to_ask() {
    let server = Server::seeded();
    let login = server.client().get("/login");
    assert!(
        login.says(r#"<a href="/forgot" referrerpolicy="no-referrer">Forgot your password?</a>"#),
        "{}",
        login.body
    );
    let page = server.client().get("/forgot");
    assert!(page.status == 200 && page.says("Ask an administrator of this server for a link"), "{}", page.body);

    let text = "Call the <b>help desk</b>: 555-0100.\n\n  Or come to room 12.";
    let server = Server::prepare().with("VESTIBULE_HELP_TEXT", text).and_start();
    let page = server.client().get("/forgot");
    let shown = "<p>Call the &lt;b&gt;help desk&lt;/b&gt;: 555-0100.</p>\n<p>Or come to room 12.</p>";
    assert!(page.body.replace("&#x2F;", "/").contains(shown), "as text, line by line: {}", page.body);
    let number = Server::prepare().with("VESTIBULE_HELP_TEXT", "5550100").and_start();
    assert!(number.client().get("/forgot").says("<p>5550100</p>"), "text whatever it looks like");
    for (bad, shown) in [("", "is empty"), ("a\u{7}b", "is "), (&"x".repeat(1001), "is ")] {
        let refused = Server::prepare().with("VESTIBULE_HELP_TEXT", bad).refuses_to_start(&["serve"]);
        let said = "use a text of at most 1000 characters";
        assert!(
            refused.stderr.contains("`vestibule.help_text`") && refused.stderr.contains(said),
            "{}",
            refused.stderr
        );
        assert!(refused.stderr.contains(shown), "{}", refused.stderr);
    }
}
