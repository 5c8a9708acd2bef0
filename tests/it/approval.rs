//! Accounts that wait until an admin says yes or no: `registration = "approval"`.

use serde_json::{Value, json};

use crate::support::{GOOD_PASSWORD, Server};

const WAITS: &str = "Your account waits for an administrator to approve it.";

fn server() -> Server {
    Server::prepare()
        .with("VESTIBULE_REGISTRATION", "approval")
        .with("VESTIBULE_SIGN_UP_SECONDS", "0")
        .and_seed()
        .and_start()
}

fn id_of(server: &Server, name: &str) -> String {
    server.sql(&format!("SELECT id FROM users WHERE username = '{name}'")).remove(0)
}

#[test]
fn a_person_signs_up_waits_and_is_let_in() {
    let server = server();
    let mut browser = server.client().browsing();
    assert!(browser.get("/login").says(">Sign up</a>"));
    let signed_up = browser.sign_up_as("zoe");
    assert_eq!(signed_up.leads_to(), (303, "/login"));
    assert!(!browser.jar.contains_key("session") && !browser.jar.contains_key("device"), "{:?}", browser.jar);
    assert!(browser.get("/login").says("Your account was created. An administrator has to approve it"));
    assert_eq!(server.sessions(), 0);

    assert_eq!(browser.log_in("zoe", GOOD_PASSWORD).leads_to(), (303, "/login"));
    assert!(browser.get("/login").says(WAITS), "after the right password");
    let listed = server.cli(&["user", "list", "--waiting"]).stdout;
    assert!(listed.contains("zoe") && listed.contains("waiting") && !listed.contains("roy"), "{listed}");
    let shown: Value = serde_json::from_str(&server.cli(&["user", "show", "zoe", "--json"]).stdout).unwrap();
    assert_eq!((&shown["waits_for"], &shown["enabled"]), (&json!("approval"), &json!(true)));

    let approved = server.cli(&["user", "approve", "zoe"]);
    assert_eq!((approved.code, approved.stderr.as_str()), (0, "zoe can log in now.\n"));
    assert_eq!(browser.log_in("zoe", GOOD_PASSWORD).leads_to(), (303, "/"));
    let home = browser.get("/");
    assert!(home.says("Hello, zoe!") && !home.says("failed login"), "to have waited was no failure");
    let events: Vec<String> = server.audit().into_iter().filter(|row| !row.starts_with("login.succeeded")).collect();
    let expected = ["user.created: zoe", "user.waiting: approval", "login.waiting: approval", "user.approved"];
    assert_eq!(events[events.len() - 4..], expected);
    let again = server.cli(&["user", "approve", "zoe"]);
    assert_eq!((again.code, again.stderr.as_str()), (1, "Error: zoe does not wait for approval.\n"));
}

#[test]
fn only_the_right_password_tells_that_an_account_waits() {
    let server = server();
    server.client().sign_up(&[("username", "zoe"), ("email", "zoe@example.com"), ("password", GOOD_PASSWORD)]);
    let wrong = |name: &str| {
        let mut browser = server.client();
        let sent = browser.log_in(name, "a wrong password");
        (sent.status, browser.get("/login").body.replace(name, ""))
    };
    assert_eq!(wrong("zoe"), wrong("nobody-at-all"));
    let bodies = ["zoe", "nobody-at-all"].map(|name| {
        let body = json!({ "login": name, "password": "a wrong password" });
        let refused = server.client().call("POST", "/api/v1/tokens", &body);
        (refused.status, refused.body)
    });
    assert_eq!(bodies[0], bodies[1]);

    let form = [("username", "zoe@example.com"), ("password", GOOD_PASSWORD)];
    let cookie = server.client().json().post("/login", &form);
    let token = server.client().call("POST", "/api/v1/tokens", &json!({ "login": "zoe", "password": GOOD_PASSWORD }));
    for refused in [cookie, token] {
        assert_eq!((refused.status, refused.header("content-type")), (403, Some("application/problem+json")));
        assert!(
            refused.json()["detail"].as_str().unwrap().starts_with(WAITS) && refused.all("set-cookie").count() == 0
        );
    }
    let grant = [("grant_type", "password"), ("username", "zoe"), ("password", GOOD_PASSWORD)];
    let oauth = server.client().json().post("/api/v1/tokens", &grant);
    assert_eq!((oauth.status, &oauth.json()["error"]), (400, &json!("invalid_grant")), "{}", oauth.body);
    let issued = server.cli(&["token", "issue", "zoe"]);
    assert_eq!((issued.code, issued.stdout.as_str()), (1, ""), "{}", issued.stderr);
    assert_eq!(server.sessions(), 0);
}

