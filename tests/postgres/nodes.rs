//! Several programs on one database: what one does, the others know, and what works once works at one of them.

use serde_json::json;

use crate::seeded;
use crate::support::captcha::Answers;
use crate::support::{Client, GOOD_PASSWORD, Server, wait_for};

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

/// Three nodes with these settings.
fn three(settings: impl Fn(Server) -> Server) -> [Server; 3] {
    assert!(crate::support::postgres::cluster().is_some(), "run this by scripts/postgres");
    let first = settings(Server::prepare()).and_seed().and_start();
    let [second, third] = [(); 2].map(|()| settings(first.another_node()).and_start());
    [first, second, third]
}

/// What twenty are answered who do the same at once, spread over the nodes.
fn twenty(nodes: &[Server; 3], ask: impl Fn(Client, usize) -> u16 + Sync) -> Vec<u16> {
    std::thread::scope(|scope| {
        let ask = &ask;
        let asked: Vec<_> =
            (0..20).map(|number| scope.spawn(move || ask(nodes[number % 3].client(), number))).collect();
        asked.into_iter().map(|answer| answer.join().unwrap()).collect()
    })
}

#[test]
fn a_refresh_token_that_is_used_at_all_at_once_works_once() {
    let nodes = three(|node| node);
    let token = json!({ "refresh_token": nodes[0].client().pair("roy", "roy")["refresh_token"] });
    let statuses = twenty(&nodes, |mut client, _| client.call("POST", "/api/v1/tokens/refresh", &token).status);
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
    assert!(statuses.iter().all(|status| [200, 401].contains(status)), "{statuses:?}");
    let reused = "SELECT id FROM audit_events WHERE event = 'token.reused'";
    wait_for("the reuse to be in the audit", || (!nodes[0].sql(reused).is_empty()).then_some(()));
}

#[test]
fn a_captcha_that_is_answered_at_all_at_once_lets_one_pass() {
    let nodes = three(|node| node.and_open().with("VESTIBULE_CAPTCHA", "always"));
    let before = nodes[0].sql("SELECT id FROM users").len();
    let page = nodes[1].client().get("/signup");
    let (opened, id) = (page.hidden("opened"), page.hidden("captcha"));
    let signs = Answers::of(&nodes[0]).to(&id);
    let statuses = twenty(&nodes, |mut client, number| {
        let name = format!("zoe{number}");
        let fields = [("opened", opened.as_str()), ("username", &name), ("password", GOOD_PASSWORD)];
        client.post("/signup", &[&fields[..], &[("captcha", &id), ("captcha_answer", &signs)]].concat()).status
    });
    assert_eq!(statuses.iter().filter(|status| **status == 303).count(), 1, "{statuses:?}");
    assert!(statuses.iter().all(|status| [303, 422].contains(status)), "{statuses:?}");
    assert_eq!(nodes[0].sql("SELECT id FROM users").len(), before + 1);
}

#[test]
fn attempts_at_one_account_are_counted_together() {
    let nodes = three(|node| node.with_real_limits().with("VESTIBULE_ATTEMPTS_PER_DAY", "5"));
    // Everyone may look at what was spent, and nobody may write it down yet.
    let mut holds_back = nodes[0].connection();
    holds_back.batch("BEGIN; LOCK TABLE throttles IN EXCLUSIVE MODE");
    let wrong = |client: &mut Client, number: usize| match number % 2 {
        0 => client.log_in("roy", "wrong").status,
        _ => {
            let wrong = json!({ "login": "ROY", "password": "wrong" });
            client.call("POST", "/api/v1/tokens", &wrong).status
        }
    };
    let statuses = std::thread::scope(|scope| {
        let statuses = scope.spawn(|| {
            twenty(&nodes, |mut client, number| {
                // On a slow machine one may have waited for too long.
                wait_for("an answer", || Some(wrong(&mut client, number)).filter(|status| *status != 503))
            })
        });
        let waiting = wait_for("some of them to wait", || {
            let locks = nodes[0].sql(
                "SELECT locktype FROM pg_locks JOIN pg_stat_activity USING (pid) \
                 WHERE NOT granted AND datname = current_database() AND application_name = 'vestibule'",
            );
            (locks.len() >= 4).then_some(locks)
        });
        holds_back.commit();
        let want_to_write = waiting.iter().filter(|lock| *lock == "relation").count();
        assert_eq!(want_to_write, 1, "one looks and writes, the others wait until it has: {waiting:?}");
        statuses.join().unwrap()
    });
    let looked_at = statuses.iter().filter(|status| [303, 401].contains(status)).count();
    assert!((1..=5).contains(&looked_at), "a day has five: {statuses:?}");
    assert!(statuses.iter().all(|status| [303, 401, 429].contains(status)), "{statuses:?}");
    let spent = "SELECT day_count FROM throttles JOIN users ON subject = 'user:' || id WHERE username = 'roy'";
    assert_eq!(nodes[0].sql(spent), ["5"]);
}
