//! The account's own page, and what it says about its owner.

use crate::support::{GOOD_PASSWORD, Server};

#[test]
fn the_name_in_the_masthead_leads_to_the_account_and_home_to_another_password() {
    let server = Server::seeded();
    server.client().log_in("roy", "wrong");
    let mut roy = server.signed_in("roy", "roy");
    let home = roy.get("/");
    assert!(home.body.contains(r#"<a href="/account" title="Your account">Roy</a>"#), "{}", home.body);
    assert!(home.says(r#"Not you? <a href="/account/password">Change your password</a>"#));
    let account = roy.get("/account");
    for words in ["You log in as roy.", "You are greeted as", "You have given no address.", "Chosen on"] {
        assert!(account.says(words), "{words}: {}", account.body);
    }
}

#[test]
fn people_change_their_name_and_address() {
    let server = Server::seeded();
    let mut roy = server.signed_in("roy", "roy");
    assert_eq!(roy.act("/account/name", &[("name", "  Roy <b>B</b>. ")]).leads_to(), (303, "/account"));
    let account = roy.get("/account");
    assert!(account.says("Your account was saved.") && account.says("Roy &lt;b&gt;B&lt;"), "{}", account.body);
    assert_eq!(roy.act("/account/email", &[("email", "Roy@Example.com")]).leads_to(), (303, "/account"));
    assert!(roy.get("/account").says("You log in as roy or Roy@Example.com."));
    assert_eq!(server.client().log_in("roy@example.com", "roy").status, 303);
    assert_eq!(roy.act("/account/email", &[("email", " ")]).leads_to(), (303, "/account"));
    assert!(roy.get("/account").says("You have given no address."));
    assert_eq!(server.audit().iter().filter(|event| event.starts_with("user.changed")).count(), 3);
}

#[test]
fn what_can_not_be_is_said_beside_the_field_and_kept_there() {
    let server = Server::prepare().with_real_limits().and_seed().and_start();
    server.add_user_with("zoe", &["--email", "zoe@example.com"]);
    let mut roy = server.signed_in("roy", "roy");
    let name = roy.act("/account/name", &[("name", " ")]);
    assert!(name.status == 422 && name.says("A name has 1 to 60 characters"), "{}", name.body);
    let odd = roy.act("/account/email", &[("email", "not an address")]);
    assert!(odd.status == 422 && odd.says("Enter an email address like"), "{}", odd.body);
    assert!(odd.body.contains(r#"value="not an address""#) && odd.body.contains("<title>Error: "));
    let unmailable = roy.act("/account/email", &[("email", "r..oy@example.com")]);
    assert!(unmailable.status == 422 && unmailable.says("Enter an email address like"), "{}", unmailable.body);
    for _ in 0..5 {
        let taken = roy.act("/account/email", &[("email", "Zoe@example.com")]);
        assert!(taken.status == 409 && taken.says("This email address belongs to another account."));
    }
    let throttled = roy.act("/account/email", &[("email", "zoe@example.com")]);
    assert!(throttled.status == 429 && throttled.says("Too many attempts. Wait"), "{}", throttled.body);
    assert_eq!(server.client().log_in("zoe@example.com", GOOD_PASSWORD).status, 303);
}
