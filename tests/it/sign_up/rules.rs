//! What someone may sign up with, told by each field.

use serde_json::json;

use crate::support::{GOOD_PASSWORD, Reply, Server, wait_for};

/// The message by a field of the page.
fn message<'a>(page: &'a Reply, field: &str) -> Option<&'a str> {
    let error = page.body.split(&format!("id=\"{field}-error\"")).nth(1)?;
    error.split("<span>").nth(1)?.split("</span>").next()
}

#[test]
fn what_is_wrong_is_told_by_its_field_and_what_was_typed_is_kept() {
    let server = Server::open_to_all();
    let rules = server.client().get("/signup");
    for rule in ["At least 8 characters of any kind", "2 to 32 letters", "Left empty, it is made from your email"] {
        assert!(rules.says(rule), "told before it is broken: {rule}");
    }
    let fine = [("username", "zoe"), ("name", "Zoë"), ("email", "zoe@example.com"), ("password", GOOD_PASSWORD)];
    for (field, typed, words) in [
        ("username", "a b", "A username has 2 to 32 characters"),
        ("username", "root", "This name is kept for the site"),
        ("username", "roy", "This username is taken."),
        ("name", "\u{202e}eoz", "A name has 1 to 60 characters"),
        ("email", "zoe", "Enter an email address like name@example.com."),
        ("email", "zoe.@example.com", "Enter an email address like name@example.com."),
        ("password", "", "Choose a password."),
        ("password", "short", "too short"),
        ("password", "zoezoezoe", "too close to the name"),
        ("password", "password1", "among the most common ones"),
    ] {
        let typed_fields = fine.map(|(name, text)| (name, if name == field { typed } else { text }));
        let page = server.client().sign_up(&typed_fields);
        assert_eq!((page.status, page.all("set-cookie").count()), (422, 0), "{field}: {typed}");
        assert!(message(&page, field).unwrap_or_default().contains(words), "{field}: {typed}: {}", page.body);
        assert!(page.says("<title>Error: "), "{field}: {typed}");
        for (name, text) in typed_fields.iter().filter(|(name, _)| *name != "password") {
            assert!(page.says(&format!(r#"name="{name}""#)) && page.says(&format!(r#"value="{text}""#)), "{field}");
        }
        assert!(!page.body.contains(GOOD_PASSWORD) && !page.body.contains("value=\"short\""), "never the password");
    }
    let page = server.client().sign_up(&[("username", "a b"), ("email", "zoe"), ("password", "short")]);
    assert!(["username", "email", "password"].iter().all(|field| message(&page, field).is_some()), "all at once");
    let page = server.client().sign_up(&[("password", GOOD_PASSWORD)]);
    assert_eq!(message(&page, "username"), Some("Enter a username, or an email address to make one from."));
    assert_eq!(server.sql("SELECT count(*) FROM users"), ["4"], "nobody was added");

    let by_address = [("email", "roy@example.com"), ("password", GOOD_PASSWORD)];
    assert_eq!(server.client().sign_up(&by_address).leads_to(), (303, "/"));
    assert_eq!(server.sql("SELECT username FROM users WHERE email IS NOT NULL"), ["roy2"], "made from the address");
    let again = server.client().sign_up(&by_address);
    assert_eq!(message(&again, "email"), Some("This email address belongs to another account."));
}

#[test]
fn a_network_is_told_of_so_many_names_whether_they_are_taken() {
    let server =
        Server::prepare().and_open().with("VESTIBULE_NETWORK_TAKEN_NAMES_PER_HOUR", "3").and_seed().and_start();
    let mut program = server.client();
    let taken = json!({ "username": "roy", "password": GOOD_PASSWORD });
    assert_eq!(server.client().sign_up_as("free").status, 303, "a name that is free does not count");
    for _ in 0..2 {
        assert_eq!(server.client().sign_up_as("roy").status, 422);
    }
    assert_eq!(program.call("POST", "/api/v1/users", &taken).status, 409, "the same for pages and programs");
    let page = server.client().sign_up_as("admin-of-hearts");
    assert_eq!((page.status, page.header("retry-after").is_some()), (429, true));
    assert!(page.says("Too many attempts.") && page.says(r#"value="admin-of-hearts""#), "{}", page.body);
    assert_eq!(program.call("POST", "/api/v1/users", &taken).status, 429);
    let is_recorded = || server.audit().iter().any(|row| row.starts_with("sign_up.throttled"));
    wait_for("the row in the audit", || is_recorded().then_some(()));
}

#[test]
fn a_network_signs_up_so_many_accounts_on_the_page_too() {
    let server = Server::prepare().and_open().with("VESTIBULE_NETWORK_SIGN_UPS_PER_HOUR", "2").and_start();
    for name in ["zoe", "ben"] {
        assert_eq!(server.client().sign_up_as(name).status, 303);
    }
    assert_eq!(server.client().sign_up_as("cleo").status, 429);
    assert_eq!(server.sql("SELECT count(*) FROM users"), ["2"]);
}

#[test]
fn an_address_can_be_asked_for() {
    let server = Server::prepare().and_open().with("VESTIBULE_REQUIRE_EMAIL", "true").and_start();
    let page = server.client().sign_up_as("zoe");
    assert_eq!((page.status, message(&page, "email")), (422, Some("Enter your email address.")));
    let program = |body| server.client().call("POST", "/api/v1/users", &body);
    let refused = program(json!({ "username": "zoe", "password": GOOD_PASSWORD }));
    assert_eq!((refused.status, &refused.json()["errors"]["email"][0]), (422, &json!("Enter your email address.")));
    let fine = json!({ "username": "zoe", "password": GOOD_PASSWORD, "email": "zoe@example.com" });
    assert_eq!(program(fine).status, 201);
    assert!(!server.client().get("/signup").says("Optional.</p>"), "of the email; the name is optional still");
}

#[test]
fn addresses_can_be_asked_to_be_of_some_domains() {
    let domains = r#"["example.com", "Bücher.example"]"#;
    let server = Server::prepare().and_open().with("VESTIBULE_EMAIL_DOMAINS", domains).and_seed().and_start();
    let endings = "@example.com or @xn--bcher-kva.example";
    assert!(server.client().get("/signup").says(endings), "told before it is broken");
    let sign_up = |name: &str, email: &str| {
        let fields = [("username", name), ("email", email), ("password", GOOD_PASSWORD)];
        server.client().sign_up(&fields)
    };
    for email in ["zoe@evil.example", "zoe@example.com.evil.example", "zoe@sub.example.com", "zoe@notexample.com"] {
        let page = sign_up("zoe", email);
        let words = format!("Use an email address that ends with {endings}.");
        assert_eq!((page.status, message(&page, "email")), (422, Some(words.as_str())), "{email}");
        let body = json!({ "username": "zoe", "password": GOOD_PASSWORD, "email": email });
        let refused = server.client().call("POST", "/api/v1/users", &body);
        assert_eq!((refused.status, &refused.json()["errors"]["email"][0]), (422, &json!(words)), "{email}");
    }
    assert_eq!(message(&sign_up("zoe", ""), "email"), Some("Enter your email address."));
    assert_eq!(sign_up("zoe", "zoe@EXAMPLE.com").status, 303);
    assert_eq!(sign_up("ben", "ben@bücher.example").status, 303);
    let mut admin = server.client().program("admin", "password");
    let body = json!({ "username": "cleo", "password": GOOD_PASSWORD });
    assert_eq!(admin.call("POST", "/api/v1/users", &body).status, 201, "an admin may make any account");
}
