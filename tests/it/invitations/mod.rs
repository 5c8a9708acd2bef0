//! Invitations: by the command line and the API, and signing up with one.

mod managed;

use serde_json::json;

use crate::support::{Client, GOOD_PASSWORD, Reply, Server};

fn server(registration: &str) -> Server {
    let server = Server::prepare().with("VESTIBULE_REGISTRATION", registration);
    server.with("VESTIBULE_SIGN_UP_SECONDS", "0").and_seed().and_start()
}

fn by_api(server: &Server, username: &str, link: &str) -> Reply {
    let token = link.split_once("token=").expect("a token").1;
    let body = json!({ "username": username, "password": GOOD_PASSWORD, "invitation": token });
    server.client().call("POST", "/api/v1/users", &body)
}

fn roles_of(server: &Server, username: &str) -> Vec<String> {
    server.sql(&format!(
        "SELECT role FROM user_roles WHERE user_id = (SELECT id FROM users WHERE username = '{username}') ORDER BY role"
    ))
}

#[test]
fn under_invite_the_way_in_is_an_invitation() {
    let server = server("invite");
    let mut stranger = server.client().browsing();
    assert!(!stranger.get("/login").body.contains("/signup"));
    let page = stranger.get("/signup");
    assert!(
        page.status == 403 && page.says("Sign-up is by invitation") && !page.body.contains("<form"),
        "{}",
        page.body
    );
    let posted = stranger.post("/signup", &[("username", "zoe"), ("password", GOOD_PASSWORD)]);
    assert!(posted.status == 403 && posted.says("Sign-up is by invitation"));
    let body = json!({ "username": "zoe", "password": GOOD_PASSWORD });
    let refused = server.client().call("POST", "/api/v1/users", &body);
    assert!(refused.status == 403 && refused.body.contains("takes an invitation"), "{}", refused.body);

    let link = server.invite(&["--role", "staff", "--role", "editor", "--uses", "2"]);
    let mut invited = server.client().browsing();
    assert_eq!(invited.get(&link).leads_to(), (303, "/signup"));
    assert!(invited.get("/signup").says("You have an invitation."));
    assert_eq!(invited.sign_up_as("zoe").leads_to(), (303, "/"));
    assert!(!invited.jar.contains_key("invitation") && invited.is_signed_in());
    assert_eq!(roles_of(&server, "zoe"), ["editor", "staff"]);
    let made = by_api(&server, "ben", &link);
    assert_eq!((made.status, &made.json()["roles"]), (201, &json!(["editor", "staff"])), "{}", made.body);
    assert_eq!(server.sql("SELECT used FROM invitations"), ["2"]);
    let told: Vec<String> = server.audit().into_iter().filter(|row| row.starts_with("invitation")).collect();
    let id = server.sql("SELECT id FROM invitations").remove(0);
    let used = format!("invitation.used: {id}");
    assert_eq!(told, [format!("invitation.made: {id} with editor staff"), used.clone(), used]);
}

#[test]
fn an_invitation_works_whoever_else_may_sign_up_and_its_owner_waits_for_nobody() {
    for registration in ["closed", "open", "approval"] {
        let server = server(registration);
        let link = server.invite(&["--role", "staff"]);
        assert_eq!(server.opened(&link).sign_up_as("zoe").leads_to(), (303, "/"), "{registration}");
        assert_eq!(roles_of(&server, "zoe"), ["staff"], "{registration}");
        assert_eq!(by_api(&server, "ben", &server.invite(&[])).status, 201, "{registration}");
        assert_eq!(server.sql("SELECT count(*) FROM users WHERE waits_for IS NOT NULL"), ["0"], "{registration}");
    }
}

