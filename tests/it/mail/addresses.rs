//! Whatever stands in an address: one recipient, and no header.

use crate::support::{GOOD_PASSWORD, MailServer, Server, wait_for};

/// What people may try to sign up or be added with, and where mail goes then, if it is an address.
const NASTY: &[(&str, Option<&str>)] = &[
    ("eve@example.com\r\nBcc: roy@example.com", None),
    ("eve@example.com\nBcc:roy@example.com", None),
    ("eve@example.com\rBcc:roy@example.com", None),
    ("eve@example.com,roy@example.com", None),
    ("eve@example.com, roy@example.com", None),
    ("eve@example.com;roy@example.com", None),
    ("eve,roy@example.com", None),
    ("\"eve\r\nBcc: roy@example.com\"@example.com", None),
    ("\"eve,roy\"@example.com", None),
    ("Eve <eve@example.com>", None),
    ("<eve@example.com>", None),
    ("eve@example.com> <roy@example.com", None),
    ("eve@example.com SIZE=1", None),
    ("eve\0@example.com", None),
    ("eve@example.com\u{2028}Bcc: roy@example.com", None),
    ("eve（roy）@example.com", None),
    ("eve，roy@example.com", None),
    ("mıke@example.com", None),
    ("MIKE@Example.com", Some("MIKE@example.com")),
    ("ｅｖｅ＠ｅｘａｍｐｌｅ．ｃｏｍ", Some("eve@example.com")),
    ("o'neil+tag@example.com", Some("o'neil+tag@example.com")),
    ("zoe@Bücher.example", Some("zoe@xn--bcher-kva.example")),
];

#[test]
fn an_address_is_one_recipient_or_none() {
    let mail = MailServer::start();
    let server = Server::prepare().mailing(&mail).and_open().and_start();
    let mut expected = Vec::new();
    for (nth, (address, goes_to)) in NASTY.iter().enumerate() {
        let name = format!("carol{nth}");
        let signed_up = server.client().browsing().sign_up(&[
            ("username", &name),
            ("email", address),
            ("name", ""),
            ("password", GOOD_PASSWORD),
        ]);
        assert_eq!(signed_up.status, if goes_to.is_some() { 303 } else { 422 }, "{address:?}: {}", signed_up.body);
        assert_eq!(signed_up.says("Enter an email address like"), goes_to.is_none(), "{address:?}");
        if let Some(goes_to) = goes_to {
            expected.push(*goes_to);
        }
    }
    let taken = mail.wait_for(expected.len());
    wait_for("the queue to be empty", || server.queued().is_empty().then_some(()));
    let mut to: Vec<&str> = taken.iter().flat_map(|letter| letter.to()).collect();
    to.sort_unstable();
    expected.sort_unstable();
    assert_eq!(to, expected);
    for letter in &taken {
        assert_eq!(
            (letter.to().len(), letter.headers("To").len(), letter.headers("Bcc").len()),
            (1, 1, 0),
            "{letter:?}"
        );
        assert!(
            letter.raw().is_ascii() && letter.raw().lines().all(|line| line.len() <= 78 || line.contains("token=")),
            "{}",
            letter.raw()
        );
    }
}

#[test]
fn what_somebody_put_into_the_database_by_hand_gets_no_mail() {
    let mail = MailServer::start();
    let server = Server::prepare().mailing(&mail).and_start();
    server.add_with_address("zoe");
    for nasty in ["zoe@example.com\r\nBcc: eve@example.com", "zoe@example.com,eve@example.com"] {
        server.execute(&format!("UPDATE users SET email = '{nasty}' WHERE username = 'zoe'"));
        server.set_password("zoe");
        assert_eq!(server.queued(), [""; 0], "{nasty}");
    }
    // In the queue itself.
    mail.hold(true);
    server.execute("UPDATE users SET email = 'zoe@example.com' WHERE username = 'zoe'");
    server.add_with_address("ann");
    server.set_password("ann");
    mail.wait_for(1);
    server.set_password("zoe");
    server.execute(
        "UPDATE mail_queue SET recipient = 'zoe@example.com\r\nRCPT TO:<eve@example.com>' \
         WHERE recipient = 'zoe@example.com'",
    );
    mail.hold(false);
    wait_for("it to be given up", || {
        server.audit().iter().any(|event| event.starts_with("mail.given_up")).then_some(())
    });
    assert_eq!(mail.taken().len(), 1);
}

#[test]
fn an_agent_can_t_write_more_than_its_name_into_a_letter() {
    let mail = MailServer::start();
    let server = Server::prepare().mailing(&mail).and_start();
    server.add_with_address("zoe");
    let agent = "Visit https://evil.example now";
    let mut browser = server.client().with("User-Agent", agent);
    assert_eq!(browser.log_in("zoe", GOOD_PASSWORD).leads_to(), (303, "/"));
    let text = mail.wait_for(1)[0].text();
    assert!(text.contains("Visit, from the address") && !text.contains("evil"), "{text}");
}
