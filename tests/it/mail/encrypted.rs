//! Nothing goes to a server that is not who it should be.

use crate::support::{GOOD_PASSWORD, MailServer, Server, wait_for};

/// Logs somebody in who has an address, so that there is a letter.
fn make_a_letter(server: &Server) {
    server.add_with_address("zoe");
    assert_eq!(server.client().log_in("zoe", GOOD_PASSWORD).leads_to(), (303, "/"));
}

#[test]
fn letters_go_through_starttls_too() {
    let mail = MailServer::like("starttls", "right", true);
    let server = Server::prepare().mailing(&mail).and_start();
    make_a_letter(&server);
    assert_eq!(mail.wait_for(1)[0].to(), ["zoe@example.com"]);
    wait_for("the queue to be empty", || server.queued().is_empty().then_some(()));
}

#[test]
fn a_server_with_a_wrong_certificate_gets_nothing() {
    for encryption in ["tls", "starttls"] {
        let mail = MailServer::like(encryption, "wrong", true);
        let server = Server::prepare().mailing(&mail).and_start();
        make_a_letter(&server);
        let said = wait_for("the warning", || Some(server.stderr()).filter(|said| said.contains("can't be used")));
        assert!(said.contains("invalid peer certificate"), "{said}");
        assert!(said.contains("`smtp_url` has to name the server as its certificate does"), "{said}");
        wait_for("another try", || (mail.connections() > 1 || encryption == "tls").then_some(()));
        assert_eq!((mail.taken().len(), server.queued()), (0, vec!["new_device".to_owned()]), "{encryption}");
    }
}

#[test]
fn a_server_of_an_authority_that_nobody_trusts_gets_nothing() {
    let mail = MailServer::start();
    let server = Server::prepare().mailing(&mail).without("VESTIBULE_SMTP_CA");
    let tried = server.cli(&["mail", "test", "zoe@example.com"]);
    assert_eq!(tried.code, 1);
    assert!(tried.stderr.contains("UnknownIssuer") && tried.stderr.contains("`smtp_ca`"), "{tried:?}");
    assert_eq!(mail.taken().len(), 0);
}

#[test]
fn without_encryption_nothing_is_sent_unless_somebody_insists() {
    let mail = MailServer::like("plain", "right", false);
    let server = Server::prepare().mailing(&mail);
    let encrypted = format!("smtp://localhost:{}", mail.port);
    let tried = server.with("VESTIBULE_SMTP_URL", &encrypted).cli(&["mail", "test", "zoe@example.com"]);
    assert_eq!(tried.code, 1);
    assert!(tried.stderr.contains("does not offer STARTTLS") && tried.stderr.contains("tls=none"), "{tried:?}");
    assert_eq!(mail.taken().len(), 0);

    let server = Server::prepare().mailing(&mail).and_start();
    make_a_letter(&server);
    assert_eq!(mail.wait_for(1)[0].to(), ["zoe@example.com"], "on this machine");
    let far = Server::prepare().mailing(&mail).with("VESTIBULE_SMTP_URL", "smtp://mail.example.com?tls=none");
    let said = far.refuses_to_start(&["serve"]).stderr;
    assert!(said.contains("in the clear") && said.contains("allow_insecure_smtp"), "{said}");
    assert_eq!(far.with("VESTIBULE_ALLOW_INSECURE_SMTP", "true").cli(&["migrate"]).code, 0);
}
