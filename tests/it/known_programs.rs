//! Programs that someone has logged in with before: a refresh token that they had makes them known.

use serde_json::{Value, json};

use crate::support::client::Reply;
use crate::support::{Client, Server};

fn log_in(client: &mut Client, login: &str, password: &str, device: &Value) -> Reply {
    let body = json!({ "login": login, "password": password, "device": device });
    client.call("POST", "/api/v1/tokens", &body)
}

fn refresh(client: &mut Client, token: &Value) -> Reply {
    client.call("POST", "/api/v1/tokens/refresh", &json!({ "refresh_token": token }))
}

fn refresh_token(pair: &Value) -> &Value {
    &pair["refresh_token"]
}

/// Spends what strangers have for this name, until tomorrow.
fn attack(server: &Server, name: &str) {
    server.client().log_in(name, "guess");
    let later = server.time("+3600 seconds");
    let of_strangers = "subject LIKE 'user:%' OR subject LIKE 'name:%'";
    server.execute(&format!("UPDATE throttles SET day_count = 100, next_at = {later} WHERE {of_strangers}"));
    assert_eq!(log_in(&mut server.client(), name, name, &Value::Null).status, 429, "strangers have to wait");
}

#[test]
fn a_former_refresh_token_lets_a_program_in_whatever_others_do_and_is_not_used_by_it() {
    let server = Server::prepare().with_real_limits().and_seed().and_start();
    let first = server.client().pair("roy", "roy");
    let second = refresh(&mut server.client(), refresh_token(&first)).json();
    attack(&server, "roy");
    for former in [&first, &second, &first] {
        let known = log_in(&mut server.client(), "roy", "roy", refresh_token(former));
        assert_eq!(known.status, 200, "spent or not: {}", known.body);
    }
    let third = refresh(&mut server.client(), refresh_token(&second));
    assert_eq!(third.status, 200, "it was not spent, and its login has not ended: {}", third.body);
    assert_eq!(server.sql("SELECT count(*) FROM audit_events WHERE event = 'token.reused'"), ["0"]);
    assert_eq!(server.sql("SELECT kind FROM devices"), ["program"], "one program, however often it logs in");
}

#[test]
fn a_program_stays_known_when_its_login_has_ended() {
    let server = Server::prepare().with_real_limits().and_seed().and_start();
    let pair = server.client().pair("roy", "roy");
    let spent = server.client().pair("roy", "roy");
    let latest = refresh(&mut server.client(), refresh_token(&spent)).json();
    let mut program = server.client().bearing(pair["access_token"].as_str().unwrap());
    assert_eq!(program.bare("DELETE", "/api/v1/tokens/current").status, 204);
    assert_eq!(server.cli(&["session", "end", "--all"]).code, 0);
    assert_eq!(server.sql("SELECT count(*) FROM refresh_tokens"), ["0"]);
    attack(&server, "roy");
    for former in [&pair, &spent, &latest] {
        assert_eq!(refresh(&mut server.client(), refresh_token(former)).status, 401);
        assert_eq!(log_in(&mut server.client(), "roy", "roy", refresh_token(former)).status, 200);
    }
    // As a form, too.
    let fields =
        [("login", "roy"), ("password", "roy"), ("device", refresh_token(&pair).as_str().expect("a refresh token"))];
    assert_eq!(server.client().post("/api/v1/tokens", &fields).status, 200);
}

#[test]
fn a_known_program_has_ten_failures_an_hour_whichever_of_its_tokens_it_shows() {
    let server = Server::prepare().with_real_limits().and_seed().and_start();
    let first = server.client().pair("roy", "roy");
    let second = refresh(&mut server.client(), refresh_token(&first)).json();
    for number in 0..10 {
        let former = if number % 2 == 0 { &first } else { &second };
        assert_eq!(log_in(&mut server.client(), "roy", "guess", refresh_token(former)).status, 401);
    }
    for former in [&first, &second] {
        let refused = log_in(&mut server.client(), "roy", "roy", refresh_token(former));
        let wait: u32 = refused.header("retry-after").expect("it has to wait").parse().unwrap();
        assert!(refused.status == 429 && wait <= 360, "{wait}");
    }
    assert_eq!(server.client().log_in("roy", "roy").leads_to(), (303, "/"), "the budget of strangers is untouched");
}

#[test]
fn what_was_never_a_token_of_this_account_with_this_password_helps_nobody() {
    let server = Server::prepare().with_real_limits().and_seed().and_start();
    let foreign = server.client().pair("python", "python");
    let own = server.client().pair("roy", "roy");
    attack(&server, "roy");
    let half = |pair: &Value, first: bool| {
        let (device, secret) = refresh_token(pair).as_str().unwrap().split_at(43);
        Value::from(if first { device } else { secret })
    };
    let turned = format!("{}{}", half(&own, false).as_str().unwrap(), half(&own, true).as_str().unwrap());
    let helpless =
        [refresh_token(&foreign).clone(), half(&own, true), half(&own, false), turned.into(), "x".into(), "ü".into()];
    for device in helpless {
        assert_eq!(log_in(&mut server.client(), "roy", "roy", &device).status, 429, "{device}");
        assert_eq!(log_in(&mut server.client(), "nobody", "roy", &device).status, 401, "{device}");
        server.execute("DELETE FROM throttles WHERE subject LIKE 'name:%'");
    }
    assert_eq!(log_in(&mut server.client(), "roy", "roy", &json!(7)).status, 422);
    let mut program = server.client().bearing(own["access_token"].as_str().unwrap());
    let change = json!({ "current_password": "roy", "new_password": "roy and his boat" });
    let changed = program.call("PUT", "/api/v1/me/password", &change);
    assert_eq!(changed.status, 200, "{}", changed.body);
    let password = "roy and his boat";
    assert_eq!(log_in(&mut server.client(), "roy", password, refresh_token(&own)).status, 429, "of the old password");
    assert_eq!(log_in(&mut server.client(), "roy", password, refresh_token(&changed.json())).status, 200);
}

#[test]
fn as_many_programs_of_an_account_are_known_as_logged_in_last_and_browsers_apart_from_them() {
    let server = Server::seeded();
    let mut owner = server.client();
    owner.log_in("roy", "roy");
    let pairs: Vec<Value> = (0..101).map(|_| server.client().pair("roy", "roy")).collect();
    let known = "SELECT count(*) FROM devices WHERE kind = ";
    let counts = ["'program'", "'browser'"].map(|kind| server.sql(&format!("{known}{kind}")).remove(0));
    assert_eq!(counts, ["100", "1"]);
    let login = |pair: &Value| log_in(&mut server.client(), "roy", "roy", refresh_token(pair)).status;
    assert_eq!((login(&pairs[1]), login(&pairs[0])), (200, 200));
    let devices = server.sql("SELECT id FROM devices WHERE kind = 'program'");
    assert_eq!(devices.len(), 100, "the second was known still, the first is a new one");
}
