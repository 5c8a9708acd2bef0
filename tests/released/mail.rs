//! It finds a mail server by name and by address, though nothing of the system helps it to.

use crate::root::contained;
use crate::support::{MailServer, Server};

/// What every container is given, and a file by which glibc would ask only modules that are not there.
const ETC: &[(&str, &str)] = &[("nsswitch.conf", "hosts: resolve\n"), ("hosts", "127.0.0.1 localhost\n")];

/// A server whose mail goes there; the certificate of its authority lies in the volume.
fn mailing(mail: &MailServer, etc: &[(&str, &str)]) -> Server {
    let server = contained(Server::on_sqlite().mailing(mail), etc);
    std::fs::copy(mail.ca(), server.folder().join("volume/ca.pem")).expect("a certificate");
    server.with("VESTIBULE_SMTP_CA", "/data/ca.pem")
}

#[test]
fn it_sends_mail_over_tls_to_a_server_by_its_name() {
    let mail = MailServer::start();
    let sent = mailing(&mail, ETC).cli(&["mail", "test", "zoe@example.com"]);
    assert_eq!(sent.code, 0, "{sent:?}");
    assert_eq!(mail.wait_for(1)[0].to(), ["zoe@example.com"]);
}

#[test]
fn it_sends_mail_to_a_server_by_its_address() {
    let mail = MailServer::like("plain", "right", false);
    let url = format!("smtp://127.0.0.1:{}?tls=none", mail.port);
    let sent = mailing(&mail, &[]).with("VESTIBULE_SMTP_URL", &url).cli(&["mail", "test", "zoe@example.com"]);
    assert_eq!(sent.code, 0, "{sent:?}");
    assert_eq!(mail.wait_for(1)[0].to(), ["zoe@example.com"]);
}

#[test]
fn a_name_that_is_nowhere_is_told_of() {
    let mail = MailServer::start();
    let server = mailing(&mail, ETC).with("VESTIBULE_SMTP_URL", "smtps://mail.invalid:465");
    let tried = server.cli(&["mail", "test", "zoe@example.com"]);
    assert!(tried.code == 1 && tried.stderr.contains("failed to lookup address information"), "{tried:?}");
}
