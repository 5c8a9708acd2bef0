//! Captchas at the sign-up, on the page and by the API.

use std::thread;

use chrono::{Duration, Utc};
use serde_json::{Value, json};
use vestibule::accounts::captcha;
use vestibule::accounts::sweep;

use crate::support::captcha::Answers;
use crate::support::{Client, GOOD_PASSWORD, Reply, Server};

/// A server that always asks, and what knows the answers.
fn always() -> (Server, Answers) {
    knowing(Server::prepare().and_open().with("VESTIBULE_CAPTCHA", "always").and_seed().and_start())
}

fn knowing(server: Server) -> (Server, Answers) {
    let answers = Answers::of(&server);
    (server, answers)
}

fn send(client: &mut Client, opened: &str, name: &str, id: &str, text: &str) -> Reply {
    let fields = [("opened", opened), ("username", name), ("password", GOOD_PASSWORD)];
    client.post("/signup", &[&fields[..], &[("captcha", id), ("captcha_answer", text)]].concat())
}

fn users(server: &Server) -> usize {
    server.sql("SELECT id FROM users").len()
}

#[test]
fn a_captcha_is_shown_spoken_and_answered_on_the_page() {
    let (server, answers) = always();
    let mut browser = server.client().browsing();
    let page = browser.get("/signup");
    let policy = page.header("content-security-policy").unwrap();
    assert!(policy.contains("media-src 'self'") && policy.contains("default-src 'none'"), "{policy}");
    assert!(!browser.get("/login").header("content-security-policy").unwrap().contains("media-src"), "only there");
    let (opened, id) = (page.hidden("opened"), page.hidden("captcha"));
    assert!(page.says(&format!("/captcha/{id}/picture")) && page.says(&format!("/captcha/{id}/sound")));
    for (part, kind, start) in [("picture", "image/png", "PNG\r\n"), ("sound", "audio/x-wav", "RIFF")] {
        let path = format!("/captcha/{id}/{part}");
        let shown = browser.get(&path);
        assert_eq!((shown.status, shown.header("cache-control")), (200, Some("no-store")), "{part}");
        let told = shown.header("content-type").unwrap();
        assert!(told == kind || told == "audio/wav", "{part}: {told}");
        assert!(shown.body.contains(start) && shown.body.len() > 2000, "{part}: {}", shown.body.len());
        assert_eq!(shown.body, browser.get(&path).body, "{part}: many of one tell no more");
        let other = browser.get("/signup").hidden("captcha");
        assert_ne!(shown.body, browser.get(&format!("/captcha/{other}/{part}")).body);
    }
    let signs = answers.to(&id);
    assert!(!page.body.contains(&signs) && !id.contains(&signs));
    let typed = format!(" {} {}", &signs[..3].to_lowercase(), &signs[3..]);
    assert_eq!(send(&mut browser, &opened, "zoe", &id, &typed).leads_to(), (303, "/"));
    assert!(browser.get("/").says("Hello, zoe!"));
}

