//! Captchas on the login page: asked for after many failures of a network or at a name, and never before.

use std::thread;

use chrono::{Duration, Utc};
use serde_json::json;
use vestibule::accounts::captcha;

use crate::support::captcha::Answers;
use crate::support::{Client, Reply, Server, wait_for};

const FIRST_WORDS: &str = "There were many failed logins lately. Enter your password again, and the signs in the";

/// A server that asks a network after three failures, and at a name after three attempts.
pub(super) fn server() -> Server {
    prepared().and_start()
}

fn prepared() -> Server {
    Server::prepare()
        .with("VESTIBULE_CAPTCHA_AFTER_FAILED_LOGINS", "3")
        .with("VESTIBULE_CAPTCHA_AFTER_ATTEMPTS", "3")
        .with("VESTIBULE_TRUSTED_PROXIES", r#"["127.0.0.1/32"]"#)
        .and_seed()
}

pub(super) fn from(server: &Server, address: &str) -> Client {
    server.client().browsing().with("X-Forwarded-For", address)
}

/// Fails from this network at three names.
pub(super) fn fail(server: &Server, address: &str) {
    for name in ["somebody", "anybody", "nobody"] {
        assert_eq!(from(server, address).log_in(name, "wrong").leads_to(), (303, "/login"));
    }
}

/// Fails at this name from three networks.
pub(super) fn attack(server: &Server, name: &str) {
    for number in 1..4 {
        assert_eq!(from(server, &format!("203.0.113.{number}")).log_in(name, "wrong").leads_to(), (303, "/login"));
    }
}

pub(super) fn answer(client: &mut Client, name: &str, password: &str, id: &str, signs: &str) -> Reply {
    let fields = [("username", name), ("password", password), ("captcha", id), ("captcha_answer", signs)];
    client.post("/login", &fields)
}

/// What was spent of attempts at passwords, and how many passwords were found wrong.
fn spent(server: &Server) -> Vec<String> {
    let budgets = "SELECT subject || ' ' || spent_until || ' ' || day_count FROM throttles";
    let failures = "SELECT 'failed ' || count(*) FROM audit_events WHERE event LIKE 'login.%ed'";
    server.sql(&format!("{budgets} UNION ALL {failures} AND event IN ('login.failed', 'login.succeeded')"))
}

#[test]
fn a_network_with_many_failures_is_asked_and_its_neighbour_is_not() {
    let server = server();
    let answers = Answers::of(&server);
    let mut browser = from(&server, "192.0.2.1");
    browser.log_in("somebody", "wrong");
    let tokens = json!({ "login": "anybody", "password": "wrong" });
    assert_eq!(browser.json().call("POST", "/api/v1/tokens", &tokens).status, 401, "whatever the door");
    browser.jar.clear();
    let before = browser.get("/login");
    assert!(!before.asks_for_captcha(), "{}", before.body);
    assert_eq!(
        browser.json().call("POST", "/login", &json!({ "username": "nobody", "password": "wrong" })).status,
        401
    );

    let page = browser.get("/login?next=%2Ftodos");
    let policy = page.header("content-security-policy").unwrap();
    assert!(
        page.asks_for_captcha() && policy.contains("media-src 'self'"),
        "before anyone types for nothing: {policy}"
    );
    let plain = from(&server, "192.0.2.2").get("/login");
    assert_eq!(plain.body, before.body, "the neighbour gets the same page as ever");
    assert!(!plain.header("content-security-policy").unwrap().contains("media-src"));

    let (untouched, id) = (spent(&server), page.hidden("captcha"));
    let fields = [("username", "roy"), ("password", "roy"), ("remember", "on"), ("next", "/todos")];
    let asked = browser.post("/login", &fields);
    assert!(asked.status == 422 && asked.says(FIRST_WORDS) && asked.says("<title>Error: Log in"), "{}", asked.body);
    for kept in [r#"value="roy""#, "checked", r#"name="next" value="/todos""#] {
        assert!(asked.says(kept), "{kept}: {}", asked.body);
    }
    assert!(!asked.says(r#"type="password" value"#));
    for (part, kind) in [("picture", "image/png"), ("sound", "audio/wav")] {
        let shown = browser.get(&format!("/captcha/{id}/{part}"));
        assert_eq!((shown.status, shown.header("content-type")), (200, Some(kind)), "{part}");
    }
    assert_eq!(spent(&server), untouched, "no attempt is spent, and no password looked at");
    let signs = answers.to(&id).to_lowercase();
    let fields = [&fields[..], &[("captcha", &id), ("captcha_answer", &signs)]].concat();
    assert_eq!(browser.post("/login", &fields).leads_to(), (303, "/todos"));
    assert!(browser.get("/").says("Hello, Roy!"));
}

#[test]
fn a_wrong_old_reused_or_foreign_answer_is_refused_and_no_attempt_is_spent() {
    let server = server();
    let answers = Answers::of(&server);
    fail(&server, "192.0.2.1");
    let mut browser = from(&server, "192.0.2.1");
    let untouched = spent(&server);
    let mut refused = |id: &str, signs: &str, words: &str| {
        let page = answer(&mut browser, "roy", "roy", id, signs);
        assert!(page.status == 422 && page.says(words) && page.says(r#"value="roy""#), "{words}: {}", page.body);
        assert_eq!(page.hidden("captcha") == id, signs.is_empty(), "{words} once it is spent, it shows another one");
        assert_eq!(spent(&server), untouched, "{words}");
        page
    };
    let fresh = || captcha::issue(&answers.0, "login");
    let id = fresh();
    refused(&id, "", "Enter the signs in the picture");
    refused(&id, "WRONG1", "These were not the signs.");
    refused(&id, &answers.to(&id), "The signs were out of date.");
    for form in ["api", "1.x"] {
        let foreign = captcha::issue(&answers.0, form);
        refused(&foreign, &answers.to(&foreign), "The signs were out of date.");
    }
    let old = captcha::issue_until(&answers.0, "login", Utc::now() + Duration::seconds(1));
    let signs = answers.to(&old);
    server.let_a_second_pass();
    refused(&old, &signs, "The signs were out of date.");
    refused("x", "WRONG1", "The signs were out of date.");
    let why = "login.refused: without the right answer to a captcha";
    assert!(server.audit().iter().any(|row| row == why), "{:?}", server.audit());
    let id = fresh();
    assert_eq!(answer(&mut browser, "roy", "wrong", &id, &answers.to(&id)).leads_to(), (303, "/login"));
    let page = browser.get("/login");
    assert!(page.says("Wrong username/email or password.") && page.asks_for_captcha(), "{}", page.body);
    let page = answer(&mut browser, "roy", "roy", &id, &answers.to(&id));
    assert!(page.status == 422 && page.says("The signs were out of date."), "{}", page.body);
}

#[test]
fn a_name_under_attack_is_asked_for_from_everywhere_whether_anybody_has_it_or_not() {
    let server = server();
    let answers = Answers::of(&server);
    let mut owner = server.signed_in("roy", "roy");
    owner.post("/logout", &[]);
    let asked = |name: &str| {
        attack(&server, name);
        let mut attacker = from(&server, "203.0.113.9");
        let page = attacker.log_in(name, "roy");
        assert!(page.status == 422 && page.says(FIRST_WORDS), "{name}: {}", page.body);
        let id = page.hidden("captcha");
        page.body.replace(&id, "<id>").replace(name, "<name>")
    };
    assert_eq!(asked("roy"), asked("zoe"), "it does not tell whether the name exists");
    let mut elsewhere = from(&server, "203.0.113.9");
    assert!(!elsewhere.get("/login").asks_for_captcha(), "without a name there is no reason");
    assert_eq!(from(&server, "203.0.113.9").log_in("python", "python").leads_to(), (303, "/"), "nor for another name");
    assert!(!owner.get("/login").asks_for_captcha());
    assert_eq!(owner.log_in("roy", "roy").leads_to(), (303, "/"), "a known device is spared");
    let mut other = server.signed_in("admin", "password");
    other.post("/logout", &[]);
    let page = other.log_in("roy", "roy");
    assert!(page.status == 422 && page.asks_for_captcha(), "that of somebody else is not");

    let mut program = server.client().json();
    let tokens = json!({ "login": "roy", "password": "roy" });
    assert_eq!(program.call("POST", "/api/v1/tokens", &tokens).status, 200, "programs are never asked");
    let login = json!({ "username": "roy", "password": "roy" });
    assert_eq!(program.call("POST", "/login", &login).status, 200);

    // Whoever fails at such a name finds the captcha on the page that says so.
    let mut person = from(&server, "203.0.113.10");
    let id = person.log_in("roy", "wrong").hidden("captcha");
    assert_eq!(answer(&mut person, "roy", "wrong", &id, &answers.to(&id)).leads_to(), (303, "/login"));
    let id = person.get("/login").hidden("captcha");
    assert_eq!(answer(&mut person, "roy", "roy", &id, &answers.to(&id)).leads_to(), (303, "/"));
}

#[test]
fn a_known_device_is_spared_in_a_network_with_many_failures() {
    let server = server();
    let mut owner = from(&server, "192.0.2.1");
    assert_eq!(owner.log_in("roy", "roy").leads_to(), (303, "/"));
    owner.post("/logout", &[]);
    fail(&server, "192.0.2.1");
    assert!(from(&server, "192.0.2.1").get("/login").asks_for_captcha() && !owner.get("/login").asks_for_captcha());
    assert_eq!(owner.log_in("roy", "wrong").leads_to(), (303, "/login"));
    assert!(!owner.get("/login").asks_for_captcha(), "its failures are its own");
    assert_eq!(owner.log_in("roy", "roy").leads_to(), (303, "/"));
    owner.post("/logout", &[]);
    assert!(owner.log_in("python", "python").asks_for_captcha(), "to other accounts it is a stranger");
}

#[test]
fn one_answer_tries_one_password_even_of_many_at_once() {
    let server = server();
    let answers = Answers::of(&server);
    fail(&server, "192.0.2.1");
    let id = captcha::issue(&answers.0, "login");
    let signs = answers.to(&id);
    let statuses: Vec<u16> = thread::scope(|scope| {
        let guess = |number: usize| {
            let (server, id, signs) = (&server, &id, &signs);
            scope.spawn(move || {
                let password = if number == 0 { "roy" } else { "wrong" };
                answer(&mut from(server, "192.0.2.1"), "roy", password, id, signs).status
            })
        };
        (0..20).map(guess).collect::<Vec<_>>().into_iter().map(|guess| guess.join().unwrap()).collect()
    });
    assert_eq!(statuses.iter().filter(|status| **status == 303).count(), 1, "{statuses:?}");
    assert_eq!(statuses.iter().filter(|status| [422, 429].contains(*status)).count(), 19, "or wait: {statuses:?}");
}

#[test]
fn while_there_is_no_attempt_left_the_signs_are_not_looked_at_and_stay() {
    let server = Server::prepare().with_real_limits().with("VESTIBULE_CAPTCHA_AFTER_ATTEMPTS", "5").and_seed();
    let server = server.with("VESTIBULE_ATTEMPTS_LONGEST_WAIT_SECONDS", "3600").and_start();
    let answers = Answers::of(&server);
    for _ in 0..5 {
        server.client().log_in("roy", "wrong");
    }
    let id = captcha::issue(&answers.0, "login");
    let waits = answer(&mut server.client(), "roy", "roy", &id, &answers.to(&id));
    assert!(waits.status == 429 && waits.says("Too many attempts. Wait"), "{}", waits.body);
    assert!(waits.header("retry-after").is_some());
    assert_eq!(waits.hidden("captcha"), id);
    assert!(waits.says(&format!(r#"value="{}""#, answers.to(&id))), "{}", waits.body);
    server.execute(&format!("UPDATE throttles SET next_at = {}", server.time("-1 second")));
    assert_eq!(answer(&mut server.client(), "roy", "roy", &id, &answers.to(&id)).leads_to(), (303, "/"));
}

#[test]
fn wrong_answers_use_up_the_logins_of_a_network() {
    let server = prepared().with("VESTIBULE_NETWORK_LOGINS", "6").with("VESTIBULE_NETWORK_LOGIN_SECONDS", "3600");
    let server = server.and_start();
    let answers = Answers::of(&server);
    fail(&server, "192.0.2.1");
    let mut robot = from(&server, "192.0.2.1");
    let guess = |robot: &mut Client| {
        let id = captcha::issue(&answers.0, "login");
        answer(robot, "roy", "roy", &id, "WRONG1").status
    };
    assert_eq!([(); 4].map(|()| guess(&mut robot)), [422, 422, 422, 429]);
    let id = captcha::issue(&answers.0, "login");
    assert_eq!(answer(&mut robot, "roy", "roy", &id, &answers.to(&id)).status, 429, "a right one, too");
    assert_eq!(robot.log_in("roy", "roy").status, 422, "an empty one is no guess");
    let noted = "SELECT coalesce(target, '') || detail FROM audit_events WHERE event LIKE '%throttled'";
    assert_eq!(wait_for("a row", || server.sql(noted).pop()), "network:192.0.2.1", "not the account");
}