#[test]
fn of_twenty_who_use_an_invitation_for_one_at_once_one_gets_an_account() {
    for (uses, expected) in [("1", 1), ("3", 3)] {
        let server = server("invite");
        let link = server.invite(&["--uses", uses]);
        let mut browser = server.opened(&link);
        let opened = browser.hidden("/signup", "opened");
        let statuses: Vec<u16> = std::thread::scope(|scope| {
            let sent = |number: usize| {
                let (mut browser, server, link, opened) = (browser.clone(), &server, &link, &opened);
                scope.spawn(move || {
                    let name = format!("zoe{number}");
                    if number.is_multiple_of(2) {
                        return by_api(server, &name, link).status;
                    }
                    let fields = [("opened", opened.as_str()), ("username", &name), ("password", GOOD_PASSWORD)];
                    browser.post("/signup", &fields).status
                })
            };
            let threads: Vec<_> = (0..20).map(sent).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        let made = statuses.iter().filter(|status| [201, 303].contains(status)).count();
        assert!(statuses.iter().all(|status| [201, 303, 403, 422, 503].contains(status)), "{statuses:?}");
        // Some may have found the queue before the hashing threads full: whoever tries again gets what is left.
        let late = (made..expected).filter(|number| by_api(&server, &format!("late{number}"), &link).status == 201);
        assert_eq!(made + late.count(), expected, "{statuses:?}");
        assert_eq!(
            server.sql("SELECT count(*) FROM users WHERE username LIKE '%e%' AND username != 'jumpiness'"),
            [uses]
        );
        assert_eq!(server.sql("SELECT used FROM invitations"), [uses]);
        assert_eq!(by_api(&server, "more", &link).status, 422);
        assert_eq!(browser.get("/signup").status, 403);
        assert_eq!(server.client().get(&link).status, 403, "a used link");
    }
}

#[test]
fn nobody_fills_in_a_form_for_an_invitation_that_is_gone() {
    let server = Server::prepare().with("VESTIBULE_REGISTRATION", "open").and_seed().and_start();
    let mut browser = server.opened(&server.invite(&[]));
    assert!(browser.get("/signup").says("You have an invitation."));
    server.execute("DELETE FROM invitations");
    let page = browser.get("/signup");
    assert!(page.status == 403 && page.says("This link does not work"), "{}", page.body);
    let page = browser.get("/signup");
    assert!(page.status == 200 && !page.says("You have an invitation."), "as anyone can: {}", page.body);
}

#[test]
fn an_invitation_for_an_address_is_for_no_other() {
    let server = Server::prepare()
        .with("VESTIBULE_REGISTRATION", "invite")
        .with("VESTIBULE_SIGN_UP_SECONDS", "0")
        .with("VESTIBULE_EMAIL_DOMAINS", r#"["example.com"]"#)
        .and_seed()
        .and_start();
    let link = server.invite(&["--email", "Zoe@Elsewhere.example"]);
    let mut browser = server.opened(&link);
    let page = browser.get("/signup");
    assert!(page.says(r#"value="Zoe@Elsewhere.example""#) && page.says("Your invitation is for this address."));
    for email in ["", "ben@elsewhere.example", "zoe@elsewhere.example.com", "zoe@example.com"] {
        let fields = [("username", "zoe"), ("email", email), ("password", GOOD_PASSWORD)];
        let page = browser.sign_up(&fields);
        let words = "This invitation is for Zoe@Elsewhere.example. Sign up with this address.";
        assert!(page.status == 422 && page.says(words), "{email}: {}", page.body);
    }
    let refused = by_api(&server, "zoe", &link);
    assert!(refused.status == 422 && refused.json()["errors"]["email"].is_array(), "{}", refused.body);
    let fields = [("username", ""), ("email", "zoe@ELSEWHERE.example"), ("password", GOOD_PASSWORD)];
    assert_eq!(browser.sign_up(&fields).leads_to(), (303, "/"), "in any spelling, of whatever domain");
    assert_eq!(server.sql("SELECT username FROM users WHERE email IS NOT NULL"), ["zoe"]);
    let open = server.invite(&[]);
    let fields = [("username", "ben"), ("email", "ben@elsewhere.example"), ("password", GOOD_PASSWORD)];
    let page = server.opened(&open).sign_up(&fields);
    assert!(page.status == 422 && page.says("Use an email address that ends with @example.com."), "the rules hold");
}

#[test]
fn a_sign_up_that_fails_uses_nothing_up() {
    let server = server("invite");
    let link = server.invite(&["--role", "staff"]);
    let mut browser = server.opened(&link);
    assert!(browser.sign_up_as("roy").says("This username is taken."));
    assert!(browser.sign_up(&[("username", "zoe"), ("password", "short")]).says("too short"));
    assert_eq!(by_api(&server, "roy", &link).status, 409);
    assert_eq!(server.sql("SELECT used FROM invitations"), ["0"]);
    assert_eq!(roles_of(&server, "roy"), [""; 0]);
    assert_eq!(browser.sign_up_as("zoe").leads_to(), (303, "/"));
}

#[test]
fn whoever_is_invited_solves_no_captcha_but_is_no_robot() {
    let server = Server::prepare().and_open().with("VESTIBULE_CAPTCHA", "always").and_seed().and_start();
    let link = server.invite(&["--uses", "5"]);
    assert!(server.client().get("/signup").says("Signs in the picture"));
    let mut browser = server.opened(&link);
    assert!(!browser.get("/signup").says("Signs in the picture"));
    let trapped =
        browser.sign_up(&[("username", "zoe"), ("password", GOOD_PASSWORD), ("website", "https://spam.example")]);
    assert!(trapped.status == 422 && trapped.says("a field that people don’t see"), "{}", trapped.body);
    let unopened = browser.post("/signup", &[("username", "zoe"), ("password", GOOD_PASSWORD), ("opened", "x")]);
    assert_eq!(unopened.status, 422);
    assert_eq!(browser.sign_up_as("zoe").leads_to(), (303, "/"));
    assert_eq!(by_api(&server, "ben", &link).status, 201);
    assert_eq!(server.client().sign_up_as("cleo").status, 422, "others do");
    let slow =
        Server::prepare().with("VESTIBULE_REGISTRATION", "invite").with("VESTIBULE_SIGN_UP_SECONDS", "60").and_start();
    let mut browser = slow.opened(&slow.invite(&[]));
    assert!(browser.sign_up_as("zoe").says("That was quicker than people type."));
}

#[test]
fn an_invitation_that_no_longer_works_makes_nobody_less_than_they_were_invited_to_be() {
    let server = server("open");
    let link = server.invite(&["--role", "staff"]);
    let mut browser: Client = server.opened(&link);
    let opened = browser.hidden("/signup", "opened");
    let id = server.sql("SELECT id FROM invitations").remove(0);
    assert_eq!(server.cli(&["invite", "revoke", &id]).code, 0);
    let page = browser.post("/signup", &[("opened", &opened), ("username", "zoe"), ("password", GOOD_PASSWORD)]);
    assert!(page.status == 403 && page.says("This link does not work"), "{}", page.body);
    assert!(!browser.jar.contains_key("invitation"), "from here on the person is one of those whom it is open to");
    assert_eq!(by_api(&server, "zoe", &link).status, 422);
    assert_eq!(server.sql("SELECT count(*) FROM users WHERE username = 'zoe'"), ["0"]);
    assert_eq!(browser.sign_up_as("zoe").leads_to(), (303, "/"));
    assert_eq!(roles_of(&server, "zoe"), [""; 0]);
}

#[test]
fn someone_who_is_logged_in_is_told_that_they_have_an_account() {
    let server = server("invite");
    let link = server.invite(&[]);
    let mut roy = server.signed_in("roy", "roy");
    assert_eq!(roy.get(&link).leads_to(), (303, "/"));
    assert!(roy.get("/").says("To create another one, log out and open the invitation again."));
    assert!(!roy.jar.contains_key("invitation"));
    assert_eq!(server.sql("SELECT used FROM invitations"), ["0"]);
}

#[test]
fn another_site_uses_nobodys_invitation() {
    let server = server("invite");
    let mut browser = server.opened(&server.invite(&[]));
    let opened = browser.hidden("/signup", "opened");
    for (name, value) in [("Sec-Fetch-Site", "cross-site"), ("Origin", "https://evil.example")] {
        let fields = [("opened", opened.as_str()), ("username", "zoe"), ("password", GOOD_PASSWORD)];
        let refused = server.client().having(&browser).with(name, value).post("/signup", &fields);
        assert_eq!(refused.status, 403, "{name}");
    }
    assert_eq!(server.sql("SELECT used FROM invitations"), ["0"]);
}
