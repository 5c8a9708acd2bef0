//! The link makes the account, once, and nothing else does.

use std::thread;

use super::{CONFIRM, LOOK, by_api, by_page, open, opened, with_ann};
use crate::support::{GOOD_PASSWORD, MailServer};

#[test]
fn a_person_signs_up_opens_the_link_and_logs_in() {
    let mail = MailServer::start();
    let server = with_ann(&mail);
    let mut browser = server.client().browsing();
    let signed_up = by_page(&mut browser, "Zoe", "Zoe@Example.com");
    assert_eq!(signed_up.leads_to(), (303, "/signup/sent"));
    assert!(!browser.jar.contains_key("session") && !browser.jar.contains_key("device"), "{:?}", browser.jar);
    let sent = browser.get("/signup/sent");
    assert!(sent.status == 200 && sent.says("A message is on its way to the email address"), "{}", sent.body);
    assert_eq!(server.names(), ["ann"], "there is no account yet");
    assert_eq!(browser.log_in("zoe", GOOD_PASSWORD).leads_to(), (303, "/login"));
    assert!(browser.get("/login").says(LOOK));

    let letter = mail.letter("Zoe@example.com", CONFIRM);
    let text = letter.text();
    assert!(text.contains("The username is zoe.") && text.contains("from the address 127.0.0.1"), "{text}");
    // A program that looks at mail opens every link, more than once.
    let state = || (server.sql("SELECT token_hash FROM one_time_links"), server.audit(), server.names());
    let before = state();
    for _ in 0..2 {
        assert_eq!(server.client().get(&letter.link()).leads_to(), (303, "/signup/confirm"));
    }
    let mut other = server.opened(&letter.link());
    let page = other.get("/signup/confirm");
    assert!(page.says("The account <strong>zoe</strong> is created, with the address"), "{}", page.body);
    assert!(!page.says("name=\"username\""), "only the password is to be typed: {}", page.body);
    assert_eq!(state(), before);
    let confirmed = other.confirms();
    assert_eq!(confirmed.leads_to(), (303, "/"));
    let home = other.get("/");
    assert!(home.says("Your account was created.") && home.says("Hello, zoe!"), "{}", home.body);
    assert!(other.is_signed_in() && other.jar.contains_key("device"), "{:?}", other.jar);
    for name in ["zoe", "zoe@example.com"] {
        assert_eq!(server.client().log_in(name, GOOD_PASSWORD).leads_to(), (303, "/"), "{name}");
    }
    assert_eq!(server.sql("SELECT count(*) FROM sign_ups"), ["0"]);
    for refused in [server.client().get(&letter.link()), other.confirms()] {
        assert!(refused.status == 403 && refused.says("<h1>This link does not work</h1>"), "it worked once");
    }
    let told = server.audit();
    for event in ["sign_up.asked: zoe", "user.created: zoe", "email.confirmed"] {
        assert!(told.iter().any(|row| row == event), "{event}: {told:?}");
    }
    assert!(server.signed_in("zoe", GOOD_PASSWORD).get("/account/activity").says("Email address confirmed"));
}

#[test]
fn of_twenty_who_use_one_link_one_makes_the_account() {
    let mail = MailServer::start();
    let server = open(&mail).and_start();
    assert_eq!(by_api(&server, "zoe", "zoe@example.com").status, 202);
    let browser = opened(&server, &mail, "zoe@example.com");
    let mut statuses: Vec<u16> = thread::scope(|scope| {
        let all = [(); 20].map(|()| scope.spawn(|| browser.clone().confirms().status));
        all.into_iter().map(|one| one.join().unwrap()).collect()
    });
    // Whoever comes after it is told so, or before that to wait: twenty at once are more than a network may send.
    statuses.retain(|status| ![403, 429, 503].contains(status));
    assert_eq!(statuses, [303]);
    assert_eq!(server.names(), ["zoe"]);
    assert_eq!(server.audit().iter().filter(|event| *event == "email.confirmed").count(), 1);
}

