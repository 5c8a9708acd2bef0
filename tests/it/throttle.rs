//! The budget of attempts at a password.

use serde_json::json;

use crate::support::{Client, Server, wait_for};

const FAILURES: &str = "SELECT count(*) FROM audit_events WHERE event = 'login.failed'";

/// The status of a login: 303 for a password that was looked at, 429 for one that was not.
fn attempt(client: &mut Client, name: &str, password: &str) -> u16 {
    client.log_in(name, password).status
}

#[test]
fn a_burst_of_guesses_gets_no_more_than_the_budget_and_not_even_the_right_one_passes() {
    let server = Server::prepare().with_real_limits().with("VESTIBULE_NETWORK_LOGINS", "1000").and_seed().and_start();
    std::thread::scope(|scope| {
        for number in 0..100 {
            let mut guesser = server.client();
            scope.spawn(move || attempt(&mut guesser, "roy", &format!("guess{number}")));
        }
    });
    let right = server.client().log_in("roy", "roy");
    let looked_at: i64 = server.sql(FAILURES)[0].parse().unwrap();
    assert!((5..=8).contains(&looked_at), "five are free, and little time has passed: {looked_at}");
    assert_eq!(right.status, 429);
    assert!(right.header("retry-after").unwrap().parse::<u32>().unwrap() >= 1);
    assert!(right.says("Too many attempts. Wait"));
    assert!(right.body.contains(r#"value="roy""#), "the name is kept");
}

#[test]
fn all_spellings_of_a_name_draw_from_one_budget_and_so_do_names_that_nobody_has() {
    let server = Server::prepare().with_real_limits().and_seed();
    let added = server.cli_with_stdin(
        &["user", "add", "zoe", "--email", "zoe@example.com", "--password-stdin"],
        "correct horse battery\n",
    );
    assert_eq!(added.code, 0, "{}", added.stderr);
    let server = server.and_start();
    let spellings = [
        ["zoe", "ZOE", " zoe ", "ｚｏｅ", "Zoe@Example.com"],
        ["nobody", "NOBODY", " nobody ", "ｎｏｂｏｄｙ", "nobody"],
    ];
    for spellings in spellings {
        for spelling in spellings {
            assert_eq!(attempt(&mut server.client(), spelling, "wrong"), 303, "{spelling}");
        }
        assert_eq!(attempt(&mut server.client(), spellings[0], "wrong"), 429);
    }
    let known = server.client().log_in("zoe", "wrong");
    let unknown = server.client().log_in("nobody", "wrong");
    let shape = |body: &str| body.replace("nobody", "zoe");
    let without_digits = |body: String| body.replace(|c: char| c.is_ascii_digit(), "");
    assert_eq!(without_digits(shape(&known.body)), without_digits(shape(&unknown.body)), "alike but for the seconds");
}

#[test]
fn the_owner_gets_in_by_a_known_browser_whatever_others_do() {
    let server = Server::prepare()
        .with_real_limits()
        .with("VESTIBULE_TRUSTED_PROXIES", r#"["127.0.0.1/32"]"#)
        .and_seed()
        .and_start();
    let mut owner = server.client();
    assert_eq!(attempt(&mut owner, "roy", "roy"), 303);
    assert_eq!(owner.post("/logout", &[]).status, 303);
    for number in 0..1000 {
        let address = format!("198.51.{}.{}", number / 250, number % 250);
        attempt(&mut server.client().with("X-Forwarded-For", &address), "roy", "guess");
    }
    assert_eq!(attempt(&mut server.client(), "roy", "roy"), 429, "an unknown browser has to wait");
    assert_eq!(owner.log_in("roy", "roy").leads_to(), (303, "/"), "the known one does not");
    assert!(owner.get("/").says("Hello, Roy!"));
}

#[test]
fn a_known_browser_has_ten_failures_an_hour_for_its_own_account_only() {
    let server = Server::prepare().with_real_limits().and_seed().and_start();
    let mut owner = server.client();
    attempt(&mut owner, "roy", "roy");
    for _ in 0..10 {
        assert_eq!(attempt(&mut owner, "roy", "wrong"), 303);
    }
    assert_eq!(attempt(&mut owner, "roy", "roy"), 429);
    assert_eq!(attempt(&mut server.client(), "roy", "roy"), 303, "the account's own budget is untouched");
    for _ in 0..5 {
        assert_eq!(attempt(&mut owner, "admin", "wrong"), 303, "for others it is a stranger");
    }
    assert_eq!(attempt(&mut owner, "admin", "wrong"), 429);
}

#[test]
fn a_new_password_makes_all_browsers_unknown() {
    let server = Server::prepare().with_real_limits().and_seed().and_start();
    let mut owner = server.client();
    attempt(&mut owner, "roy", "roy");
    for _ in 0..6 {
        attempt(&mut server.client(), "roy", "wrong");
    }
    let changed = server.cli_with_stdin(&["user", "set-password", "roy", "--password-stdin"], "a fresh passphrase\n");
    assert_eq!(changed.code, 0, "{}", changed.stderr);
    assert_eq!(attempt(&mut owner, "roy", "a fresh passphrase"), 429);
}

#[test]
fn success_gives_back_its_own_attempt_and_nothing_of_what_others_failed_at() {
    let server = Server::prepare().with_real_limits().and_seed().and_start();
    for _ in 0..4 {
        attempt(&mut server.client(), "roy", "wrong");
    }
    for _ in 0..8 {
        assert_eq!(server.client().log_in("roy", "roy").leads_to(), (303, "/"));
    }
    assert_eq!(attempt(&mut server.client(), "roy", "wrong"), 303, "the fifth");
    assert_eq!(attempt(&mut server.client(), "roy", "wrong"), 429);
}

#[test]
fn the_budget_survives_kill_9() {
    let mut server = Server::prepare().with_real_limits().and_seed().and_start();
    for _ in 0..5 {
        attempt(&mut server.client(), "roy", "wrong");
    }
    server.kill();
    server.start(&["serve"]);
    // The first wait of two seconds may be over by now; the next attempt spends again, so the one after it waits.
    let statuses = [0, 1].map(|_| attempt(&mut server.client(), "roy", "wrong"));
    assert!(statuses.contains(&429), "{statuses:?}");
}

#[test]
fn a_network_has_a_bucket_of_its_own_which_a_known_browser_does_not_draw_from() {
    let server = Server::prepare().with_real_limits().with("VESTIBULE_NETWORK_LOGINS", "4").and_seed().and_start();
    let mut owner = server.client();
    assert_eq!(attempt(&mut owner, "roy", "roy"), 303);
    let statuses: Vec<u16> =
        (0..5).map(|number| attempt(&mut server.client(), &format!("name{number}"), "x")).collect();
    assert_eq!(statuses.last(), Some(&429), "{statuses:?}");
    assert_eq!(attempt(&mut owner, "roy", "roy"), 303, "known");
    let mut elsewhere = owner.clone();
    assert_eq!(attempt(&mut elsewhere, "admin", "password"), 429, "a device cookie of someone else's helps nobody");
    let noted = "SELECT count(*) FROM audit_events WHERE event = 'login.throttled' AND detail LIKE 'network%'";
    let refused = statuses.iter().filter(|status| **status == 429).count() + 1;
    wait_for("the audit of each, whoever's cookie it was", || {
        (server.sql(noted) == [refused.to_string()]).then_some(())
    });
}

#[test]
fn an_operator_sees_and_forgets_attempts() {
    let server = Server::prepare().with_real_limits().and_seed().and_start();
    for _ in 0..6 {
        attempt(&mut server.client(), "roy", "wrong");
        attempt(&mut server.client(), "nobody", "wrong");
    }
    let listed = server.cli(&["throttle", "list", "--json"]);
    let rows: serde_json::Value = serde_json::from_str(&listed.stdout).unwrap();
    let roy = rows.as_array().unwrap().iter().find(|row| row["username"] == "roy").expect("roy is listed");
    assert_eq!((roy["spent"].as_i64(), roy["today"].as_i64()), (Some(5), Some(5)));
    assert!(!listed.stdout.contains("nobody"), "an unknown name may be a password");
    assert_eq!(attempt(&mut server.client(), "roy", "roy"), 429);
    assert_eq!(server.cli(&["throttle", "clear", "roy"]).code, 0);
    assert_eq!(attempt(&mut server.client(), "roy", "roy"), 303);
    assert_eq!(server.cli(&["throttle", "clear", "--all"]).code, 0);
    assert_eq!(attempt(&mut server.client(), "nobody", "roy"), 303);
    assert_eq!(server.cli(&["throttle", "clear", "ghost"]).code, 3);
}

#[test]
fn an_operator_sees_who_tries_and_forgets_all_that_belongs_to_an_account() {
    let server = Server::prepare().with_real_limits().and_seed().and_start();
    let wrong = |device: &serde_json::Value| {
        let body = json!({ "login": "roy", "password": "wrong", "device": device });
        assert_eq!(server.client().call("POST", "/api/v1/tokens", &body).status, 401);
    };
    let pair = server.client().pair("roy", "roy");
    let mut browser = server.client();
    attempt(&mut browser, "roy", "roy");
    server.execute("DELETE FROM throttles");
    attempt(&mut browser, "roy", "wrong");
    wrong(&pair["refresh_token"]);
    wrong(&json!(null));
    let change = json!({ "current_password": "wrong", "new_password": "roy and his boat" });
    let mut program = server.client().bearing(pair["access_token"].as_str().unwrap());
    assert_eq!(program.call("PUT", "/api/v1/me/password", &change).status, 403);
    attempt(&mut server.client(), "nobody", "wrong");
    attempt(&mut server.client(), "python", "wrong");

    let rows: serde_json::Value =
        serde_json::from_str(&server.cli(&["throttle", "list", "--json"]).stdout).expect("it is JSON");
    let mut listed: Vec<_> = rows.as_array().unwrap().iter().map(|row| (&row["username"], &row["who"])).collect();
    listed.sort_by_key(|(username, who)| format!("{username} {who}"));
    let (roy, python) = (&json!("roy"), &json!("python"));
    let who = ["browser", "program", "signed-in", "strangers"].map(|who| json!(who));
    let [browsers, programs, signed_in, strangers] = &who;
    assert_eq!(
        listed,
        [
            (python, strangers),
            (roy, browsers),
            (roy, programs),
            (roy, signed_in),
            (roy, strangers),
            (&json!(null), strangers)
        ]
    );
    let table = server.cli(&["throttle", "list"]).stdout;
    for words in ["a known browser", "a known program", "someone signed in", "strangers"] {
        assert!(table.lines().any(|line| line.starts_with("roy ") && line.contains(words)), "{words}: {table}");
    }
    assert_eq!(server.cli(&["throttle", "clear", "roy"]).stderr.trim(), "Cleared 4 records.");
    assert_eq!(server.sql("SELECT count(*) FROM throttles"), ["2"], "of others");
}
