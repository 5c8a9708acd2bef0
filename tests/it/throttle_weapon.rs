//! Limits on attempts slow down who guesses. They can't be used to keep the owner of an account out.

use serde_json::json;

use crate::support::client::Reply;
use crate::support::{Client, Server};

/// Moves all times of all budgets into the past, as if so much time had gone by.
fn let_pass(server: &Server, time: &str) {
    let column = |column: &str| format!("{column} = {}", server.moved(column, &format!("-{time}")));
    let columns = ["spent_until", "next_at", "day_started_at"].map(column);
    assert!(server.execute(&format!("UPDATE throttles SET {}", columns.join(", "))) > 0, "something was spent");
}

/// How many seconds someone has to wait who is told to.
#[track_caller]
fn wait(refused: &Reply) -> i64 {
    assert_eq!(refused.status, 429, "{}", refused.body);
    refused.header("retry-after").expect("it says for how long").parse().expect("seconds")
}

fn guess(client: &mut Client, name: &str) -> Reply {
    client.log_in(name, "guess")
}

#[test]
fn past_the_hundred_of_a_day_one_attempt_an_hour_is_left_to_the_owner_too() {
    let server = Server::prepare().with_real_limits().and_seed().and_start();
    for name in ["roy", "nobody"] {
        assert_eq!(guess(&mut server.client(), name).status, 303);
        assert_eq!(server.execute("UPDATE throttles SET day_count = 99"), 1);
        assert_eq!(guess(&mut server.client(), name).status, 303, "the hundredth");
        for _ in 0..3 {
            let left = wait(&guess(&mut server.client(), name));
            assert!((3590..=3600).contains(&left), "{name}: {left}");
            let_pass(&server, "3600 seconds");
            assert_eq!(guess(&mut server.client(), name).status, 303, "{name}: one an hour");
        }
        let_pass(&server, "3600 seconds");
        let owner = server.client().log_in(name, name);
        assert_eq!(owner.leads_to(), (303, if name == "roy" { "/" } else { "/login" }));
        let again = server.client().log_in(name, name).status;
        assert_eq!(again, if name == "roy" { 303 } else { 429 }, "what succeeds uses up nothing");
        server.execute("DELETE FROM throttles");
    }
}

/// Asks for another password, confirming with this one.
fn change(program: &mut Client, current: &str) -> Reply {
    let body = json!({ "current_password": current, "new_password": "roy and his boat" });
    program.call("PUT", "/api/v1/me/password", &body)
}

#[test]
fn an_attacked_owner_who_is_signed_in_still_changes_the_password() {
    let server = Server::prepare().with_real_limits().and_seed().and_start();
    let mut owner = server.client().program("roy", "roy");
    assert_eq!(guess(&mut server.client(), "roy").status, 303);
    server.execute("UPDATE throttles SET day_count = 99");
    assert_eq!(guess(&mut server.client(), "roy").status, 303);
    assert!(wait(&guess(&mut server.client(), "roy")) > 3000, "the budget of strangers is spent");
    assert_eq!(change(&mut owner, "roy").status, 200);
}

#[test]
fn whoever_is_signed_in_guesses_five_times_an_hour_however_many_sessions_there_are() {
    let server = Server::prepare().with_real_limits().and_seed().and_start();
    let mut sessions: Vec<Client> = (0..3).map(|_| server.client().program("roy", "roy")).collect();
    for number in 0..5 {
        assert_eq!(change(&mut sessions[number % 3], "guess").status, 403);
    }
    for session in &mut sessions {
        assert!((700..=720).contains(&wait(&change(session, "roy"))), "not even the right one is looked at");
    }
    assert_eq!(server.client().log_in("roy", "roy").leads_to(), (303, "/"), "a login has a budget of its own");
    assert_eq!(change(&mut server.client().program("python", "python"), "python").status, 200, "and so has everyone");
    let_pass(&server, "720 seconds");
    assert_eq!(change(&mut sessions[0], "guess").status, 403, "one came back");
    assert_eq!(server.cli(&["throttle", "clear", "roy"]).code, 0);
    assert_eq!(change(&mut sessions[1], "roy").status, 200);
}

/// A server with this number of logins per network, none of which comes back while a test runs.
fn with_network_logins(logins: &str) -> Server {
    let server = Server::prepare().with_real_limits().with("VESTIBULE_NETWORK_LOGINS", logins);
    server.with("VESTIBULE_NETWORK_LOGIN_SECONDS", "3600").and_seed().and_start()
}

#[test]
fn a_known_device_is_free_of_its_network_a_few_times_and_then_draws_from_it_like_anyone() {
    let server = with_network_logins("7");
    let (mut owner, mut other) = (server.client(), server.client());
    for known in [&mut owner, &mut other] {
        assert_eq!(known.log_in("roy", "roy").leads_to(), (303, "/"));
    }
    for number in 0..5 {
        assert_eq!(guess(&mut server.client(), &format!("name{number}")).status, 303);
    }
    assert_eq!(guess(&mut server.client(), "name5").status, 429, "the network has none left");
    for number in 0..5 {
        let known = if number % 2 == 0 { &mut owner } else { &mut other };
        assert_eq!(known.log_in("roy", "roy").leads_to(), (303, "/"), "{number}: the neighbours' flood is not its own");
    }
    for known in [&mut owner, &mut other] {
        assert_eq!(known.log_in("roy", "roy").status, 429, "five for all known devices of the account together");
    }
}

#[test]
fn an_attacker_who_logs_in_gets_nothing_back_for_it() {
    let server = with_network_logins("6");
    let spent = || {
        server
            .sql("SELECT spent_until || ' ' || day_count FROM throttles WHERE subject LIKE 'user:%' AND day_count > 0")
    };
    for _ in 0..3 {
        assert_eq!(guess(&mut server.client(), "roy").status, 303);
    }
    let before = spent();
    assert_eq!(before.len(), 1);
    for _ in 0..3 {
        assert_eq!(server.client().log_in("python", "python").leads_to(), (303, "/"), "the attacker's own account");
    }
    assert_eq!(spent(), before, "nothing of the victim's");
    assert_eq!(server.client().log_in("python", "python").status, 429, "nor of the network's");
}