#[test]
fn a_link_that_is_old_or_cut_or_for_something_else_makes_nothing() {
    let mail = MailServer::start();
    let server = with_ann(&mail);
    by_api(&server, "zoe", "zoe@example.com");
    let link = mail.letter("zoe@example.com", CONFIRM).link();
    let token = |link: &str| link.split_once("token=").unwrap().1.to_owned();
    let reset = token(&server.reset_link("ann"));
    for other in [link[..link.len() - 1].to_owned(), format!("/signup/confirm?token={reset}"), "/signup/confirm".into()]
    {
        let refused = server.client().browsing().get(&other);
        assert!(refused.status == 403 && refused.says("<h1>This link does not work</h1>"), "{other}");
    }
    let elsewhere = server.client().browsing().get(&format!("/reset?token={}", token(&link)));
    assert_eq!(elsewhere.status, 403, "it is good for nothing else");
    let mut browser = server.opened(&link);
    server.execute("UPDATE sign_ups SET expires_at = '2020-01-01 00:00:00'");
    for refused in [server.client().get(&link), browser.get("/signup/confirm"), browser.confirms()] {
        assert_eq!(refused.status, 403);
    }
    assert_eq!(server.names(), ["ann"]);
}

#[test]
fn a_name_that_is_taken_by_then_gives_way_to_another_one() {
    let mail = MailServer::start();
    let server = open(&mail).and_start();
    assert_eq!(by_api(&server, "zoe", "zoe@example.com").status, 202);
    assert_eq!(by_api(&server, "zoe", "other@example.com").status, 202, "nothing is reserved");
    assert_eq!(opened(&server, &mail, "other@example.com").confirms().leads_to(), (303, "/"));
    let mut browser = opened(&server, &mail, "zoe@example.com");
    let page = browser.get("/signup/confirm");
    assert!(page.says("Somebody else has the username zoe by now") && page.says("name=\"username\""), "{}", page.body);
    for (name, says) in [
        ("", "This username is taken."),
        ("ZOE", "This username is taken."),
        ("admin", "This name is kept for the site."),
        ("!", "field-error"),
    ] {
        let again = browser.post("/signup/confirm", &[("username", name), ("password", GOOD_PASSWORD)]);
        assert!(again.status == 422 && again.says(says), "{name:?}: {}", again.body);
    }
    let other = browser.post("/signup/confirm", &[("username", "Zoe2"), ("password", GOOD_PASSWORD)]);
    assert_eq!(other.leads_to(), (303, "/"));
    assert_eq!(server.names(), ["zoe", "zoe2"]);
    assert_eq!(server.client().log_in("zoe@example.com", GOOD_PASSWORD).leads_to(), (303, "/"));
}

#[test]
fn a_network_is_told_of_so_many_taken_names_by_a_link_as_by_sign_ups() {
    let mail = MailServer::start();
    let server = open(&mail).with("VESTIBULE_NETWORK_TAKEN_NAMES_PER_HOUR", "3").and_start();
    by_api(&server, "zoe", "zoe@example.com");
    server.add_user("ann");
    let mut browser = opened(&server, &mail, "zoe@example.com");
    let mut guess =
        |name: &str| browser.post("/signup/confirm", &[("username", name), ("password", GOOD_PASSWORD)]).status;
    assert_eq!([guess("ann"), guess("ann"), guess("ann"), guess("ann")], [422, 422, 422, 429]);
}

#[test]
fn of_two_sign_ups_with_one_address_the_one_that_is_confirmed_gets_it() {
    let mail = MailServer::start();
    let server = open(&mail).and_start();
    by_api(&server, "zoe", "zoe@example.com");
    let first = opened(&server, &mail, "zoe@example.com");
    by_api(&server, "eve", "zoe@example.com");
    let letters = mail.wait_for(2);
    let mut second = server.opened(&letters[1].link());
    let mut first = first;
    assert_eq!(first.confirms().leads_to(), (303, "/"));
    let taken = second.confirms();
    assert!(taken.status == 409 && taken.says("<h1>You have an account already</h1>"), "{}", taken.body);
    assert_eq!(server.names(), ["zoe"]);
}
