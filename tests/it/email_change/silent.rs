//! With mail, nobody learns whether another account has an address but its owner.

use serde_json::json;

use super::{CHANGED, CONFIRM, TAKEN, ask, with_people};
use crate::support::{GOOD_PASSWORD, MailServer, Reply, Server, wait_for};

/// What an answer tells, but for what differs each time.
fn told(reply: &Reply, email: &str) -> String {
    let differs = ["date", "set-cookie", "content-length", "x-request-id"];
    let headers: Vec<_> = reply.headers.iter().filter(|(name, _)| !differs.contains(&&*name.to_lowercase())).collect();
    let body = reply.body.replace(email, "ADDRESS");
    // Until when the link works.
    let body = body.split("datetime=\"").map(|part| part.split_once("</time>").map_or(part, |(_, rest)| rest));
    format!("{} {headers:?} {}", reply.status, body.collect::<String>())
}

/// The rows that a change leaves behind, but for what is random.
fn rows(server: &Server) -> Vec<String> {
    let links = "SELECT purpose || coalesce(made_by, '') FROM one_time_links ORDER BY 1";
    [server.sql(links), server.audit().into_iter().filter(|event| event.starts_with("email")).collect()].concat()
}

#[test]
fn page_and_api_answer_alike_whether_the_address_is_free_or_taken() {
    let mail = MailServer::start();
    let mut seen = Vec::new();
    for email in ["ann@example.com", "new@example.com"] {
        let server = with_people(&mail, &["ann", "zoe"]);
        let subject = if email.starts_with("ann") { TAKEN } else { CONFIRM };
        let mut browser = server.signed_in("zoe", GOOD_PASSWORD);
        let mut zoe = server.program_of("zoe");
        let token = browser.csrf();
        let pages = [
            browser.post("/account/email", &[("csrf", &token), ("email", email)]),
            browser.get("/account"),
            browser.get("/account/activity"),
        ];
        let calls = [
            zoe.call("PATCH", "/api/v1/me", &json!({ "email": email })),
            zoe.get("/api/v1/me/email-change"),
            zoe.get("/api/v1/me"),
        ];
        assert_eq!((pages[0].leads_to(), calls[0].status), ((303, "/account"), 202), "{email}");
        let pages = pages.map(|page| told(&page, email).replace(&token, "TOKEN"));
        let calls = calls.map(|call| {
            let mut document = call.json();
            for varies in ["id", "created_at", "expires_at"] {
                document.as_object_mut().unwrap().remove(varies);
            }
            (call.status, document.to_string().replace(email, "ADDRESS"))
        });
        wait_for("one letter each", || (count(&mail, email, subject) == 2).then_some(()));
        seen.push((pages, calls, rows(&server)));
        assert_eq!(server.sql("SELECT email FROM users WHERE username = 'ann'"), ["ann@example.com"]);
    }
    assert_eq!(seen[0], seen[1]);
}

#[test]
fn the_owner_of_a_taken_address_is_told_at_the_address_that_is_stored() {
    let mail = MailServer::start();
    let server = with_people(&mail, &["zoe"]);
    server.add_user_with("ann", &["--email", "Ann@Example.com"]);
    let mut zoe = server.program_of("zoe");
    for (number, spelling) in ["ann@example.com", "ANN@EXAMPLE.COM", "ａｎｎ@example.com"].iter().enumerate() {
        assert_eq!(zoe.call("PATCH", "/api/v1/me", &json!({ "email": spelling })).status, 202, "{spelling}");
        wait_for("a letter", || (count(&mail, "Ann@example.com", TAKEN) > number).then_some(()));
        let letter = mail.letter("Ann@example.com", TAKEN);
        let text = letter.text();
        assert!(text.contains("the address of your account ann") && !text.contains("token="), "{text}");
        assert!(!text.contains("zoe"), "who asked is nobody's business: {text}");
    }
    for bad in ["mıke@example.com", "a@example.com,b@example.com", "a@example.com\r\nBcc: b@example.com"] {
        assert_eq!(zoe.call("PATCH", "/api/v1/me", &json!({ "email": bad })).status, 422, "{bad}");
    }
}

#[test]
fn a_name_from_before_an_import_is_as_taken_as_an_address() {
    let mail = MailServer::start();
    let server = with_people(&mail, &["zoe", "ann"]);
    server.execute("UPDATE users SET former_name = 'old@example.com' WHERE username = 'ann'");
    let mut zoe = server.program_of("zoe");
    assert_eq!(zoe.call("PATCH", "/api/v1/me", &json!({ "email": "old@example.com" })).status, 202);
    mail.letter("ann@example.com", TAKEN);
    assert_eq!(mail.taken().len(), 1);
}

#[test]
fn an_address_gets_no_more_letters_than_the_setting_says_and_the_owner_learns_of_a_change_all_the_same() {
    let mail = MailServer::start();
    let server = Server::prepare().mailing(&mail).with("VESTIBULE_MAIL_NOTICES_PER_HOUR", "2").and_start();
    for name in ["ann", "zoe"] {
        server.add_user_with(name, &["--email", &format!("{name}@example.com")]);
    }
    let mut zoe = server.program_of("zoe");
    for _ in 0..5 {
        assert_eq!(zoe.call("PATCH", "/api/v1/me", &json!({ "email": "ann@example.com" })).status, 202);
    }
    // Notices are counted by themselves: strangers don't use them up. What goes beyond is left out.
    let same = json!({ "current_password": GOOD_PASSWORD, "new_password": GOOD_PASSWORD });
    for name in ["ann", "zoe"] {
        for _ in 0..3 {
            assert_eq!(server.program_of(name).call("PUT", "/api/v1/me/password", &same).status, 200);
        }
    }
    let mut program = server.program_of("zoe");
    for email in ["one@example.org", "two@example.org", "three@example.org"] {
        ask(&mut program, email);
        assert_eq!(server.opened(&mail.letter(email, CONFIRM).link()).confirm().status, 303, "{email}");
    }
    wait_for("the queue to be empty", || (server.sql("SELECT count(*) FROM mail_queue") == ["0"]).then_some(()));
    assert_eq!(count(&mail, "ann@example.com", TAKEN), 2);
    for name in ["ann", "zoe"] {
        assert_eq!(count(&mail, &format!("{name}@example.com"), "Your password was changed"), 2, "{name}");
    }
    for former in ["zoe@example.com", "one@example.org", "two@example.org"] {
        assert_eq!(count(&mail, former, CHANGED), 1, "{former}");
    }
}

/// How many letters about this an address has got so far.
fn count(mail: &MailServer, to: &str, subject: &str) -> usize {
    mail.taken().iter().filter(|letter| letter.to() == [to] && letter.subject() == subject).count()
}
