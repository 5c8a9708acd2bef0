//! The link goes with the password of its sign-up: nobody vouches for one that somebody else chose.

use serde_json::json;

use super::{CONFIRM, LOOK, by_api, count, open, opened};
use crate::support::{GOOD_PASSWORD, MailServer, Reply, Server};

const OTHER: &str = "what somebody else has chosen";

/// Signs anna up with her address and this password.
fn anna(server: &Server, password: &str) -> Reply {
    let body = json!({ "username": "anna", "email": "anna@example.com", "password": password });
    server.client().call("POST", "/api/v1/users", &body)
}

#[test]
fn whoever_opens_the_link_of_somebody_elses_sign_up_makes_no_account_with_their_password() {
    let mail = MailServer::start();
    let server = open(&mail).and_start();
    // Somebody else was there first, then she signs up; a login by the name goes by the latest of them.
    let mut links = Vec::new();
    for (number, password) in [OTHER, GOOD_PASSWORD].iter().enumerate() {
        assert_eq!(anna(&server, password).status, 202);
        links.push(mail.wait_for(number + 1)[number].link());
    }
    let mut browser = server.client().browsing();
    browser.log_in("anna", GOOD_PASSWORD);
    assert!(browser.get("/login").says(LOOK));
    let mut theirs = server.opened(&links[0]);
    let again = theirs.confirms();
    assert!(again.status == 422 && again.says("This is not the password of this sign-up."), "{}", again.body);
    assert!(again.says("open the link of the other message") && !theirs.is_signed_in(), "{}", again.body);
    let empty = theirs.confirms_with("");
    assert!(empty.status == 422 && empty.says("Enter your password."), "{}", empty.body);
    assert!(server.names().is_empty());
    assert_eq!(server.sql("SELECT count(*) FROM sign_ups"), ["2"], "neither is lost");
    assert!(server.audit().contains(&"login.failed: wrong password of a sign-up".to_owned()), "{:?}", server.audit());

    assert_eq!(server.opened(&links[1]).confirms().leads_to(), (303, "/"));
    assert_eq!(server.names(), ["anna"]);
    assert_eq!(server.client().log_in("anna", OTHER).leads_to(), (303, "/login"));
    assert_eq!(server.client().log_in("anna", GOOD_PASSWORD).leads_to(), (303, "/"));
    // Not even the one that goes with it makes another account with her address.
    let fields = [("username", "eve"), ("password", OTHER)];
    assert_eq!(theirs.post("/signup/confirm", &fields).status, 409);
    assert_eq!(server.names(), ["anna"]);
}

#[test]
fn a_link_that_got_a_wrong_password_works_with_the_right_one() {
    let mail = MailServer::start();
    let server = open(&mail).and_start();
    assert_eq!(anna(&server, GOOD_PASSWORD).status, 202);
    let mut browser = opened(&server, &mail, "anna@example.com");
    assert_eq!(browser.confirms_with(OTHER).status, 422);
    assert_eq!(browser.confirms().leads_to(), (303, "/"));
    assert_eq!(server.names(), ["anna"]);
}

#[test]
fn guesses_by_a_link_are_throttled_and_use_up_nobody_elses_attempts() {
    let mail = MailServer::start();
    let server = open(&mail).with_real_limits().and_start();
    assert_eq!(anna(&server, GOOD_PASSWORD).status, 202);
    assert_eq!(by_api(&server, "ben", "ben@example.com").status, 202);
    let mut browser = opened(&server, &mail, "anna@example.com");
    let guesses: Vec<Reply> = (0..6).map(|_| browser.confirms_with(OTHER)).collect();
    let statuses: Vec<u16> = guesses.iter().map(|reply| reply.status).collect();
    assert_eq!(statuses[..5], [422; 5]);
    assert_eq!(guesses[5].status, 429, "{}", guesses[5].body);
    assert!(guesses[5].header("retry-after").is_some());
    assert!(server.cli(&["throttle", "list"]).stdout.contains("sign-up:"));
    assert_eq!(opened(&server, &mail, "ben@example.com").confirms().leads_to(), (303, "/"));
    assert_eq!(count(&mail, "anna@example.com", CONFIRM), 1);
}
