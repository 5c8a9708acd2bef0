//! Deleting one's own account: what ends at once, what a login within the grace brings back, and what goes after it.

use serde_json::json;

use crate::support::{GOOD_PASSWORD, Server, wait_for};

const ROYS: &str = "SELECT count(*) FROM users WHERE username = 'roy'";

#[test]
fn logins_end_at_once_and_coming_back_within_the_grace_keeps_everything() {
    let server = Server::seeded();
    let todos = server.sql("SELECT count(*) FROM todos").remove(0);
    let (mut roy, mut other) = (server.signed_in("roy", "roy"), server.signed_in("roy", "roy"));
    let mut program = server.client().program("roy", "roy");
    let page = roy.get("/account/delete");
    assert!(page.says("In 7 days your account, your todos and your data are deleted for good."), "{}", page.body);
    assert_eq!(roy.act("/account/delete", &[("password", "roy")]).leads_to(), (303, "/login"));
    let login = roy.get("/login");
    assert!(login.says("You’re logged out everywhere. Your account will be deleted on"), "{}", login.body);
    assert!(!roy.is_signed_in() && !other.is_signed_in() && !roy.jar.contains_key("session"));
    assert_eq!(program.get("/api/v1/me").status, 401);
    let shown = server.cli(&["user", "show", "roy"]).stdout;
    assert!(shown.contains("deleting") && shown.contains("as the owner asked, unless they log in before"), "{shown}");
    let shown: serde_json::Value =
        serde_json::from_str(&server.cli(&["user", "show", "roy", "--json"]).stdout).unwrap();
    assert!(shown["deletes_at"].as_str().unwrap().ends_with('Z'), "{shown}");

    assert_eq!(server.client().log_in("roy", "wrong").leads_to(), (303, "/login"));
    assert!(server.cli(&["user", "show", "roy"]).stdout.contains("deleting"), "a wrong password cancels nothing");
    let mut back = server.signed_in("roy", "roy");
    assert!(back.get("/").says("Welcome back! Your account will not be deleted."));
    assert!(!server.cli(&["user", "show", "roy"]).stdout.contains("deleting"));
    assert_eq!(server.sql("SELECT count(*) FROM todos"), [todos]);
    let activity = back.get("/account/activity");
    assert!(activity.says("Deletion of the account requested") && activity.says("Deletion of the account cancelled"));
    let cancelled = "SELECT actor = target FROM audit_events WHERE event = 'user.deletion_cancelled'";
    assert_eq!(server.sql(cancelled), ["1"], "in the name of the owner");
}

#[test]
fn an_admin_sees_when_in_json_and_may_send_it_back() {
    let server = Server::seeded();
    let mut admin = server.client().program("admin", "password");
    let id = server.sql("SELECT id FROM users WHERE username = 'roy'").remove(0);
    let path = format!("/api/v1/users/{id}");
    let before = admin.get(&path);
    assert!(before.json()["deletes_at"].is_null(), "{}", before.body);
    let mut roy = server.signed_in("roy", "roy");
    assert_eq!(roy.act("/account/delete", &[("password", "roy")]).status, 303);
    let leaving = admin.get(&path);
    assert!(leaving.json()["deletes_at"].as_str().unwrap().ends_with('Z'), "{}", leaving.body);
    assert_ne!(leaving.header("etag"), before.header("etag"), "it is another version");
    let listed = admin.get("/api/v1/users?query=roy").json();
    assert_eq!(listed["users"][0]["deletes_at"], leaving.json()["deletes_at"]);
    assert_eq!(admin.call("PATCH", &path, &leaving.json()).status, 200);
    let refused = admin.call("PATCH", &path, &json!({ "deletes_at": null }));
    assert_eq!(refused.status, 422, "{}", refused.body);
}

#[test]
fn whoever_clicked_twice_is_not_told_that_nothing_happened() {
    let server = Server::seeded();
    let mut roy = server.signed_in("roy", "roy");
    let (token, mut second) = (roy.csrf(), roy.clone());
    let fields = [("csrf", token.as_str()), ("password", "roy")];
    assert_eq!(roy.post("/account/delete", &fields).leads_to(), (303, "/login"));
    assert_eq!(second.post("/account/delete", &fields).leads_to(), (303, "/login"));
    let page = second.get("/login");
    assert!(page.says("If you clicked twice, your account was deleted, or will be unless"), "{}", page.body);
    assert!(!page.says("nothing was saved"));
}

