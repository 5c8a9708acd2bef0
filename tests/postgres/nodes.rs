//! Two programs on one database: what one does, the other knows.

use serde_json::json;

use crate::seeded;
use crate::support::{Server, wait_for};

#[test]
fn who_logs_in_at_one_is_known_at_the_other_until_either_ends_the_session() {
    let first = seeded();
    let second = first.another_node().and_start();
    let browser = first.signed_in("roy", "roy");
    let mut there = second.client().browsing().having(&browser);
    assert!(there.is_signed_in());
    assert_eq!(browser.clone().get("/logout").leads_to(), (303, "/login"));
    first.let_a_second_pass();
    assert!(!there.is_signed_in(), "within a second");

    let mut program = first.client().program("roy", "roy");
    assert_eq!(program.get("/api/v1/me").status, 200);
    assert_eq!(second.cli(&["user", "disable", "roy"]).code, 0);
    first.let_a_second_pass();
    assert_eq!(program.get("/api/v1/me").status, 401);
}

#[test]
fn a_refresh_token_that_is_used_at_both_at_once_works_once() {
    let first = seeded();
    let second = first.another_node().and_start();
    let token = json!({ "refresh_token": first.client().pair("roy", "roy")["refresh_token"] });
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let uses: Vec<_> = (0..20)
            .map(|number| {
                let node = if number % 2 == 0 { &first } else { &second };
                scope.spawn(|| node.client().call("POST", "/api/v1/tokens/refresh", &token).status)
            })
            .collect();
        uses.into_iter().map(|used| used.join().unwrap()).collect()
    });
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
    assert!(statuses.iter().all(|status| [200, 401].contains(status)), "{statuses:?}");
    let reused = "SELECT id FROM audit_events WHERE event = 'token.reused'";
    wait_for("the reuse to be in the audit", || (!first.sql(reused).is_empty()).then_some(()));
}

#[test]
fn attempts_at_one_account_are_counted_together() {
    assert!(crate::support::postgres::cluster().is_some(), "run this by scripts/postgres");
    let first = Server::prepare().with_real_limits().and_seed().and_start();
    let second = first.another_node().with_real_limits().and_start();
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let tries: Vec<_> = (0..20)
            .map(|number| {
                let node = if number % 2 == 0 { &first } else { &second };
                scope.spawn(|| node.client().log_in("roy", "wrong").status)
            })
            .collect();
        tries.into_iter().map(|tried| tried.join().unwrap()).collect()
    });
    let looked_at = statuses.iter().filter(|status| **status == 303).count();
    assert!((5..=8).contains(&looked_at), "five are free, and little time has passed: {statuses:?}");
    assert!(statuses.iter().all(|status| [303, 429].contains(status)), "{statuses:?}");
}
