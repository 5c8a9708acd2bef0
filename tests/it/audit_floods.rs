//! Refusals in floods: strangers can cause any number of them, and few get a row.

use serde_json::json;

use crate::support::{Client, GOOD_PASSWORD, Server, wait_for};

/// A server that believes the addresses that a test says it comes from.
fn behind_a_proxy() -> Server {
    Server::prepare().with("VESTIBULE_TRUSTED_PROXIES", r#"["127.0.0.1/32"]"#)
}

/// A client at the address of this number in one IPv6 /64.
fn neighbour(server: &Server, number: usize) -> Client {
    server.client().with("X-Forwarded-For", &format!("2001:db8:1:2:{number:x}::1"))
}

fn rows(server: &Server, event: &str) -> usize {
    server.sql(&format!("SELECT id FROM audit_events WHERE event = '{event}'")).len()
}

/// How many of an event were recorded and how many only counted, as the database knows.
fn counts(server: &Server, event: &str) -> Vec<String> {
    let counts = "recorded || ' and ' || unrecorded || CASE WHEN about_account THEN ' of accounts' ELSE '' END";
    server.sql(&format!("SELECT {counts} FROM refusal_counts WHERE event = '{event}' ORDER BY about_account"))
}

#[test]
fn a_household_of_many_addresses_gets_as_many_rows_as_one_address() {
    let server = behind_a_proxy()
        .with("VESTIBULE_REGISTRATION", "open")
        .with("VESTIBULE_NETWORK_SIGN_UPS_PER_HOUR", "1")
        .with("VESTIBULE_NETWORK_LOGINS", "1")
        .with("VESTIBULE_NETWORK_LOGIN_SECONDS", "3600")
        .and_seed()
        .and_start();
    let body = |name: String| json!({ "username": name, "password": GOOD_PASSWORD });
    for number in 0..60 {
        let mut client = neighbour(&server, number);
        assert_eq!(client.with("Sec-Fetch-Site", "cross-site").log_in("roy", "roy").status, 403);
        let signed_up = client.call("POST", "/api/v1/users", &body(format!("person{number}"))).status;
        assert_eq!(signed_up, if number == 0 { 201 } else { 429 });
        let tried = client.log_in(&format!("nobody{number}"), "wrong").status;
        assert_eq!(tried, if number == 0 { 303 } else { 429 });
    }
    let events = ["request.refused", "sign_up.throttled", "login.throttled"];
    for event in events {
        wait_for("the first thirty", || (rows(&server, event) >= 30).then_some(()));
        assert_eq!(rows(&server, event), 30, "{event}");
    }
    // What was only counted is told by the next one that is recorded.
    let mut elsewhere = server.client().with("X-Forwarded-For", "192.0.2.1").with("Sec-Fetch-Site", "cross-site");
    assert_eq!(elsewhere.log_in("roy", "roy").status, 403);
    wait_for("the count", || (counts(&server, events[0]) == ["31 and 30"]).then_some(()));
}

#[test]
fn a_day_has_so_many_rows_of_a_kind_and_counts_the_others() {
    let server = Server::prepare().with("VESTIBULE_AUDIT_REFUSALS_PER_DAY", "5").and_seed().and_start();
    for number in 0..8 {
        server.client().log_in(&format!("nobody{number}"), "wrong");
    }
    assert_eq!(rows(&server, "login.failed"), 5);
    for _ in 0..7 {
        server.client().log_in("roy", "wrong");
    }
    assert_eq!(rows(&server, "login.failed"), 10, "names that nobody has don't hide guesses at an account");
    assert_eq!(counts(&server, "login.failed"), ["5 and 3", "5 and 2 of accounts"]);
    let lines = || server.stderr().matches(r#""event":"login.failed""#).count();
    wait_for("the lines in the log", || (lines() == 15).then_some(()));
    assert_eq!(server.stderr().matches("login.failed is only counted for the rest of the day").count(), 2);
    for _ in 0..6 {
        server.signed_in("roy", "roy");
    }
    assert_eq!(rows(&server, "login.succeeded"), 6, "what is no refusal is always recorded");
    let yesterday = chrono::Utc::now().date_naive().pred_opt().unwrap();
    server.execute(&format!("UPDATE refusal_counts SET day = '{yesterday}'"));
    server.client().log_in("roy", "wrong");
    assert_eq!(rows(&server, "login.failed"), 11, "another day");
}

#[test]
fn the_newest_refusals_stay_and_take_the_place_of_nothing_else() {
    let mut server = Server::prepare().with("VESTIBULE_AUDIT_REFUSALS", "10").and_seed().and_start();
    let before = server.audit().len();
    server.signed_in("roy", "roy");
    for number in 0..13 {
        server.client().log_in("roy", "wrong");
        server.client().log_in(&format!("nobody{number}"), "wrong");
    }
    let newest = "SELECT id FROM audit_events WHERE event = 'login.failed' ORDER BY at DESC LIMIT 20";
    let newest = server.sql(newest);
    let earlier = server.moved("at", "-30 days");
    server.execute(&format!("UPDATE audit_events SET at = {earlier} WHERE event <> 'login.failed'"));
    let long_ago = chrono::Utc::now().date_naive() - chrono::Days::new(370);
    server.execute(&format!(
        "INSERT INTO refusal_counts (day, event, about_account, recorded, unrecorded)
         VALUES ('{long_ago}', 'login.failed', FALSE, 1, 1)"
    ));
    assert_eq!(server.terminate(), 0);
    server.start(&["serve"]);
    wait_for("the sweep", || (rows(&server, "login.failed") == 20).then_some(()));
    let left = "SELECT id FROM audit_events WHERE event = 'login.failed' ORDER BY at DESC";
    assert_eq!(server.sql(left), newest, "ten that concern an account, and ten that don't");
    assert_eq!(server.audit().len(), before + 1 + 20, "the older rows of what people and operators did are there");
    wait_for("the sweep of old counts", || (counts(&server, "login.failed").len() == 2).then_some(()));
}

#[test]
fn a_locked_database_collects_few_refusals_and_they_wait_for_it_alone() {
    let server = behind_a_proxy().and_seed().and_start();
    let mut lock = server.connection();
    lock.lock();
    let from = |number: usize| {
        let address = format!("198.51.{}.{}", number / 250, number % 250);
        server.client().with("X-Forwarded-For", &address).with("Sec-Fetch-Site", "cross-site")
    };
    for number in 0..500 {
        assert_eq!(from(number).log_in("roy", "roy").status, 403);
    }
    lock.roll_back();
    let told = || -> Option<(usize, usize)> {
        let told = server.sql("SELECT recorded || ' ' || unrecorded FROM refusal_counts").pop()?;
        let (recorded, unrecorded) = told.split_once(' ')?;
        Some((recorded.parse().ok()?, unrecorded.parse().ok()?))
    };
    wait_for("those that waited", || told().filter(|(recorded, _)| *recorded > 1));
    from(500).log_in("roy", "roy");
    let (recorded, _) =
        wait_for("all of them", || told().filter(|(recorded, unrecorded)| recorded + unrecorded == 501));
    assert!(recorded < 300, "what waited was bounded: {recorded}");
    assert_eq!(rows(&server, "request.refused"), recorded);
}
