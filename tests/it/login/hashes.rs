//! How passwords are stored, and how old hashes become new ones.

use crate::support::{GOOD_PASSWORD, Server};

fn hash_of(server: &Server, name: &str) -> String {
    server.sql(&format!("SELECT password_hash FROM users WHERE username = '{name}'")).remove(0)
}

#[test]
fn a_hash_of_another_cost_is_replaced_at_the_next_login() {
    for stored in ["5", "6"] {
        let server = Server::prepare().with("VESTIBULE_BCRYPT_COST", stored);
        server.add_user("zoe");
        let old = hash_of(&server, "zoe");
        assert!(old.starts_with(&format!("$bcrypt-sha256$v=2,t=2b,r={stored}$")), "{old}");

        let server = server.with("VESTIBULE_BCRYPT_COST", "5").and_start();
        assert_eq!(server.client().log_in("zoe", "wrong").leads_to(), (303, "/login"));
        assert_eq!(hash_of(&server, "zoe"), old, "a wrong password replaces nothing");
        for _ in 0..2 {
            assert_eq!(server.client().log_in("zoe", GOOD_PASSWORD).leads_to(), (303, "/"));
        }
        let new = hash_of(&server, "zoe");
        assert!(new.starts_with("$bcrypt-sha256$v=2,t=2b,r=5$"), "{new}");
        assert_eq!(new == old, stored == "5", "what is fresh stays as it is");
    }
}

#[test]
fn a_new_hash_does_not_end_the_sessions() {
    let server = Server::prepare().with("VESTIBULE_BCRYPT_COST", "5");
    server.add_user("zoe");
    let mut server = server.and_start();
    let mut browser = server.signed_in("zoe", GOOD_PASSWORD);
    server.kill();
    let server = server.with("VESTIBULE_BCRYPT_COST", "4").and_start();
    let mut other = server.signed_in("zoe", GOOD_PASSWORD);
    assert!(hash_of(&server, "zoe").contains(",r=4$"));
    browser = server.client().with("Cookie", &format!("session={}", browser.jar["session"]));
    assert!(browser.is_signed_in() && other.is_signed_in());
}

#[test]
fn equal_passwords_have_different_hashes() {
    let server = Server::seeded();
    assert_ne!(hash_of(&server, "python"), hash_of(&server, "jumpiness"));
}

#[test]
fn a_broken_hash_is_a_wrong_password_and_no_error() {
    let server = Server::seeded();
    let good = hash_of(&server, "roy");
    let salt_and_digest = good.strip_prefix("$bcrypt-sha256$v=2,t=2b,r=4$").unwrap();
    for broken in [
        "",
        "roy",
        "$2b$04$",
        &good[..good.len() - 1],
        &format!("{good}x"),
        &format!("$bcrypt-sha256$v=2,t=2b,r=99${salt_and_digest}"),
        &format!("$bcrypt-sha256$v=2,t=2b,r=-4${salt_and_digest}"),
        &format!("$bcrypt-sha256$v=1,t=2b,r=4${salt_and_digest}"),
        &salt_and_digest.replace('$', "ü"),
    ] {
        server.execute(&format!("UPDATE users SET password_hash = '{broken}' WHERE username = 'roy'"));
        assert_eq!(server.client().log_in("roy", "roy").leads_to(), (303, "/login"), "{broken}");
        assert_eq!(server.client().log_in("roy", broken).leads_to().0 / 100, if broken.is_empty() { 4 } else { 3 });
    }
    server.execute(&format!("UPDATE users SET password_hash = '{good}' WHERE username = 'roy'"));
    assert_eq!(server.client().log_in("roy", "roy").leads_to(), (303, "/"));
}
