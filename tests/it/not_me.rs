//! "This wasn't me": the link in the notice of a login with a new browser.

use serde_json::json;

use crate::support::client::Reply;
use crate::support::{Client, GOOD_PASSWORD, MailServer, Server, wait_for};

/// The password that the owner chooses.
const OTHER_PASSWORD: &str = "another horse battery staple";

/// A server with an account `zoe` that somebody has logged in to, their browser, and the link in the notice.
fn intruded(mail: &MailServer) -> (Server, Client, String) {
    let server = Server::prepare().mailing(mail).and_start();
    server.add_with_address("zoe");
    let before = mail.taken().len();
    let intruder = server.signed_in("zoe", GOOD_PASSWORD);
    let link = mail.wait_for(before + 1)[before].link_to("/not-me");
    wait_for("the notice to be off the queue", || server.queued().is_empty().then_some(()));
    (server, intruder, link)
}

fn presses(browser: &mut Client) -> Reply {
    browser.post("/not-me", &[])
}

fn password_hashes(server: &Server) -> Vec<String> {
    server.sql("SELECT coalesce(password_hash, '-') FROM users ORDER BY id")
}

#[test]
fn the_owner_ends_every_login_and_the_password_and_chooses_a_new_one() {
    let mail = MailServer::start();
    let (server, mut intruder, link) = intruded(&mail);
    let mut program = server.client().program("zoe", GOOD_PASSWORD);
    let pair = server.client().pair("zoe", GOOD_PASSWORD);
    let (before, letter) = (server.audit().len(), mail.taken().remove(0));
    assert!(letter.text().contains("press the button there") && letter.text().contains("The link works once"));

    let mut owner = server.client().browsing();
    assert_eq!(owner.get(&link).leads_to(), (303, "/not-me"), "out of the address");
    let page = owner.get("/not-me");
    assert!(page.status == 200 && page.says("<strong>zoe</strong>") && page.says("It wasn’t me"), "{}", page.body);
    assert_eq!(presses(&mut owner).leads_to(), (303, "/reset"));
    assert!(!owner.jar.contains_key("not_me") && owner.jar.contains_key("reset"), "{:?}", owner.jar);

    assert!(!intruder.is_signed_in(), "at once");
    assert_eq!(program.get("/api/v1/me").status, 401);
    let refreshed = json!({ "refresh_token": pair["refresh_token"] });
    assert_eq!(server.client().call("POST", "/api/v1/tokens/refresh", &refreshed).status, 401);
    assert_eq!(server.sql("SELECT count(*) FROM devices"), ["0"], "no browser is known");
    assert_eq!(intruder.log_in("zoe", GOOD_PASSWORD).leads_to(), (303, "/login"), "the password opens nothing");
    assert_eq!(
        server.client().call("POST", "/api/v1/tokens", &json!({ "login": "zoe", "password": GOOD_PASSWORD })).status,
        401
    );

    assert!(owner.get("/reset").says("For the account zoe."));
    assert_eq!(owner.reset_to(OTHER_PASSWORD).leads_to(), (303, "/login"));
    assert_eq!(owner.log_in("zoe", OTHER_PASSWORD).leads_to(), (303, "/"));
    let told = server.audit().split_off(before);
    assert_eq!(told[0], "login.disowned");
    assert!(told[1].starts_with("session.ended: 3 of the user"), "{told:?}");
    let by = "SELECT username FROM audit_events JOIN users ON users.id = actor WHERE event = 'login.disowned'";
    assert_eq!(server.sql(by), ["zoe"]);
    assert!(owner.get("/account/activity").says("A login was said to be somebody else"));
}

#[test]
fn whoever_does_not_finish_gets_another_link_by_mail() {
    let mail = MailServer::start();
    let (server, _, link) = intruded(&mail);
    assert_eq!(presses(&mut server.opened(&link)).leads_to(), (303, "/reset"));
    let before = mail.taken().len();
    assert_eq!(server.client().post("/forgot", &[("username", "zoe")]).status, 303);
    let reset = mail.wait_for(before + 1)[before].link_to("/reset");
    assert_eq!(server.opened(&reset).reset_to(OTHER_PASSWORD).leads_to(), (303, "/login"));
    assert_eq!(server.client().log_in("zoe", OTHER_PASSWORD).leads_to(), (303, "/"));
}

