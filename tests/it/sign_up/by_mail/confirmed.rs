//! Addresses that nobody has shown to be the owner's: what they get, what they keep from others, and how they are confirmed.

use serde_json::{Value, json};

use super::{CONFIRM, TAKEN, all_sent, by_api, count, open, opened};
use crate::support::{GOOD_PASSWORD, MailServer, Server};

/// A server that sends mail since not long ago: zoe signed up before that, and nobody has confirmed her address.
pub(super) fn with_zoe(mail: &MailServer) -> Server {
    let mut server = Server::prepare().and_open().and_start();
    assert_eq!(by_api(&server, "zoe", "zoe@example.com").status, 201, "without mail there is an account at once");
    server.terminate();
    server.mailing(mail).with("VESTIBULE_CAPTCHA_AFTER_SIGN_UPS", "1000").and_start()
}

#[test]
fn an_address_that_is_not_confirmed_gets_no_mail_but_the_link() {
    let mail = MailServer::start();
    let server = with_zoe(&mail);
    let mut browser = server.signed_in("zoe", GOOD_PASSWORD);
    server.client().browsing().post("/forgot", &[("username", "zoe@example.com")]);
    crate::support::wait_for("the request to be answered", || {
        let refused = server.sql("SELECT detail FROM audit_events WHERE event = 'reset.refused'");
        (refused == ["the address is not confirmed"]).then_some(())
    });
    all_sent(&server);
    assert_eq!(mail.taken().len(), 0, "neither a login from a new browser nor a link for a new password");

    let account = browser.get("/account");
    assert!(account.says("Not confirmed") && account.says("Send link"), "{}", account.body);
    assert!(server.cli(&["user", "show", "zoe"]).stdout.contains("zoe@example.com (not confirmed)"));
    assert_eq!(browser.act("/account/email/confirm", &[]).leads_to(), (303, "/account"));
    let account = browser.get("/account");
    assert!(account.says("We sent a message") && !account.says("Send link"), "{}", account.body);
    let mut reader = server.opened(&mail.letter("zoe@example.com", CONFIRM).link());
    assert_eq!(reader.post("/email/confirm", &[]).leads_to(), (303, "/login"));
    let account = browser.get("/account");
    assert!(!account.says("Not confirmed"), "{}", account.body);
    assert!(server.audit().contains(&"email.confirmed".to_owned()));

    server.client().browsing().post("/forgot", &[("username", "zoe")]);
    mail.letter("zoe@example.com", "Choose a new password");
    server.signed_in("zoe", GOOD_PASSWORD);
    mail.letter("zoe@example.com", "New login to your account");
    // There is nothing to confirm any more.
    let sent = mail.taken().len();
    assert_eq!(browser.act("/account/email/confirm", &[]).leads_to(), (303, "/account"));
    all_sent(&server);
    assert_eq!(mail.taken().len(), sent);
}

#[test]
fn programs_read_whether_it_is_confirmed_and_have_the_link_sent() {
    let mail = MailServer::start();
    let server = with_zoe(&mail);
    server.add_user_with("boss", &["--role", "admin", "--email", "boss@example.com"]);
    let (mut zoe, mut boss) =
        (server.client().program("zoe", GOOD_PASSWORD), server.client().program("boss", GOOD_PASSWORD));
    let confirmed = |document: Value| document["email_confirmed"].clone();
    assert_eq!(confirmed(zoe.get("/api/v1/me").json()), false);
    assert_eq!(confirmed(boss.get("/api/v1/me").json()), true, "an operator's word confirms an address");
    assert_eq!(boss.bare("POST", "/api/v1/me/email-change").status, 409);
    let sent = zoe.bare("POST", "/api/v1/me/email-change");
    assert_eq!((sent.status, &sent.json()["email"]), (202, &json!("zoe@example.com")), "{}", sent.body);
    let export = zoe.get("/api/v1/me/export").json();
    assert_eq!(export["account"]["email_confirmed_at"], Value::Null);
    assert_eq!(export["account"]["email_change"]["email"], "zoe@example.com", "what waits is in one's own data");
    // What reading answered may be sent back, and asks for nothing.
    let document = zoe.get("/api/v1/me").json();
    assert_eq!(zoe.call("PATCH", "/api/v1/me", &document).status, 200);
    let id = document["id"].as_str().unwrap();
    let edited = boss.call("PATCH", &format!("/api/v1/users/{id}"), &json!({ "email": "new@example.com" }));
    assert_eq!((edited.status, confirmed(edited.json())), (200, json!(true)), "an admin's word does so too");
    let none = boss.call("PATCH", &format!("/api/v1/users/{id}"), &json!({ "email": null }));
    assert_eq!(confirmed(none.json()), Value::Null);
}

