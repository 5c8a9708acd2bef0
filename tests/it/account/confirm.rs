//! The password once more, before a sensitive act.

use super::let_logins_age;
use crate::support::Server;

const EMAIL: &str = "/confirm?next=%2Faccount%2Femail";

#[test]
fn an_old_login_is_confirmed_on_the_way_to_a_sensitive_page_and_gets_a_new_token() {
    let server = Server::seeded();
    let mut roy = server.signed_in("roy", "roy");
    assert_eq!(roy.get("/account/email").status, 200, "a login is a proof");
    assert_eq!(roy.get(EMAIL).leads_to(), (303, "/account/email"), "nobody is asked twice");
    let_logins_age(&server);
    assert_eq!(roy.get("/account/email").leads_to(), (303, EMAIL));
    let page = roy.get(EMAIL);
    assert!(page.status == 200 && page.says("You are logged in as <strong>Roy</strong> (roy)."), "{}", page.body);
    let before = roy.jar.clone();
    let confirmed = roy.act("/confirm", &[("password", "roy"), ("next", "/account/email")]);
    assert_eq!(confirmed.leads_to(), (303, "/account/email"));
    assert_eq!(roy.get("/account/email").status, 200);
    let mut copy = server.client().browsing();
    copy.jar = before;
    assert!(!copy.is_signed_in(), "the former token opens nothing");
    assert_eq!(server.sessions(), 1, "it is the same session");
    assert!(server.audit().last().unwrap().starts_with("login.confirmed: "));
}

#[test]
fn a_sensitive_form_waits_for_the_confirmation_and_json_is_told() {
    let server = Server::seeded();
    let mut roy = server.signed_in("roy", "roy");
    let_logins_age(&server);
    assert_eq!(roy.act("/account/email", &[("email", "roy@example.com")]).leads_to(), (303, EMAIL));
    assert_eq!(server.sql("SELECT count(*) FROM users WHERE email = 'roy@example.com'"), ["0"]);
    let mut json = server.client().json();
    json.jar = roy.jar.clone();
    let refused = json.get("/account/email");
    assert_eq!(refused.status, 403);
    assert_eq!(refused.json()["detail"], "Confirm your password at /confirm first, then try again.");
    assert_eq!(roy.get("/account/name").status, 200, "what is not sensitive needs no confirmation");
}

#[test]
fn a_wrong_password_confirms_nothing_and_spends_what_other_confirmations_spend() {
    let server = Server::prepare().with_real_limits().and_seed().and_start();
    let mut roy = server.signed_in("roy", "roy");
    let mut program = server.client().program("roy", "roy");
    let_logins_age(&server);
    let token = roy.csrf();
    let mut guess = |password: &str| roy.post("/confirm", &[("csrf", &token), ("password", password)]);
    let empty = guess("");
    assert!(empty.status == 422 && empty.says("Enter your password."));
    for _ in 0..2 {
        let wrong = guess("wrong");
        assert!(wrong.status == 422 && wrong.says("This is not your password. Try again."));
        assert!(wrong.body.contains("aria-invalid") && !wrong.body.contains("value=\"wrong\""));
    }
    let change = serde_json::json!({ "current_password": "wrong", "new_password": "correct horse battery" });
    while program.call("PUT", "/api/v1/me/password", &change).status == 403 {}
    let throttled = guess("roy");
    assert_eq!(throttled.status, 429, "one budget for all that someone signed in confirms");
    assert!(throttled.header("retry-after").is_some() && throttled.says("Too many attempts. Wait"));
    assert_eq!(roy.get("/account/email").status, 303);
    let failures = server.sql("SELECT count(*) FROM audit_events WHERE event = 'login.failed'");
    assert_eq!(failures, ["5"]);
}

#[test]
fn the_way_on_stays_here() {
    let server = Server::seeded();
    let mut roy = server.signed_in("roy", "roy");
    for (next, place) in [("//evil.example", "/account"), ("/confirm?next=/", "/account"), ("/todos", "/todos")] {
        let_logins_age(&server);
        assert_eq!(roy.act("/confirm", &[("password", "roy"), ("next", next)]).leads_to(), (303, place), "{next}");
        assert_eq!(roy.get(&format!("/confirm?next={next}")).leads_to(), (303, place), "{next}");
    }
}
