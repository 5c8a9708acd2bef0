//! What owners of accounts are told, and when they are not.

use serde_json::json;

use crate::support::{GOOD_PASSWORD, MailServer, Server, wait_for};

const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";

/// A server with an account `zoe` that has an address.
fn with_zoe(mail: &MailServer) -> Server {
    let server = Server::prepare().mailing(mail).and_start();
    server.add_with_address("zoe");
    server
}

#[test]
fn the_owner_is_told_of_a_new_device_once_and_of_a_known_one_never() {
    let mail = MailServer::start();
    let mut server = with_zoe(&mail);
    let mut browser = server.client().browsing().with("User-Agent", FIREFOX);
    assert_eq!(browser.log_in("zoe", GOOD_PASSWORD).leads_to(), (303, "/"));
    let told = mail.wait_for(1).remove(0);
    assert_eq!((told.to(), told.headers("To")), (vec!["zoe@example.com"], vec!["zoe@example.com"]));
    assert_eq!(told.headers("From"), ["Example <login@example.com>"]);
    assert_eq!(told.headers("Auto-Submitted"), ["auto-generated"]);
    assert_eq!(told.subject(), "New login to your account");
    let text = told.text();
    assert!(text.contains("Firefox on Linux, from the address 127.0.0.1."), "{text}");
    let link = format!("http://127.0.0.1:{}/not-me?token=", server.port);
    assert!(text.contains(&link), "the listening address, since there is no public one: {text}");

    // A server that has just started has told nobody of a new device within the hour.
    assert_eq!(server.terminate(), 0);
    server.start(&["serve"]);
    let mut browser = server.client().browsing().having(&browser);
    browser.get("/logout");
    assert_eq!(browser.log_in("zoe", GOOD_PASSWORD).leads_to(), (303, "/"), "the browser is known");
    assert_eq!(server.client().log_in("zoe", "wrong").leads_to(), (303, "/login"));
    server.set_password("zoe");
    assert_eq!(mail.wait_for(2)[1].subject(), "Your password was changed");
    for _ in 0..2 {
        assert_eq!(server.client().log_in("zoe", GOOD_PASSWORD).leads_to(), (303, "/"));
    }
    server.set_password("zoe");
    let subjects: Vec<String> = mail.wait_for(4).iter().map(|letter| letter.subject().to_owned()).collect();
    let told = ["New login to your account", "Your password was changed"];
    assert_eq!(subjects, [told, told].concat(), "one new device is told within an hour");
}

#[test]
fn the_owner_is_told_of_a_new_password_whoever_set_it() {
    let mail = MailServer::start();
    let server = with_zoe(&mail);
    server.set_password("zoe");
    let told = mail.wait_for(1)[0].text();
    assert!(told.contains("was changed on") && told.contains("UTC by the people who run this server."), "{told}");
    assert!(!told.contains("127.0.0.1 ") && !told.contains("from the address"), "{told}");

    let mut zoe = server.client().program("zoe", GOOD_PASSWORD).with("User-Agent", "curl/8.5.0");
    let new = json!({ "current_password": GOOD_PASSWORD, "new_password": "another good one" });
    assert_eq!(zoe.call("PUT", "/api/v1/me/password", &new).status, 200);
    let told = mail.wait_for(2)[1].text();
    assert!(told.contains("UTC, with curl from the address 127.0.0.1."), "{told}");
}

#[test]
fn who_deletes_their_account_is_told_the_day() {
    let mail = MailServer::start();
    let server = with_zoe(&mail);
    let mut zoe = server.client().program("zoe", GOOD_PASSWORD);
    let asked = zoe.call("POST", "/api/v1/me/deletion", &json!({ "current_password": GOOD_PASSWORD }));
    assert_eq!(asked.status, 202);
    let told = mail.wait_for(1).remove(0);
    assert_eq!(told.subject(), "Your account is going to be deleted");
    let day: chrono::NaiveDate = asked.json()["deletes_at"].as_str().unwrap()[..10].parse().unwrap();
    assert!(
        told.text().contains(&format!("is going to be deleted on {}.", day.format("%-d %B %Y"))),
        "{}",
        told.text()
    );

    let server = Server::prepare().mailing(&mail).with("VESTIBULE_ACCOUNT_DELETION_DAYS", "0").and_start();
    server.add_with_address("ann");
    let mut ann = server.client().program("ann", GOOD_PASSWORD);
    let asked = ann.call("POST", "/api/v1/me/deletion", &json!({ "current_password": GOOD_PASSWORD }));
    assert!((200..300).contains(&asked.status), "{asked:?}");
    let told = mail.wait_for(2).remove(1);
    assert_eq!((told.subject(), told.to()), ("Your account was deleted", vec!["ann@example.com"]));
}

#[test]
fn an_address_gets_no_more_notices_than_the_setting_says() {
    let mail = MailServer::start();
    let server = Server::prepare().mailing(&mail).with("VESTIBULE_MAIL_NOTICES_PER_HOUR", "3").and_start();
    server.add_with_address("zoe");
    server.add_with_address("ann");
    let mut zoe = server.client().program("zoe", GOOD_PASSWORD);
    let same = json!({ "current_password": GOOD_PASSWORD, "new_password": GOOD_PASSWORD });
    for _ in 0..6 {
        let changed = zoe.call("PUT", "/api/v1/me/password", &same);
        assert_eq!(changed.status, 200, "the change is made in any case: {changed:?}");
        zoe = server.client().program("zoe", GOOD_PASSWORD);
    }
    let mut ann = server.client().program("ann", GOOD_PASSWORD);
    assert_eq!(ann.call("PUT", "/api/v1/me/password", &same).status, 200);
    let told = mail.wait_for(4);
    wait_for("the queue to be empty", || server.queued().is_empty().then_some(()));
    let to = |name: &str| told.iter().filter(|letter| letter.to() == [format!("{name}@example.com")]).count();
    assert_eq!((to("zoe"), to("ann"), mail.taken().len()), (3, 1, 4));
}

#[test]
fn without_mail_or_an_address_nothing_is_queued() {
    let server = Server::prepare().and_start();
    server.add_with_address("zoe");
    assert_eq!(server.client().log_in("zoe", GOOD_PASSWORD).leads_to(), (303, "/"));
    server.set_password("zoe");
    assert_eq!(server.queued(), [""; 0]);
    let server = Server::prepare().with("VESTIBULE_MAIL_TRANSPORT", "log").and_start();
    server.add_user("ann");
    assert_eq!(server.client().log_in("ann", GOOD_PASSWORD).leads_to(), (303, "/"));
    server.set_password("ann");
    assert_eq!(server.queued(), [""; 0]);
}

#[test]
fn with_the_log_as_transport_letters_are_in_the_log() {
    let server = Server::prepare().with("VESTIBULE_MAIL_TRANSPORT", "log").and_start();
    server.add_with_address("zoe");
    assert_eq!(server.client().log_in("zoe", GOOD_PASSWORD).leads_to(), (303, "/"));
    wait_for("the letter", || server.stderr().contains("New login to your account").then_some(()));
    let said = server.stderr();
    assert!(said.contains("zoe@example.com") && said.contains("Mail goes into this log"), "{said}");
    wait_for("the queue to be empty", || server.queued().is_empty().then_some(()));
}
