//! Without a password the page tells nothing about the name, not even by a captcha.

use super::captcha::{answer, attack, fail, from, server};

#[test]
fn without_a_password_nothing_tells_about_the_name() {
    let server = server();
    attack(&server, "roy");
    let mut attacker = from(&server, "203.0.113.9");
    let page = attacker.log_in("roy", "");
    assert!(page.status == 422 && page.says("Enter your password.") && !page.asks_for_captcha(), "{}", page.body);
    let id = attacker.log_in("roy", "wrong").hidden("captcha");
    let page = answer(&mut attacker, "roy", "", &id, "FHKLMR");
    assert!(page.hidden("captcha") == id && page.says(r#"value="FHKLMR""#), "what was typed stays: {}", page.body);
    fail(&server, "203.0.113.9");
    assert!(from(&server, "203.0.113.9").log_in("roy", "").asks_for_captcha(), "its network still counts");
}