#[test]
fn a_wrong_old_reused_or_foreign_answer_is_refused() {
    let (server, answers) = always();
    let before = users(&server);
    let mut browser = server.client().browsing();
    let fresh = |browser: &mut Client| {
        let page = browser.get("/signup");
        (page.hidden("opened"), page.hidden("captcha"))
    };
    let refused = |page: &Reply, words: &str, id: &str| {
        assert!(page.status == 422 && page.says(words) && page.says(r#"value="zoe""#), "{words}: {}", page.body);
        assert_ne!(page.hidden("captcha"), id, "it shows new ones");
        assert!(!page.body.contains(GOOD_PASSWORD));
    };
    let (opened, id) = fresh(&mut browser);
    let signs = answers.to(&id);
    let page = send(&mut browser, &opened, "zoe", &id, "WRONG1");
    refused(&page, "These were not the signs.", &id);
    refused(&send(&mut browser, &opened, "zoe", &id, &signs), "The signs were out of date.", &id);

    let (opened, id) = fresh(&mut browser);
    let page = send(&mut browser, &opened, "zoe", &id, "");
    assert!(
        page.status == 422 && page.says("Enter the signs in the picture") && page.body.contains(&id),
        "{}",
        page.body
    );
    let (other_form, _) = fresh(&mut browser);
    let other_form = format!("{other_form}x");
    let of_another_form = captcha::issue(&answers.0, &other_form);
    let of_the_api = captcha::issue(&answers.0, "api");
    let old = captcha::issue_until(&answers.0, &opened, Utc::now() + Duration::seconds(1));
    let signs_of_old = answers.to(&old);
    for foreign in [of_another_form.as_str(), &of_the_api] {
        let signs = answers.to(foreign);
        refused(&send(&mut browser, &opened, "zoe", foreign, &signs), "The signs were out of date.", foreign);
    }
    server.let_a_second_pass();
    refused(&send(&mut browser, &opened, "zoe", &old, &signs_of_old), "The signs were out of date.", &old);
    let forged = format!("{}{}", if id.starts_with('x') { 'y' } else { 'x' }, &id[1..]);
    refused(&send(&mut browser, &opened, "zoe", &forged, "WRONG1"), "The signs were out of date.", &forged);
    for part in ["picture", "sound"] {
        for gone in [&forged, &old] {
            assert_eq!(server.client().get(&format!("/captcha/{gone}/{part}")).status, 404, "{part}");
        }
    }
    assert_eq!(users(&server), before);

    let mut wrong_field = server.client();
    let signs = answers.to(&id);
    let page = send(&mut wrong_field, &opened, "a b", &id, &signs);
    assert!(
        page.body.contains(&id) && page.says(&format!(r#"value="{signs}""#)),
        "a captcha that nobody looked at stays"
    );
    assert_eq!(send(&mut wrong_field, &opened, "zoe", &id, &signs).leads_to(), (303, "/"));
    refused(&send(&mut server.client(), &opened, "zoe", &id, &signs), "The signs were out of date.", &id);
}

#[test]
fn one_captcha_lets_one_pass_even_of_many_at_once() {
    let (server, answers) = always();
    let before = users(&server);
    let page = server.client().get("/signup");
    let (opened, id) = (page.hidden("opened"), page.hidden("captcha"));
    let signs = answers.to(&id);
    thread::scope(|scope| {
        for number in 0..20 {
            let (mut client, opened, id, signs) = (server.client(), &opened, &id, &signs);
            scope.spawn(move || send(&mut client, opened, &format!("zoe{number}"), id, signs));
        }
    });
    assert_eq!(users(&server), before + 1);
}

#[test]
fn a_robot_that_reads_no_picture_signs_nobody_up() {
    let (server, _) = always();
    let before = users(&server);
    let mut robot = server.client();
    for number in 0..200 {
        let page = robot.get("/signup");
        let (opened, id) = (page.hidden("opened"), page.hidden("captcha"));
        let status = send(&mut robot, &opened, &format!("robot{number}"), &id, "FHKLMR").status;
        assert_eq!(status, 422);
    }
    assert_eq!(users(&server), before);
    assert!(server.audit().iter().any(|row| row == "sign_up.refused: without the right answer to a captcha"));
}

#[test]
fn a_program_is_told_where_to_see_and_hear_it() {
    let (server, answers) = always();
    let mut program = server.client();
    let mut wanted = json!({ "username": "zoe", "password": GOOD_PASSWORD });
    let ask = |program: &mut Client, wanted: &Value| -> Value {
        let asked = program.call("POST", "/api/v1/users", wanted);
        assert_eq!((asked.status, asked.header("content-type")), (403, Some("application/problem+json")));
        let problem = asked.json();
        assert_eq!(problem["type"], "urn:vestibule:captcha-required");
        assert_eq!(problem["captcha"]["expires_in"], 300);
        problem["captcha"].clone()
    };
    let captcha = ask(&mut program, &wanted);
    let here = format!("http://127.0.0.1:{}", server.port);
    for part in ["picture", "sound"] {
        let path = captcha[part].as_str().unwrap().strip_prefix(&here).expect("of this server");
        let shown = program.get(path);
        assert_eq!((shown.status, shown.header("cross-origin-resource-policy")), (200, Some("cross-origin")), "{part}");
    }
    wanted["captcha"] = captcha["id"].clone();
    wanted["captcha_answer"] = "WRONG1".into();
    let again = ask(&mut program, &wanted);
    assert_ne!(again["id"], captcha["id"]);
    wanted["captcha_answer"] = answers.to(captcha["id"].as_str().unwrap()).into();
    ask(&mut program, &wanted);
    wanted["captcha"] = again["id"].clone();
    wanted["captcha_answer"] = answers.to(again["id"].as_str().unwrap()).into();
    let page = server.client().get("/signup");
    assert_eq!(
        send(&mut server.client(), &page.hidden("opened"), "zoe", again["id"].as_str().unwrap(), "").status,
        422,
        "one of the API is none of a page"
    );
    assert_eq!(program.call("POST", "/api/v1/users", &wanted).status, 201);
    assert_eq!(program.pair("zoe", GOOD_PASSWORD)["token_type"], "Bearer", "a login by token is never asked");
    let mut admin = server.client().program("admin", "password");
    let provisioned = json!({ "username": "ben", "password": GOOD_PASSWORD });
    assert_eq!(admin.call("POST", "/api/v1/users", &provisioned).status, 201, "nor is an admin");
}

#[test]
fn a_network_that_has_tried_a_few_times_is_asked() {
    let server = Server::prepare()
        .and_open()
        .with("VESTIBULE_CAPTCHA_AFTER_SIGN_UPS", "3")
        .with("VESTIBULE_TRUSTED_PROXIES", r#"["127.0.0.1/32"]"#)
        .and_start();
    let (server, answers) = knowing(server);
    let from = |address: &str| server.client().with("X-Forwarded-For", address);
    let asks = |address: &str| from(address).get("/signup").body.contains("captcha");
    for name in ["zoe", "zoe", "ben"] {
        assert!(!asks("192.0.2.1"));
        assert_ne!(from("192.0.2.1").sign_up_as(name).status, 403, "taken or not, it is a try");
    }
    assert!(asks("192.0.2.1"), "before anyone fills in the form for nothing");
    assert!(!asks("192.0.2.2"), "the neighbour has tried nothing");
    let page = from("192.0.2.1").sign_up_as("cleo");
    assert!(page.status == 422 && page.says("Enter the signs in the picture"), "{}", page.body);
    let (opened, id) = (page.hidden("opened"), page.hidden("captcha"));
    let signs = answers.to(&id);
    assert_eq!(send(&mut from("192.0.2.1"), &opened, "cleo", &id, &signs).leads_to(), (303, "/"));
    assert_eq!(from("192.0.2.2").sign_up_as("dora").leads_to(), (303, "/"));
}

#[test]
fn what_was_answered_is_forgotten_when_it_would_be_over() {
    let (server, answers) = always();
    let page = server.client().get("/signup");
    send(&mut server.client(), &page.hidden("opened"), "zoe", &page.hidden("captcha"), "WRONG1");
    assert_eq!(server.sql("SELECT count(*) FROM spent_captchas"), ["1"]);
    let sweep = || tokio::runtime::Runtime::new().unwrap().block_on(sweep::sweep(&answers.0)).expect("it sweeps");
    sweep();
    assert_eq!(server.sql("SELECT count(*) FROM spent_captchas"), ["1"], "it could still be sent again");
    server.execute("UPDATE spent_captchas SET expires_at = '2020-01-01 00:00:00'");
    sweep();
    assert_eq!(server.sql("SELECT count(*) FROM spent_captchas"), ["0"]);
}
