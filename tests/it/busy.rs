//! More passwords than can be checked: whoever finds no place is turned away at once and nothing is written, and known
//! devices still log in.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

use serde_json::json;

use crate::support::{Client, GOOD_PASSWORD, Reply, Server, wait_for};

/// Hashes so dear, and so few places, that a handful of attempts fills them.
fn narrow() -> Server {
    let server = Server::prepare().and_seed();
    server.add_user("anna");
    server.with("VESTIBULE_BCRYPT_COST", "13").with("VESTIBULE_PASSWORD_QUEUE_MILLISECONDS", "1")
}

/// Sends this from each of these clients at the same time.
fn at_once(clients: Vec<Client>, send: impl Fn(Client) -> Reply + Sync) -> Vec<Reply> {
    std::thread::scope(|scope| {
        let requests: Vec<_> = clients.into_iter().map(|client| scope.spawn(|| send(client))).collect();
        requests.into_iter().map(|request| request.join().unwrap()).collect()
    })
}

/// Clients that a proxy tells apart, each from a network of its own.
fn from_everywhere(server: &Server, count: usize) -> Vec<Client> {
    let from = |number| server.client().with("X-Forwarded-For", &format!("198.51.{}.{}", number / 250, number % 250));
    (0..count).map(from).collect()
}

#[test]
fn past_the_places_an_attempt_is_503_and_leaves_nothing() {
    let server = narrow().with("VESTIBULE_TRUSTED_PROXIES", "[\"127.0.0.0/8\"]").and_start();
    let replies = at_once(from_everywhere(&server, 60), |client| client.browsing().log_in("anna", "wrong"));
    let (busy, looked_at): (Vec<Reply>, Vec<Reply>) = replies.into_iter().partition(|reply| reply.status == 503);
    assert!(busy.len() > 20, "{} of 60", busy.len());
    assert!(!looked_at.is_empty() && looked_at.iter().all(|reply| matches!(reply.status, 303 | 429)));
    for reply in &busy {
        assert!(reply.says("Busy just now") && reply.says("then go back and send it again."), "{reply:?}");
        assert_eq!(reply.header("retry-after"), Some("1"));
        assert!(reply.header("content-security-policy").is_some() && reply.header("set-cookie").is_none());
    }
    let failed = server.audit().iter().filter(|row| row.starts_with("login.")).count();
    assert_eq!(failed, looked_at.len(), "{:?}", server.audit());
    let why = "more passwords come than can be checked";
    wait_for("the log to have counted them", || (server.turned_away(why) == busy.len()).then_some(()));
    let lines = server.stderr().matches(why).count();
    assert!(lines <= 10, "a line a second, and not one for each: {lines}");
}

/// Wrong passwords from everywhere, until this is dropped.
struct Flood {
    over: Arc<AtomicBool>,
    attackers: Vec<JoinHandle<()>>,
}

impl Flood {
    fn start(server: &Server) -> Flood {
        let over = Arc::new(AtomicBool::new(false));
        let attack = |mut client: Client| {
            let over = Arc::clone(&over);
            std::thread::spawn(move || {
                while !over.load(Ordering::Relaxed) {
                    client.log_in("nobody", "wrong");
                }
            })
        };
        let attackers = from_everywhere(server, 40).into_iter().map(attack).collect();
        Flood { over, attackers }
    }
}

impl Drop for Flood {
    fn drop(&mut self) {
        self.over.store(true, Ordering::Relaxed);
        for attacker in self.attackers.drain(..) {
            let _ = attacker.join();
        }
    }
}

/// Sends something until it is turned away.
fn busy(mut send: impl FnMut() -> Reply) -> Reply {
    wait_for("a 503", || Some(send()).filter(|reply| reply.status == 503))
}

#[test]
fn every_door_answers_503() {
    let server = narrow().with("VESTIBULE_TRUSTED_PROXIES", "[\"127.0.0.0/8\"]").with("VESTIBULE_REGISTRATION", "open");
    let server = server.with("VESTIBULE_BCRYPT_COST", "4").with("VESTIBULE_NETWORK_SIGN_UPS_PER_HOUR", "100000");
    let server = server.and_start();
    let program = server.client().program("anna", GOOD_PASSWORD);
    let mut json = server.client().with("X-Forwarded-For", "203.0.113.9").json();
    let _flood = Flood::start(&server);
    let login = json!({ "login": "anna", "password": "wrong" });
    let new = json!({ "username": "ben", "password": GOOD_PASSWORD });
    let change = json!({ "current_password": "wrong", "new_password": "something quite new" });
    let doors = [
        busy(|| json.log_in("anna", "wrong")),
        busy(|| json.call("POST", "/api/v1/tokens", &login)),
        busy(|| json.call("POST", "/api/v1/users", &new)),
        // One at a time finds a place among those that are kept.
        busy(|| {
            let replies =
                at_once(vec![program.clone(); 8], |mut client| client.call("PUT", "/api/v1/me/password", &change));
            replies.into_iter().max_by_key(|reply| reply.status).unwrap()
        }),
    ];
    for reply in doors {
        assert_eq!(reply.json()["status"], 503, "{reply:?}");
        assert!(reply.json()["detail"].as_str().unwrap().starts_with("Too many passwords wait"), "{reply:?}");
        assert_eq!(reply.header("retry-after"), Some("1"));
    }
}

#[test]
fn a_known_device_logs_in_while_strangers_fill_the_places() {
    let server = narrow().with("VESTIBULE_TRUSTED_PROXIES", "[\"127.0.0.0/8\"]").and_start();
    let mut owner = server.signed_in("anna", GOOD_PASSWORD);
    let mut stranger = server.client().with("X-Forwarded-For", "203.0.113.9");
    let _flood = Flood::start(&server);
    busy(|| stranger.log_in("nobody", "wrong"));
    assert_eq!(owner.log_in("anna", GOOD_PASSWORD).leads_to(), (303, "/"));
}

#[test]
fn past_so_many_an_hour_right_logins_spend_attempts_like_wrong_ones() {
    let server = Server::prepare().and_seed().with("VESTIBULE_LOGINS_PER_HOUR", "3");
    let server = server.with("VESTIBULE_ATTEMPTS_FREE", "2").and_start();
    for _ in 0..5 {
        assert_eq!(server.client().log_in("roy", "roy").leads_to(), (303, "/"));
    }
    for refused in [server.client().log_in("roy", "roy"), server.client().json().log_in("roy", "roy")] {
        assert_eq!(refused.status, 429);
        let seconds: u32 = refused.header("retry-after").unwrap().parse().unwrap();
        assert!((1..=60).contains(&seconds), "{seconds}");
    }
    assert_eq!(server.client().log_in("python", "python").leads_to(), (303, "/"), "others go on");
}

#[test]
fn confirming_with_the_password_again_and_again_is_429_even_with_the_right_one() {
    let server = Server::prepare().and_seed().with("VESTIBULE_LOGINS_PER_HOUR", "10").and_start();
    server.add_user("anna");
    let mut program = server.client().program("anna", GOOD_PASSWORD);
    let change = json!({ "current_password": "wrong", "new_password": "something quite new" });
    for _ in 0..10 {
        assert_eq!(program.call("PUT", "/api/v1/me/password", &change).status, 403);
    }
    let refused = program.call("PUT", "/api/v1/me/password", &change);
    assert_eq!(refused.status, 429, "{refused:?}");
    assert!(refused.header("retry-after").is_some());
}
