//! Many requests for a new password: how many letters come of them, and that none keeps the owner out.

use super::OTHER_PASSWORD;
use crate::support::{GOOD_PASSWORD, MailServer, Server, wait_for};

#[test]
fn fifty_requests_for_one_address_make_five_letters_and_the_page_says_the_same_each_time() {
    let mail = MailServer::start();
    let server = Server::prepare().mailing(&mail).with_many_networks().and_start();
    server.add_with_address("zoe");
    let by_an_admin = server.reset_link("zoe");
    let names = ["zoe", "ZOE", "zoe@example.com", "Zoe@EXAMPLE.com", "ｚｏｅ@example.com"];
    let mut pages = Vec::new();
    for nth in 0..50 {
        let mut client = server.client().browsing().with("X-Forwarded-For", &format!("198.51.100.{nth}"));
        assert_eq!(client.forgets(names[nth % names.len()]).leads_to(), (303, "/forgot/sent"));
        pages.push(client.get("/forgot/sent").body);
    }
    assert!(pages.iter().all(|page| *page == pages[0]));
    let sent = server.links_by_mail(&mail);
    assert_eq!(sent.len(), 5);
    let refused = "SELECT recorded + unrecorded FROM refusal_counts WHERE event = 'reset.throttled'";
    wait_for("the others to be noted", || (server.sql(refused) == ["45"]).then_some(()));

    // What was sent is what the owner needs: the newest link works, and nobody takes it away for ten minutes.
    let (newest, older) = sent.split_last().unwrap();
    for letter in older {
        assert_eq!(server.client().get(&letter.link_to("/reset")).status, 403, "a newer one was sent");
    }
    assert_eq!(server.client().get(&by_an_admin).status, 303, "strangers take no link of an admin away");
    let mut zoe = server.opened(&newest.link_to("/reset"));
    assert_eq!(zoe.reset_to(OTHER_PASSWORD).leads_to(), (303, "/login"));
    assert_eq!(server.client().get(&by_an_admin).status, 403, "it ends with the password");

    let next = "SELECT spent_until FROM throttles WHERE subject LIKE 'reset%'";
    assert_eq!(server.sql(next).len(), 2, "one for the account, one for the address");
    let listed = server.cli(&["throttle", "list", "zoe"]).stdout;
    assert!(listed.contains("links by mail"), "{listed}");
    server.client().forgets("zoe");
    assert_eq!(server.links_by_mail(&mail).len(), 5);
    assert_eq!(server.cli(&["throttle", "clear", "zoe"]).code, 0);
    server.client().forgets("zoe");
    assert_eq!(server.links_by_mail(&mail).len(), 6, "an operator lets them ask again");
}

#[test]
fn an_address_gets_no_more_when_one_account_after_the_other_has_it() {
    let mail = MailServer::start();
    let server = Server::prepare().mailing(&mail).with_many_networks().and_start();
    for name in ["ann", "ben", "cleo"] {
        server.add_user_with(name, &["--email", "shared@example.com"]);
        for _ in 0..3 {
            server.client().forgets(name);
        }
        server.links_by_mail(&mail);
        assert_eq!(server.cli(&["user", "edit", name, "--no-email"]).code, 0);
    }
    assert_eq!(server.links_by_mail(&mail).len(), 5);
}

#[test]
fn a_day_has_so_many_and_then_there_is_one_an_hour() {
    let mail = MailServer::start();
    let server =
        Server::prepare().mailing(&mail).with_many_networks().with("VESTIBULE_RESET_MAILS_PER_DAY", "2").and_start();
    server.add_with_address("zoe");
    for _ in 0..4 {
        server.client().forgets("zoe");
        server.links_by_mail(&mail);
    }
    assert_eq!(server.links_by_mail(&mail).len(), 2);
    let soon = server.time("+30 minutes");
    let waits = format!("SELECT count(*) FROM throttles WHERE subject LIKE 'reset:%' AND next_at > {soon}");
    assert_eq!(server.sql(&waits), ["1"]);
    let past = server.time("-1 hour");
    server.execute(&format!("UPDATE throttles SET next_at = {past} WHERE subject LIKE 'reset%'"));
    server.client().forgets("zoe");
    assert_eq!(server.links_by_mail(&mail).len(), 3);
}

#[test]
fn a_network_asks_five_times_and_a_known_browser_is_not_kept_from_asking() {
    let mail = MailServer::start();
    let server = Server::prepare().mailing(&mail).with("VESTIBULE_TRUSTED_PROXIES", "[\"127.0.0.1\"]").and_start();
    server.add_with_address("zoe");
    let mut known = server.client().with("X-Forwarded-For", "198.51.100.7");
    assert_eq!(known.log_in("zoe", GOOD_PASSWORD).leads_to(), (303, "/"));
    known.get("/logout");
    let mut neighbour = server.client().with("X-Forwarded-For", "198.51.100.7");
    for name in ["nobody", "zoe", "nobody", "nobody", "nobody"] {
        assert_eq!(neighbour.forgets(name).status, 303);
    }
    for name in ["zoe", "nobody"] {
        let refused = neighbour.forgets(name);
        let wait: u32 = refused.header("retry-after").expect("it has to wait").parse().unwrap();
        assert!(refused.status == 429 && (1..=120).contains(&wait), "{name}: {wait}");
        assert!(refused.says("There were too many requests. Wait "), "{}", refused.body);
        assert!(refused.body.contains(&format!("value=\"{name}\"")), "the name is kept: {}", refused.body);
        let asked = serde_json::json!({ "login": name });
        let refused = neighbour.call("POST", "/api/v1/password-resets", &asked);
        assert!(refused.status == 429 && refused.header("retry-after").is_some(), "{refused:?}");
    }
    assert_eq!(known.forgets("zoe").status, 303, "its own five");
    assert_eq!(server.client().with("X-Forwarded-For", "198.51.100.8").forgets("zoe").status, 303, "another network");
    for _ in 0..4 {
        assert_eq!(known.forgets("zoe").status, 303);
    }
    assert_eq!(known.forgets("zoe").status, 429);
    let noted = "SELECT count(*) FROM audit_events WHERE event = 'reset.throttled' AND detail = 'network'";
    wait_for("it to be noted", || (server.sql(noted) == ["5"]).then_some(()));
}
