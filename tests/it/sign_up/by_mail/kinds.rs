//! Who waits for what else than the link: approval, an invitation, or for nothing.

use serde_json::json;

use super::{CONFIRM, LOOK, by_api, by_page, open, opened};
use crate::support::{GOOD_PASSWORD, MailServer, Server};

#[test]
fn under_approval_the_link_comes_first_and_then_the_admin() {
    let mail = MailServer::start();
    let server = open(&mail).with("VESTIBULE_REGISTRATION", "approval").and_start();
    assert_eq!(by_api(&server, "zoe", "zoe@example.com").status, 202);
    assert!(server.cli(&["user", "list", "--waiting"]).stdout.lines().all(|line| !line.contains("zoe")));
    let mut browser = opened(&server, &mail, "zoe@example.com");
    assert_eq!(browser.confirms().leads_to(), (303, "/login"));
    assert!(browser.get("/login").says("An administrator has to approve it before you can log in."));
    browser.log_in("zoe", GOOD_PASSWORD);
    assert!(browser.get("/login").says("Your account waits for an administrator to approve it."));
    assert_eq!(server.cli(&["user", "approve", "zoe"]).code, 0);
    assert_eq!(browser.log_in("zoe", GOOD_PASSWORD).leads_to(), (303, "/"));
}

fn by_invitation(mail: &MailServer) -> Server {
    open(mail).with("VESTIBULE_REGISTRATION", "invite").and_start()
}

#[test]
fn an_invitation_is_used_by_the_link_and_gives_its_roles_then() {
    let mail = MailServer::start();
    let server = by_invitation(&mail);
    let invitation = server.invite(&["--role", "staff", "--email", "zoe@example.com"]);
    let mut browser = server.opened(&invitation);
    assert_eq!(by_page(&mut browser, "zoe", "zoe@example.com").leads_to(), (303, "/signup/sent"));
    assert_eq!(server.sql("SELECT used FROM invitations"), ["0"]);
    assert_eq!(opened(&server, &mail, "zoe@example.com").confirms().leads_to(), (303, "/"));
    assert_eq!(server.sql("SELECT used FROM invitations"), ["1"]);
    assert_eq!(server.sql("SELECT role FROM user_roles"), ["staff"]);
    assert_eq!(server.client().log_in("zoe", GOOD_PASSWORD).leads_to(), (303, "/"), "nobody has to approve");
}

#[test]
fn an_invitation_for_no_address_takes_a_captcha_where_one_is_asked_for() {
    let mail = MailServer::start();
    let server = open(&mail).with("VESTIBULE_REGISTRATION", "invite").with("VESTIBULE_CAPTCHA", "always").and_start();
    let (anyones, zoes) = (server.invite(&[]), server.invite(&["--email", "zoe@example.com"]));
    let mut browser = server.opened(&anyones);
    assert!(browser.get("/signup").says("Signs in the picture"));
    assert_eq!(by_page(&mut browser, "ben", "ben@example.com").status, 422);
    let token = |link: &str| link.split_once("token=").unwrap().1.to_owned();
    let body = |name: &str, link: &str| {
        let email = format!("{name}@example.com");
        json!({ "username": name, "email": email, "password": GOOD_PASSWORD, "invitation": token(link) })
    };
    let asked = server.client().call("POST", "/api/v1/users", &body("ben", &anyones));
    assert_eq!((asked.status, &asked.json()["type"]), (403, &json!("urn:vestibule:captcha-required")));
    assert!(!server.opened(&zoes).get("/signup").says("Signs in the picture"), "an admin has vouched for the address");
    assert_eq!(server.client().call("POST", "/api/v1/users", &body("zoe", &zoes)).status, 202);
    mail.letter("zoe@example.com", CONFIRM);
    assert_eq!(mail.taken().len(), 1);
}

#[test]
fn an_invitation_for_one_makes_one_account_however_many_links_were_sent() {
    let mail = MailServer::start();
    let server = by_invitation(&mail);
    let token = server.invite(&[]).split_once("token=").unwrap().1.to_owned();
    for name in ["zoe", "ben"] {
        let email = format!("{name}@example.com");
        let body = json!({ "username": name, "email": email, "password": GOOD_PASSWORD, "invitation": token });
        assert_eq!(server.client().call("POST", "/api/v1/users", &body).status, 202, "{name}");
    }
    assert_eq!(opened(&server, &mail, "ben@example.com").confirms().status, 303);
    let refused = opened(&server, &mail, "zoe@example.com").confirms();
    assert!(refused.status == 403 && refused.says("This link does not work"), "{}", refused.body);
    assert_eq!(server.names(), ["ben"]);
}

#[test]
fn an_invitation_that_was_revoked_makes_no_account_any_more() {
    let mail = MailServer::start();
    let server = by_invitation(&mail);
    let mut browser = server.opened(&server.invite(&[]));
    by_page(&mut browser, "zoe", "zoe@example.com");
    let mut reader = opened(&server, &mail, "zoe@example.com");
    let id = server.sql("SELECT id FROM invitations").remove(0);
    assert_eq!(server.cli(&["invite", "revoke", &id]).code, 0);
    assert_eq!(reader.confirms().status, 403);
    assert!(server.names().is_empty());
}

#[test]
fn when_sign_up_was_closed_in_the_meantime_a_link_makes_no_account() {
    let mail = MailServer::start();
    let mut server = open(&mail).and_start();
    by_api(&server, "zoe", "zoe@example.com");
    let link = mail.letter("zoe@example.com", CONFIRM).link();
    server.terminate();
    let server = server.with("VESTIBULE_REGISTRATION", "closed").and_start();
    let refused = server.opened(&link).confirms();
    assert!(refused.status == 403 && refused.says("Sign-up is closed"), "{}", refused.body);
    assert!(server.names().is_empty());
}

#[test]
fn what_has_no_address_waits_for_no_link_and_data_stays_with_what_does() {
    let mail = MailServer::start();
    let server = open(&mail).and_start();
    let body = json!({ "username": "ann", "password": GOOD_PASSWORD });
    assert_eq!(server.client().call("POST", "/api/v1/users", &body).status, 201);
    let mut browser = server.client().browsing();
    assert_eq!(browser.sign_up_as("ben").leads_to(), (303, "/"));

    let body = json!({ "email": "ann@example.com", "name": "Ann B.", "password": GOOD_PASSWORD, "data": { "x": [1] } });
    assert_eq!(server.client().call("POST", "/api/v1/users", &body).status, 202);
    let text = mail.letter("ann@example.com", CONFIRM).text();
    assert!(text.contains("The username is ann2."), "one that is free: {text}");
    let told = server.client().call("POST", "/api/v1/tokens", &json!({ "login": "ann2", "password": GOOD_PASSWORD }));
    assert!(told.status == 403 && told.body.contains(LOOK), "{}", told.body);
    assert_eq!(opened(&server, &mail, "ann@example.com").confirms().status, 303);
    let mut ann = server.client().program("ann2", GOOD_PASSWORD);
    assert_eq!(ann.get("/api/v1/me").json()["name"], "Ann B.");
    assert_eq!(ann.get("/api/v1/me/data").json(), json!({ "x": [1] }));
}
