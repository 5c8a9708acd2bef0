//! `vestibule check --mail` sends a message, and says what became of it.

use super::check::{about, check_with, in_order};
use crate::support::MailServer;

#[test]
fn a_message_is_sent_when_an_address_is_given_and_only_then() {
    let mail = MailServer::start();
    let server = in_order().mailing(&mail);
    let (state, says) = about(&server, &[], "mail").remove(0);
    assert!(state == "ok" && says.contains("it goes to smtps://") && says.contains("--mail ADDRESS"), "{says}");
    assert_eq!(mail.taken().len(), 0);
    let (state, says) = about(&server, &["--mail", "zoe@example.com"], "mail").remove(0);
    assert!(state == "ok" && says.contains("took the message"), "{says}");
    assert_eq!(mail.taken().remove(0).to(), ["zoe@example.com"]);

    let wrong = server.with("VESTIBULE_SMTP_URL", "smtps://a:s3cret@localhost:1");
    let (output, findings) = check_with(&wrong, &["--mail", "zoe@example.com"]);
    let (_, state, says) = findings.iter().find(|finding| finding.0 == "mail").unwrap();
    assert!(output.code == 1 && state == "wrong", "{output:?}");
    assert!(says.contains("did not take the message") && says.contains("check the host and port"), "{says}");
    assert!(!output.stdout.contains("s3cret"), "{output:?}");
}

#[test]
fn mail_that_is_off_and_an_address_that_is_none_are_told() {
    let server = in_order();
    let (state, says) = about(&server, &[], "mail").remove(0);
    assert!(state == "note" && says.contains("none is sent"), "{says}");
    let (state, says) = about(&server, &["--mail", "zoe@example.com"], "mail").remove(0);
    assert!(state == "wrong" && says.contains("`mail_transport` is off"), "{says}");
    let refused = server.cli(&["check", "--mail", "nobody"]);
    assert_eq!((refused.code, refused.stdout.as_str()), (2, ""), "{refused:?}");
}
