//! Settings of mail that can't work stop the start, and what is odd about others is told.

use crate::support::{MailServer, Server};

#[test]
fn what_is_missing_is_named() {
    let mail = MailServer::start();
    let server = || Server::prepare().mailing(&mail);
    let other = |key: &str, value: &str| server().with(key, value);
    let user = format!("smtps://login%40example.com@localhost:{}", mail.port);
    for (server, says) in [
        (server().without("VESTIBULE_MAIL_FROM"), "set `vestibule.mail_from`"),
        (server().without("VESTIBULE_SMTP_URL"), "set `vestibule.smtp_url`"),
        (other("VESTIBULE_MAIL_FROM", "Example"), "`vestibule.mail_from`"),
        (other("VESTIBULE_MAIL_FROM", "a@example.com, b@example.com"), "`vestibule.mail_from`"),
        (other("VESTIBULE_SMTP_URL", "mail.example.com:587"), "`vestibule.smtp_url`"),
        (other("VESTIBULE_SMTP_URL", "smtps://login:p/s3cret@mail.example.com"), "percent-encoding"),
        (other("VESTIBULE_SMTP_URL", &user), "a user without a password"),
        (other("VESTIBULE_SMTP_CA", "nowhere.pem"), "nowhere.pem of `vestibule.smtp_ca` can't be read"),
        (other("VESTIBULE_SMTP_CA", "/etc/hostname"), "of `vestibule.smtp_ca` holds no certificate"),
        (other("VESTIBULE_MAIL_TRANSPORT", "sendmail"), "use off, smtp or log"),
    ] {
        let said = server.refuses_to_start(&["serve"]).stderr;
        assert!(said.contains(says), "{says}: {said}");
        assert!(!said.contains("s3cret"), "{said}");
    }
}

#[test]
fn what_is_odd_is_told_at_the_start() {
    let mail = MailServer::start();
    let said = Server::prepare().mailing(&mail).and_start().stderr();
    assert!(said.contains(&format!("Mail goes to smtps://localhost:{}, from Example <login@example.com>", mail.port)));
    assert!(said.contains("Warning: links in mail lead to this machine"), "{said}");
    assert!(!said.contains("p%2Fw") && !said.contains("p/w"), "{said}");
    let off = Server::prepare().mailing(&mail).with("VESTIBULE_MAIL_TRANSPORT", "off").and_start().stderr();
    assert!(off.contains("Warning: no mail is sent, although `smtp_url` or `mail_from` is set"), "{off}");
    let public = Server::prepare().mailing(&mail).public("https://login.example.com").and_start().stderr();
    assert!(!public.contains("links in mail"), "{public}");
}
