//! The requests that ask the database.

use serde_json::{Value, json};

use super::clients::Client;
use crate::client::{get, json as request, login};
use crate::fill::{self, PASSWORD};
use crate::seal::Seal;
use crate::support::Server;

/// Who asks at the same time.
const CLIENTS: usize = 32;

/// Sessions of each client, which take turns: so many that each is forgotten by the node when its turn comes again.
const SESSIONS: usize = 1000;

/// So far apart are accounts that come one after the other.
const STRIDE: usize = 7919;

/// Session checks, each of a session that the node does not remember.
pub fn checks(server: &Server) -> Vec<Client> {
    let accounts: usize = server.sql("SELECT count(*) FROM users WHERE username LIKE 'person%'")[0].parse().unwrap();
    let seal = Seal::of(server);
    let sessions = fill::sessions(server, (0..CLIENTS * SESSIONS).map(|number| number * STRIDE % accounts));
    let cookies: Vec<String> = sessions.iter().map(|session| seal.cookie("session", session)).collect();
    let client = |cookies: &[String]| {
        let (cookies, mut turn) = (cookies.to_vec(), 0);
        Client::new("", move |port, _| {
            turn = (turn + 1) % cookies.len();
            get(port, "/", &["Accept: application/json".to_owned(), format!("Cookie: {}", cookies[turn])])
        })
    };
    cookies.chunks(SESSIONS).map(client).collect()
}

/// Sets when the sessions of those checks were used last.
pub fn note_uses(server: &Server, when: &str) {
    let time = server.time(when);
    server.execute(&format!("UPDATE sessions SET last_seen_at = {time} WHERE user_agent = 'Mozilla/5.0'"));
}

/// How many of them were used within the last minute, as the nodes have noted it; one at least.
pub fn noted_uses(server: &Server) -> f64 {
    let time = server.time("-1 minute");
    let noted = format!("SELECT count(*) FROM sessions WHERE user_agent = 'Mozilla/5.0' AND last_seen_at > {time}");
    server.sql(&noted)[0].parse::<f64>().expect("a number").max(1.0)
}

/// Logins, each of another one of so many accounts.
pub fn logins(accounts: usize) -> Vec<Client> {
    let client = |number| {
        let mut turn = number;
        Client::new("", move |port, _| {
            turn += CLIENTS;
            login(port, None, &fill::name(turn * STRIDE % accounts), PASSWORD)
        })
    };
    (0..CLIENTS).map(client).collect()
}

/// Refreshes of tokens, each of the pair that the last one answered.
pub fn refreshes(server: &Server) -> Vec<Client> {
    let client = |number: usize| {
        let pair = server.client().pair(&fill::name(number), PASSWORD);
        Client::new(&pair.to_string(), |port, pair| {
            let pair: Value = serde_json::from_str(pair).expect("JSON");
            let body = json!({ "refresh_token": pair["refresh_token"] }).to_string();
            request("POST", port, "/api/v1/tokens/refresh", None, &body)
        })
    };
    (0..CLIENTS).map(client).collect()
}

/// Changes of a todo, of each client its own.
pub fn todos(server: &Server) -> Vec<Client> {
    let client = |number: usize| {
        let pair = server.client().pair(&fill::name(number), PASSWORD);
        let token = pair["access_token"].as_str().expect("a token").to_owned();
        let todo = json!({ "title": "Water the plants", "due": "2030-01-31" });
        let made = server.client().bearing(&token).call("POST", "/api/v1/todos", &todo);
        let path = made.header("location").expect("where it is").to_owned();
        let mut turn = 0;
        Client::new("", move |port, _| {
            turn += 1;
            let body = json!({ "description": format!("For the {turn}th time.") }).to_string();
            request("PATCH", port, &path, Some(format!("Authorization: Bearer {token}")), &body)
        })
    };
    (0..CLIENTS).map(client).collect()
}