#[test]
fn whoever_shows_that_an_address_is_theirs_gets_it_from_an_account_that_has_not() {
    let mail = MailServer::start();
    let server = with_zoe(&mail);
    // A stranger had entered her address before mail was sent.
    assert_eq!(by_api(&server, "mary", "zoe@example.com").status, 202);
    assert_eq!(count(&mail, "zoe@example.com", TAKEN), 0);
    assert_eq!(opened(&server, &mail, "zoe@example.com").confirms().leads_to(), (303, "/"));
    let emails = "SELECT username || ' ' || coalesce(email, 'none') FROM users ORDER BY id";
    assert_eq!(server.sql(emails), ["zoe none", "mary zoe@example.com"]);
    assert!(server.audit().contains(&"user.changed: email: confirmed by someone else".to_owned()));
    assert!(server.signed_in("zoe", GOOD_PASSWORD).get("/account/activity").says("Email address lost"));
    // A confirmed one is not given up.
    assert_eq!(by_api(&server, "eve", "zoe@example.com").status, 202);
    mail.letter("zoe@example.com", TAKEN);
}

#[test]
fn an_export_tells_which_addresses_are_confirmed_and_an_import_believes_it() {
    let mail = MailServer::start();
    let server = with_zoe(&mail);
    server.add_user_with("ann", &["--email", "ann@example.com"]);
    for format in ["csv", "jsonl"] {
        let exported = server.cli(&["user", "export", "--format", format]).stdout;
        let other = Server::empty();
        let file = other.folder().join(format!("users.{format}"));
        std::fs::write(&file, exported).unwrap();
        let imported = other.cli(&["user", "import", file.to_str().unwrap()]);
        assert_eq!(imported.code, 0, "{format}: {}", imported.stderr);
        let confirmed = "SELECT username FROM users WHERE email_confirmed_at IS NOT NULL";
        assert_eq!(other.sql(confirmed), ["ann"], "{format}");
    }
    let file = server.folder().join("others.csv");
    std::fs::write(&file, "username,email,email_verified\nben,ben@example.com,false\ncat,cat@example.com,\n").unwrap();
    assert_eq!(server.cli(&["user", "import", file.to_str().unwrap()]).code, 0);
    let confirmed = "SELECT username FROM users WHERE email_confirmed_at IS NULL AND email IS NOT NULL ORDER BY id";
    assert_eq!(server.sql(confirmed), ["zoe", "ben", "cat"], "an empty cell is no word for it");
    // Auth.js has a moment there, or nothing. Where the file has no such column, the operator's word counts.
    let rows = [
        r#"{"username": "eva", "email": "eva@example.com", "emailVerified": "2020-05-17T10:20:30.000Z"}"#,
        r#"{"username": "fay", "email": "fay@example.com", "emailVerified": 1589710830000}"#,
        r#"{"username": "gus", "email": "gus@example.com", "emailVerified": null}"#,
        r#"{"username": "hal", "email": "hal@example.com"}"#,
    ];
    let of_auth_js = server.folder().join("auth_js.jsonl");
    std::fs::write(&of_auth_js, rows.join("\n")).unwrap();
    let imported = server.cli(&["user", "import", of_auth_js.to_str().unwrap()]);
    assert_eq!(imported.code, 0, "{}", imported.stderr);
    assert_eq!(server.sql(confirmed), ["zoe", "ben", "cat", "gus"]);
    // Both ways for accounts that are there already.
    std::fs::write(&file, "username,email,email_verified\nben,ben@example.com,true\neva,eva@example.com,false\n")
        .unwrap();
    let updated = server.cli(&["user", "import", file.to_str().unwrap(), "--on-conflict", "update"]);
    assert_eq!(updated.code, 0, "{}", updated.stderr);
    assert_eq!(server.sql(confirmed), ["zoe", "cat", "eva", "gus"]);
    let told = server.audit();
    assert!(told.contains(&"email.confirmed".to_owned()), "{told:?}");
    assert!(told.contains(&"user.changed: email: not confirmed".to_owned()), "{told:?}");
    std::fs::write(&file, "username,email,email_verified\ndan,dan@example.com,perhaps\n").unwrap();
    let wrong = server.cli(&["user", "import", file.to_str().unwrap()]);
    assert!(wrong.stderr.contains("does not tell whether the address is confirmed"), "{}", wrong.stderr);
}

#[test]
fn accounts_from_before_can_still_choose_a_new_password_by_mail() {
    let mail = MailServer::start();
    let server = open(&mail).and_start();
    server.add_user_with("ann", &["--email", "ann@example.com"]);
    assert_eq!(server.sql("SELECT count(*) FROM users WHERE email_confirmed_at IS NULL"), ["0"]);
    server.client().browsing().post("/forgot", &[("username", "ann")]);
    mail.letter("ann@example.com", "Choose a new password");
}
