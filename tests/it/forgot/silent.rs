//! Nobody learns from a request for a new password whether there is an account, and nobody but its owner gets the link.

use serde_json::json;

use super::OTHER_PASSWORD;
use crate::support::client::Reply;
use crate::support::{MailServer, Server, wait_for};

/// All of an answer but what differs between any two: of the request's id, that there is one.
fn alike(reply: &Reply) -> (u16, Vec<(String, String)>, String) {
    let told = |(name, value): &(String, String)| {
        (name.clone(), if name == "x-request-id" { String::new() } else { value.clone() })
    };
    let headers = reply.headers.iter().filter(|(name, _)| name != "date").map(told).collect();
    (reply.status, headers, reply.body.clone())
}

#[test]
fn no_answer_tells_whether_there_is_such_an_account() {
    let mail = MailServer::start();
    let server = Server::prepare().mailing(&mail).with_many_networks().and_start();
    server.add_with_address("zoe");
    server.add_with_address("gone");
    server.add_user("bare");
    assert_eq!(server.cli(&["user", "disable", "gone"]).code, 0);
    let names = ["zoe", "nobody", "zoe@example.com", "nobody@example.com", "gone", "bare", "no name at all", "\0"];
    let pages: Vec<_> = names.iter().map(|name| alike(&server.client().forgets(name))).collect();
    let ask = |name: &&str| server.client().call("POST", "/api/v1/password-resets", &json!({ "login": name }));
    let answers: Vec<_> = names.iter().map(|name| alike(&ask(name))).collect();
    assert!(pages.iter().all(|page| *page == pages[0] && page.0 == 303), "{pages:#?}");
    assert!(answers.iter().all(|answer| *answer == answers[0] && answer.0 == 202), "{answers:#?}");
    let sent = server.links_by_mail(&mail);
    assert_eq!(sent.iter().map(|letter| letter.to().concat()).collect::<Vec<_>>(), ["zoe@example.com"; 4]);
    let noted = || server.sql("SELECT detail FROM audit_events WHERE event = 'reset.refused' ORDER BY detail");
    wait_for("the refusals", || (noted().len() == 12).then_some(()));
    let noted = noted().join("\n");
    assert!(
        noted.contains("disabled account") && noted.contains("no address") && noted.contains("unknown name, name:")
    );
    assert!(!noted.contains("nobody") && !noted.contains("no name at all"), "it may be a password: {noted}");
}

#[test]
fn the_answer_waits_for_nothing_that_depends_on_the_name() {
    let mail = MailServer::start();
    let server = Server::prepare().mailing(&mail).and_start();
    server.add_with_address("zoe");
    // Nobody can be looked for, neither by the request nor for a while after it.
    server.execute("ALTER TABLE users RENAME TO hidden");
    for name in ["zoe", "nobody"] {
        assert_eq!(server.client().forgets(name).leads_to(), (303, "/forgot/sent"), "{name}");
    }
    wait_for("an answer that can't be given", || {
        server.stderr().contains("requests for a new password wait").then_some(())
    });
    let stored = server.sql("SELECT request FROM reset_requests").join(" ");
    assert!(!stored.is_empty() && !stored.contains("zoe"), "encrypted: {stored}");
    server.execute("ALTER TABLE hidden RENAME TO users");
    assert_eq!(server.links_by_mail(&mail).len(), 1, "what was asked is answered then");
}

#[test]
fn however_the_address_is_spelled_only_the_stored_one_gets_the_link() {
    let mail = MailServer::start();
    let server = Server::prepare()
        .mailing(&mail)
        .with_many_networks()
        .with("VESTIBULE_RESET_MAILS_IN_10_MINUTES", "1000")
        .with("VESTIBULE_RESET_MAILS_PER_DAY", "1000")
        .and_start();
    server.add_user_with("mike", &["--email", "Mike@Example.com"]);
    server.add_with_address("eve");
    let lead_to_mike = [
        "mike",
        " MIKE ",
        "mike@example.com",
        "MIKE@EXAMPLE.COM",
        "ｍｉｋｅ@example.com",
        "ｍｉｋｅ＠ｅｘａｍｐｌｅ．ｃｏｍ",
        "mike@example.com ",
        "mike@example.com\r\n",
    ];
    let lead_nowhere = [
        "mıke@example.com",
        "mike@exampłe.com",
        "mike@example.com\r\nBcc: eve@example.com",
        "mike@example.com,eve@example.com",
        "mike@example.com, eve@example.com",
        "mike@example.com;eve@example.com",
        "mike@example.com eve@example.com",
        "Mike <mike@example.com>",
        "mike@example.com\0",
        "mike@example.com\u{2028}eve@example.com",
        "mike@example.com%0d%0aBcc:eve@example.com",
    ];
    for name in lead_to_mike.iter().chain(&lead_nowhere) {
        assert_eq!(server.client().forgets(name).leads_to(), (303, "/forgot/sent"), "{name:?}");
    }
    let doubled = server.client().post("/forgot", &[("username", "mike"), ("username", "eve")]);
    assert_eq!(doubled.status, 422);
    let two = json!({ "login": ["mike@example.com", "eve@example.com"] });
    assert_eq!(server.client().call("POST", "/api/v1/password-resets", &two).status, 422);
    let sent = server.links_by_mail(&mail);
    assert_eq!(sent.len(), lead_to_mike.len(), "{sent:#?}");
    for letter in &sent {
        assert_eq!((letter.to(), letter.headers("To")), (vec!["Mike@example.com"], vec!["Mike@example.com"]));
        assert!(letter.headers("Bcc").is_empty() && letter.headers("Cc").is_empty());
    }
}

#[test]
fn the_link_that_was_sent_is_bound_to_the_address_and_the_password() {
    let mail = MailServer::start();
    for (nth, change) in
        [&["user", "edit", "zoe", "--email", "new@example.com"][..], &["user", "set-password", "zoe", "--random"]]
            .iter()
            .enumerate()
    {
        let server = Server::prepare().mailing(&mail).and_start();
        server.add_with_address("zoe");
        let before = mail.taken().len();
        server.client().forgets("zoe");
        let link = mail.wait_for(before + 1)[before].link_to("/reset");
        let mut opened = server.opened(&link);
        assert_eq!(server.cli(change).code, 0, "{nth}");
        assert_eq!(server.client().get(&link).status, 403, "{change:?}");
        assert_eq!(opened.reset_to(OTHER_PASSWORD).status, 403, "{change:?}");
        wait_for("the notice of it", || server.queued().is_empty().then_some(()));
    }
}
