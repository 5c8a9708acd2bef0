//! Where to report a weakness (RFC 9116).

use crate::support::Server;

#[test]
fn it_says_whom_to_tell_and_until_when_it_may_be_believed() {
    let server = Server::prepare().with("VESTIBULE_SECURITY_CONTACT", "mailto:security@example.com").and_start();
    let file = server.client().get("/.well-known/security.txt");
    assert_eq!((file.status, file.header("content-type")), (200, Some("text/plain; charset=utf-8")));
    let lines: Vec<&str> = file.body.lines().collect();
    assert_eq!(lines[0], "Contact: mailto:security@example.com");
    let expires = lines[1].strip_prefix("Expires: ").unwrap();
    let expires = chrono::DateTime::parse_from_rfc3339(expires).expect("a time");
    assert!((80..=90).contains(&(expires.to_utc() - chrono::Utc::now()).num_days()), "{expires}");
}

#[test]
fn without_a_contact_there_is_none_and_a_wrong_one_stops_the_start() {
    let server = Server::empty();
    assert_eq!(server.client().get("/.well-known/security.txt").status, 404);
    for wrong in ["security@example.com", "http://example.com", "mailto:nobody", "javascript:alert(1)", ""] {
        let server = Server::prepare().with("VESTIBULE_SECURITY_CONTACT", wrong);
        let refused = server.cli(&["migrate"]);
        assert!(refused.code == 1 && refused.stderr.contains("mailto:security@example.com"), "{wrong}: {refused:?}");
    }
}