#[test]
fn a_program_deletes_its_account_and_a_login_by_token_keeps_it() {
    let server = Server::seeded();
    let mut roy = server.client().program("roy", "roy");
    let wrong = roy.call("POST", "/api/v1/me/deletion", &json!({ "current_password": "wrong" }));
    assert_eq!(wrong.status, 403);
    assert_eq!(roy.call("POST", "/api/v1/me/deletion", &json!({})).status, 422);
    let asked = roy.call("POST", "/api/v1/me/deletion", &json!({ "current_password": "roy" }));
    assert_eq!(asked.status, 202, "{}", asked.body);
    assert!(asked.json()["deletes_at"].as_str().unwrap().ends_with('Z'));
    assert_eq!(roy.get("/api/v1/me").status, 401);
    server.client().program("roy", "roy");
    assert_eq!(server.sql("SELECT count(*) FROM users WHERE deletes_at IS NOT NULL"), ["0"]);
}

#[test]
fn after_the_grace_the_sweep_removes_accounts_with_all_that_is_theirs() {
    let mut server = Server::seeded();
    for name in ["roy", "python"] {
        server.signed_in(name, name).act("/account/delete", &[("password", name)]);
    }
    server.client().program("jumpiness", "python").call("PUT", "/api/v1/me/data", &json!(1));
    server.execute(&format!("UPDATE users SET deletes_at = {} WHERE username = 'roy'", server.time("-1 second")));
    assert_eq!(server.terminate(), 0);
    server.start(&["serve"]);
    wait_for("the sweep", || (server.sql(ROYS) == ["0"]).then_some(()));
    assert_eq!(server.sql("SELECT count(*) FROM users WHERE username = 'python'"), ["1"], "its time has not come");
    let left = "SELECT count(*) FROM todos WHERE user_id NOT IN (SELECT id FROM users)";
    assert_eq!(server.sql(left), ["0"]);
    assert_eq!(server.client().log_in("roy", "roy").leads_to(), (303, "/login"));
    let by = "SELECT actor || ' ' || detail FROM audit_events WHERE event = 'user.deleted'";
    assert_eq!(server.sql(by), ["system roy"]);
}

#[test]
fn without_a_grace_the_account_is_gone_at_once() {
    let server = Server::prepare().with("VESTIBULE_ACCOUNT_DELETION_DAYS", "0").and_seed().and_start();
    let mut roy = server.signed_in("roy", "roy");
    assert!(roy.get("/account/delete").says("You can’t undo this."));
    assert_eq!(roy.act("/account/delete", &[("password", "roy")]).leads_to(), (303, "/login"));
    assert!(roy.get("/login").says("Your account was deleted."));
    assert_eq!(server.sql(ROYS), ["0"]);
    let mut python = server.client().program("python", "python");
    assert_eq!(python.call("POST", "/api/v1/me/deletion", &json!({ "current_password": "python" })).status, 204);
    assert_eq!(python.get("/api/v1/me").status, 401);
}

#[test]
fn nothing_is_deleted_without_the_password() {
    let server = Server::seeded();
    let mut roy = server.signed_in("roy", "roy");
    for (password, message) in [("", "Enter your password."), ("wrong", "This is not your password. Try again.")] {
        let refused = roy.act("/account/delete", &[("password", password)]);
        assert!(refused.status == 422 && refused.says(message), "{}", refused.body);
    }
    assert!(roy.is_signed_in());
    assert_eq!(server.sql("SELECT count(*) FROM users WHERE deletes_at IS NOT NULL"), ["0"]);
}

#[test]
fn the_last_admin_stays_and_one_who_leaves_does_not_count() {
    let server = Server::seeded();
    let mut admin = server.admin();
    assert!(admin.get("/account/delete").says("You are the last admin, so your account can’t be deleted."));
    let refused = admin.act("/account/delete", &[("password", "password")]);
    assert!(refused.status == 409 && refused.says("You are the last admin"), "{}", refused.body);
    let mut program = server.client().program("admin", "password");
    assert_eq!(program.call("POST", "/api/v1/me/deletion", &json!({ "current_password": "password" })).status, 409);

    server.add_user_with("boss", &["--role", "admin"]);
    let mut boss = server.signed_in("boss", GOOD_PASSWORD);
    assert_eq!(boss.act("/account/delete", &[("password", GOOD_PASSWORD)]).leads_to(), (303, "/login"));
    assert_eq!(admin.act("/account/delete", &[("password", "password")]).status, 409);
    assert_eq!(server.cli(&["user", "disable", "admin"]).code, 1, "boss is about to leave");
    server.signed_in("boss", GOOD_PASSWORD);
    assert_eq!(admin.act("/account/delete", &[("password", "password")]).leads_to(), (303, "/login"));
}