#[test]
fn an_admin_says_yes_and_no_by_the_api() {
    let server = server();
    let program = |name: &str| {
        server.client().call("POST", "/api/v1/users", &json!({ "username": name, "password": GOOD_PASSWORD }))
    };
    let made = program("zoe");
    assert_eq!((made.status, &made.json()["waits_for"]), (201, &json!("approval")), "{}", made.body);
    assert_eq!(program("ben").status, 201);
    let mut admin = server.client().program("admin", "password");
    let waiting = |admin: &mut crate::support::Client| {
        let list = admin.get("/api/v1/users?waiting=true").json();
        list["users"].as_array().unwrap().iter().map(|user| user["username"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(waiting(&mut admin), [json!("ben"), json!("zoe")]);
    assert_eq!(admin.get("/api/v1/users?waiting=perhaps").status, 422);

    let (zoe, ben) = (id_of(&server, "zoe"), id_of(&server, "ben"));
    let approved = admin.bare("PUT", &format!("/api/v1/users/{zoe}/approval"));
    assert_eq!((approved.status, &approved.json()["waits_for"]), (200, &Value::Null), "{}", approved.body);
    assert_eq!(server.client().pair("zoe", GOOD_PASSWORD)["token_type"], "Bearer");
    assert_eq!(admin.bare("DELETE", &format!("/api/v1/users/{ben}/approval")).status, 204);
    assert_eq!(server.sql("SELECT count(*) FROM users WHERE username = 'ben'"), ["0"], "the name is free again");
    assert_eq!(program("ben").status, 201);
    for method in ["PUT", "DELETE"] {
        assert_eq!(
            admin.bare(method, &format!("/api/v1/users/{zoe}/approval")).status,
            409,
            "{method}: it does not wait"
        );
        assert_eq!(admin.bare(method, "/api/v1/users/nobody/approval").status, 404, "{method}");
    }
    assert_eq!(server.sql("SELECT count(*) FROM users WHERE username = 'zoe'"), ["1"]);
    assert_eq!(program("ben").status, 409);
    let body = json!({ "username": "cleo", "password": GOOD_PASSWORD });
    let provisioned = admin.call("POST", "/api/v1/users", &body);
    assert_eq!((provisioned.status, &provisioned.json()["waits_for"]), (201, &Value::Null), "an admin has said yes");
}

#[test]
fn an_account_that_was_read_can_be_sent_back_but_not_approved_so() {
    let server = server();
    server.client().sign_up_as("zoe");
    let path = format!("/api/v1/users/{}", id_of(&server, "zoe"));
    let mut admin = server.client().program("admin", "password");
    let mut read = admin.get(&path).json();
    read["name"] = "Zoë".into();
    assert_eq!(admin.call("PATCH", &path, &read).status, 200);
    read["waits_for"] = Value::Null;
    let refused = admin.call("PATCH", &path, &read);
    assert!(refused.status == 422 && refused.json()["errors"]["waits_for"].is_array(), "{}", refused.body);
    assert_eq!(server.sql("SELECT waits_for FROM users WHERE username = 'zoe'"), ["approval"]);
}

#[test]
fn a_rejected_person_is_a_stranger_again() {
    let server = server();
    server.client().sign_up_as("zoe");
    let rejected = server.cli(&["user", "reject", "zoe"]);
    assert_eq!((rejected.code, rejected.stderr.as_str()), (0, "Removed zoe, who was waiting for approval.\n"));
    let mut browser = server.client();
    browser.log_in("zoe", GOOD_PASSWORD);
    assert!(browser.get("/login").says("Wrong username/email or password."));
    let refused = server.cli(&["user", "reject", "roy"]);
    assert_eq!((refused.code, refused.stderr.as_str()), (1, "Error: roy does not wait for approval.\n"));
    assert_eq!(server.cli(&["user", "reject", "zoe"]).code, 3);
    assert_eq!(server.client().sign_up_as("zoe").status, 303, "the name is free again");
}

#[test]
fn an_admin_who_waits_is_none_yet() {
    let server = server();
    server.client().sign_up_as("zoe");
    assert_eq!(server.cli(&["user", "role", "add", "zoe", "admin"]).code, 0);
    let refused = server.cli(&["user", "disable", "admin"]);
    assert!(refused.code == 1 && refused.stderr.contains("This is the last admin"), "{}", refused.stderr);
    assert_eq!(server.cli(&["user", "approve", "zoe"]).code, 0);
    assert_eq!(server.cli(&["user", "disable", "admin"]).code, 0);
}

#[test]
fn a_new_password_by_a_link_is_no_way_around_the_wait() {
    let server = server();
    server.client().sign_up_as("zoe");
    let other = "another horse battery staple";
    assert_eq!(server.opened(&server.reset_link("zoe")).reset_to(other).leads_to(), (303, "/login"));
    let mut browser = server.client();
    assert_eq!(browser.log_in("zoe", other).leads_to(), (303, "/login"));
    assert!(browser.get("/login").says(WAITS));
    assert_eq!(server.sessions(), 0);
}
