//! Changing one's own email address: the answer tells whether another account has it, so nobody may ask often.

use serde_json::{Value, json};

use crate::support::client::Reply;
use crate::support::{Client, Server, wait_for};

fn change(program: &mut Client, email: &Value) -> Reply {
    program.call("PATCH", "/api/v1/me", &json!({ "email": email }))
}

/// A server behind a proxy, in which python has an address.
fn prepared() -> Server {
    let proxies = ("VESTIBULE_TRUSTED_PROXIES", r#"["127.0.0.1/32"]"#);
    let server = Server::prepare().with_real_limits().with(proxies.0, proxies.1).and_seed();
    server.execute("UPDATE users SET email = 'p@a.example', email_canonical = 'p@a.example' WHERE username = 'python'");
    server.and_start()
}

#[test]
fn an_account_asks_for_five_addresses_an_hour_wherever_it_asks_and_whatever_the_answer() {
    let server = prepared();
    let roy = server.client().program("roy", "roy");
    let from = |number: u32| roy.with("X-Forwarded-For", &format!("198.51.100.{number}"));
    let asked = ["p@a.example", "b@a.example", "P@A.example", "c@a.example", "d@a.example"];
    let statuses: Vec<u16> =
        (1..).zip(asked).map(|(number, email)| change(&mut from(number), &json!(email)).status).collect();
    assert_eq!(statuses, [409, 200, 409, 200, 200]);
    for email in ["p@a.example", "e@a.example"] {
        let refused = change(&mut from(9), &json!(email));
        let wait: u32 = refused.header("retry-after").expect("it has to wait").parse().unwrap();
        assert!(refused.status == 429 && (700..=720).contains(&wait), "taken or not: {wait}");
    }
    assert_eq!(server.sql("SELECT email FROM users WHERE username = 'roy'"), ["d@a.example"]);
    let noted = "SELECT count(*) FROM audit_events JOIN users ON users.id = target
        WHERE event = 'email_change.throttled' AND username = 'roy'";
    wait_for("the refusals to be noted", || (server.sql(noted) == ["2"]).then_some(()));
    // What tells nothing about others is not counted.
    for own in [json!("D@a.example"), json!(null), json!(null)] {
        assert_eq!(change(&mut from(9), &own).status, 200, "{own}");
    }
    assert_eq!(from(9).call("PATCH", "/api/v1/me", &json!({ "name": "Roy B." })).status, 200);
}

#[test]
fn a_network_asks_for_twenty_an_hour_with_however_many_accounts() {
    let server = prepared();
    let household = |number: u32| format!("2001:db8:1:2::{number}");
    for number in 0..5 {
        server.add_user(&format!("zoe{number}"));
        let mut zoe = server.client().program(&format!("zoe{number}"), crate::support::GOOD_PASSWORD);
        zoe = zoe.with("X-Forwarded-For", &household(number));
        let expected = if number < 4 { 409 } else { 429 };
        for _ in 0..5 {
            assert_eq!(change(&mut zoe, &json!("p@a.example")).status, expected, "{number}");
        }
    }
    let mut neighbour = server.client().program("roy", "roy").with("X-Forwarded-For", "2001:db8:1:3::1");
    assert_eq!(change(&mut neighbour, &json!("r@a.example")).status, 200);
}

#[test]
fn admins_are_not_limited() {
    let server = prepared();
    let mut admin = server.client().program("admin", "password");
    let roy = server.sql("SELECT id FROM users WHERE username = 'roy'").remove(0);
    for number in 0..25 {
        let email = json!({ "email": format!("{number}@a.example") });
        assert_eq!(admin.call("PATCH", &format!("/api/v1/users/{roy}"), &email).status, 200);
    }
}
