//! A new password by a link that comes by mail, for whoever has forgotten theirs.

mod floods;
mod silent;

use serde_json::json;

use crate::support::client::Reply;
use crate::support::{Client, GOOD_PASSWORD, MailServer, Server, Taken, wait_for};

/// Another good password.
const OTHER_PASSWORD: &str = "another horse battery staple";

impl Client {
    /// Asks for a link on the page, without JavaScript.
    fn forgets(&mut self, name: &str) -> Reply {
        self.post("/forgot", &[("username", name)])
    }
}

impl Server {
    /// Requests from anywhere, as many as one likes, but for those of an account.
    fn with_many_networks(self) -> Server {
        self.with("VESTIBULE_TRUSTED_PROXIES", "[\"127.0.0.1\"]")
            .with("VESTIBULE_NETWORK_RESETS_IN_10_MINUTES", "100000")
    }

    /// Waits until every request is answered and every letter is sent, and answers the links for a new password, the oldest
    /// first.
    fn links_by_mail(&self, mail: &MailServer) -> Vec<Taken> {
        let rows = "SELECT (SELECT count(*) FROM reset_requests) + (SELECT count(*) FROM mail_queue)";
        wait_for("the requests and the letters", || (self.sql(rows) == ["0"]).then_some(()));
        mail.taken().into_iter().filter(|letter| letter.subject() == "Choose a new password").collect()
    }
}

#[test]
fn whoever_types_their_name_gets_a_link_by_mail_and_chooses_a_new_password() {
    let mail = MailServer::start();
    let server = Server::prepare().mailing(&mail).and_start();
    server.add_with_address("zoe");
    let mut program = server.client().program("zoe", GOOD_PASSWORD);
    let mut browser = server.client().browsing();
    let page = browser.get("/forgot");
    assert!(page.says("We send a link to the email address of your account."), "{}", page.body);
    let again = browser.forgets("  ");
    assert!(again.status == 422 && again.says("Enter your username or email address."), "{}", again.body);
    assert_eq!(browser.forgets(&"x".repeat(1025)).status, 422);
    assert_eq!(browser.forgets("zoe").leads_to(), (303, "/forgot/sent"));
    let sent = browser.get("/forgot/sent");
    assert!(sent.status == 200 && sent.says("If there is an account by that name"), "{}", sent.body);

    let letter = mail.wait_for(1).remove(0);
    assert_eq!((letter.to(), letter.subject()), (vec!["zoe@example.com"], "Choose a new password"));
    assert!(letter.text().starts_with("Hello zoe, on ") && letter.text().contains("from the address 127.0.0.1."));
    assert!(program.get("/api/v1/me").status == 200, "asking changes nothing");
    let mut browser = server.opened(&letter.link_to("/reset"));
    assert!(browser.get("/reset").says("For the account zoe."));
    assert_eq!(browser.reset_to(OTHER_PASSWORD).leads_to(), (303, "/login"));
    assert_eq!(program.get("/api/v1/me").status, 401, "everything else is logged out");
    assert_eq!(server.client().log_in("zoe", GOOD_PASSWORD).leads_to(), (303, "/login"));
    assert_eq!(browser.log_in("zoe", OTHER_PASSWORD).leads_to(), (303, "/"));
    assert_eq!(server.client().get(&letter.link_to("/reset")).status, 403, "it worked once");
    let told = mail.wait_for(2);
    assert!(told.iter().any(|letter| letter.subject() == "Your password was changed"), "{told:?}");
    let events = "SELECT event FROM audit_events WHERE event LIKE 'password.%' ORDER BY id";
    assert_eq!(server.sql(events), ["password.reset_mailed", "password.reset", "password.set"]);
    assert!(browser.get("/account/activity").says("Link for a new password sent to the email address"));
}

#[test]
fn programs_ask_for_a_link_too() {
    let mail = MailServer::start();
    let server = Server::prepare().mailing(&mail).and_start();
    server.add_with_address("zoe");
    let mut program = server.client().without_accept();
    let asked = program.call("POST", "/api/v1/password-resets", &json!({ "login": "ZOE@example.com" }));
    assert_eq!((asked.status, asked.body.as_str()), (202, ""));
    assert_eq!(mail.wait_for(1)[0].to(), ["zoe@example.com"]);
    for (body, says) in [
        (json!({}), "This field is missing."),
        (json!({ "login": 7 }), "This has to be a text."),
        (json!({ "login": "x".repeat(1025) }), "Enter your username or email address."),
        (json!({ "login": "zoe", "email": "eve@example.com" }), "Unknown field."),
    ] {
        let refused = program.call("POST", "/api/v1/password-resets", &body);
        assert!(refused.status == 422 && refused.body.contains(says), "{body}: {}", refused.body);
    }
    let elsewhere = program.with("Origin", "https://evil.example");
    assert_eq!(elsewhere.clone().call("POST", "/api/v1/password-resets", &json!({ "login": "zoe" })).status, 403);
    assert_eq!(server.links_by_mail(&mail).len(), 1);
}

#[test]
fn without_mail_an_admin_is_whom_to_ask() {
    let server = Server::seeded();
    let mut browser = server.client();
    assert!(!browser.get("/forgot").body.contains("<form class=\"form\""), "no form that does nothing");
    let refused = browser.forgets("roy");
    assert!(refused.status == 403 && refused.says("Ask an administrator of this server for a link"), "{refused:?}");
    let refused = browser.call("POST", "/api/v1/password-resets", &json!({ "login": "roy" }));
    assert!(refused.status == 403 && refused.body.contains("ask an administrator for a link"), "{}", refused.body);
    assert_eq!(server.sql("SELECT count(*) FROM reset_requests"), ["0"]);
}

#[test]
fn what_was_promised_arrives_from_a_server_that_is_killed() {
    let mail = MailServer::start();
    let mut server = Server::prepare().mailing(&mail);
    assert_eq!(server.cli(&["migrate"]).code, 0);
    let names = ["ann", "ben", "cleo", "dan"];
    names.iter().for_each(|name| server.add_with_address(name));
    for (nth, name) in names.iter().enumerate() {
        server.start(&["serve"]);
        assert_eq!(server.client().forgets(name).leads_to(), (303, "/forgot/sent"), "this promises a letter");
        if nth % 2 == 0 {
            wait_for("the answer", || (server.sql("SELECT count(*) FROM reset_requests") == ["0"]).then_some(()));
        }
        server.kill();
    }
    server.start(&["serve"]);
    let sent = wait_for("each to have a letter", || {
        let mut to: Vec<String> = mail.taken().iter().map(|letter| letter.to().join(",")).collect();
        to.sort();
        to.dedup();
        (to.len() >= names.len()).then_some(to)
    });
    assert_eq!(sent, names.map(|name| format!("{name}@example.com")));
}