#[test]
fn a_program_that_opens_the_link_changes_nothing() {
    let mail = MailServer::start();
    let (server, mut intruder, link) = intruded(&mail);
    let state = || (server.row_counts(), password_hashes(&server));
    let before = state();
    for _ in 0..3 {
        let mut scanner = server.client();
        assert_eq!(scanner.get(&link).status, 303);
        assert_eq!(scanner.get("/not-me").status, 200, "with the cookie, too");
        assert_eq!(server.client().bare("HEAD", &link).status, 303);
        assert_eq!(server.client().without_accept().get(&link).status, 303);
    }
    assert_eq!(state(), before);
    assert!(intruder.is_signed_in());
    assert_eq!(presses(&mut server.opened(&link)).status, 303, "and it works still");
}

#[test]
fn it_works_once_even_by_twenty_at_once_and_never_for_another_site() {
    let mail = MailServer::start();
    let (server, mut intruder, link) = intruded(&mail);
    let browser = server.opened(&link);
    for (name, value) in [("Sec-Fetch-Site", "cross-site"), ("Origin", "https://evil.example")] {
        assert_eq!(presses(&mut server.client().having(&browser).with(name, value)).status, 403);
    }
    assert!(intruder.is_signed_in());
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..20)
            .map(|_| {
                let mut browser = browser.clone();
                scope.spawn(move || presses(&mut browser).status)
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(statuses.iter().filter(|status| **status == 303).count(), 1, "{statuses:?}");
    assert!(statuses.iter().all(|status| [303, 403, 503].contains(status)), "{statuses:?}");
    assert_eq!(server.audit().iter().filter(|row| *row == "login.disowned").count(), 1);
    let refused = server.client().get(&link);
    assert!(refused.status == 403 && refused.says("<h1>This link does not work</h1>"), "{}", refused.body);
}

#[test]
fn an_intruder_can_not_end_the_link() {
    let mail = MailServer::start();
    let (mut server, intruder, link) = intruded(&mail);
    // By another password, and by another login, which is told with a link of its own.
    let mut program = intruder.program("zoe", GOOD_PASSWORD);
    let new = json!({ "current_password": GOOD_PASSWORD, "new_password": "the password of a thief" });
    assert_eq!(program.call("PUT", "/api/v1/me/password", &new).status, 200);
    assert_eq!(server.terminate(), 0);
    server.start(&["serve"]);
    let before = mail.taken().len();
    let mut intruder = server.signed_in("zoe", "the password of a thief");
    wait_for("a second notice", || {
        mail.taken().iter().skip(before).any(|letter| letter.subject() == "New login to your account").then_some(())
    });
    // By asking for links that end others.
    server.client().post("/forgot", &[("username", "zoe")]);
    wait_for("the link", || {
        mail.taken().iter().any(|letter| letter.subject() == "Choose a new password").then_some(())
    });
    let mut owner = server.opened(&link);
    assert_eq!(presses(&mut owner).leads_to(), (303, "/reset"));
    assert!(!intruder.is_signed_in());
    assert_eq!(server.sql("SELECT purpose FROM one_time_links"), ["reset"], "all others are gone");
    assert_eq!(owner.reset_to(OTHER_PASSWORD).leads_to(), (303, "/login"));
    assert_eq!(server.client().log_in("zoe", OTHER_PASSWORD).leads_to(), (303, "/"));
}

/// What makes the link worthless.
type Way = (&'static str, fn(&Server));

#[test]
fn the_link_ends_with_its_time_the_address_and_the_account() {
    let ways: &[Way] = &[
        ("its time", |server| {
            let (six, eight) = (server.time("+6 days"), server.time("+8 days"));
            let works =
                format!("SELECT count(*) FROM one_time_links WHERE expires_at > {six} AND expires_at < {eight}");
            assert_eq!(server.sql(&works), ["1"], "a week");
            server.execute("UPDATE one_time_links SET expires_at = '2020-01-01 00:00:00'");
        }),
        ("another address", |server| {
            assert_eq!(server.cli(&["user", "edit", "zoe", "--email", "new@example.com"]).code, 0);
        }),
        ("an account that was disabled for a while", |server| {
            assert_eq!(server.cli(&["user", "disable", "zoe"]).code, 0);
            assert_eq!(server.cli(&["user", "enable", "zoe"]).code, 0);
        }),
        ("no account", |server| assert_eq!(server.cli(&["user", "delete", "zoe", "--yes"]).code, 0)),
    ];
    for (name, way) in ways {
        let mail = MailServer::start();
        let (server, _, link) = intruded(&mail);
        let mut opened = server.opened(&link);
        way(&server);
        let before = password_hashes(&server);
        assert_eq!(server.client().get(&link).status, 403, "{name}");
        assert_eq!(opened.get("/not-me").status, 403, "{name}");
        assert_eq!(presses(&mut opened).status, 403, "{name}");
        assert_eq!(password_hashes(&server), before, "{name}");
    }
}
