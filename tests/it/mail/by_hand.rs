//! `vestibule mail test`: what goes wrong is said, with what to do next.

use crate::support::{MailServer, Server};

fn test(server: &Server, address: &str) -> (i32, String) {
    let output = server.cli(&["mail", "test", address]);
    assert_eq!(output.stdout, "", "{output:?}");
    (output.code, output.stderr)
}

#[test]
fn a_message_is_sent_at_once_without_a_server_or_a_database() {
    for encryption in ["tls", "starttls"] {
        let mail = MailServer::like(encryption, "right", true);
        let server = Server::prepare().mailing(&mail);
        let (code, said) = test(&server, "Zoe@Example.com");
        assert_eq!(code, 0, "{said}");
        assert!(said.contains("took the message from Example <login@example.com> for Zoe@example.com"), "{said}");
        let taken = mail.wait_for(1).remove(0);
        assert_eq!((taken.subject(), taken.to()), ("Test message", vec!["Zoe@example.com"]));
        assert!(!server.folder().join("data").exists());
    }
}

#[test]
fn the_password_may_stand_beside_the_address_or_in_a_file() {
    let mail = MailServer::start();
    let url = format!("smtps://login%40example.com@localhost:{}", mail.port);
    let server = Server::prepare().mailing(&mail).with("VESTIBULE_SMTP_URL", &url);
    let (code, said) = test(&server.with("VESTIBULE_SMTP_PASSWORD", "p/w@1"), "zoe@example.com");
    assert_eq!(code, 0, "{said}");
    let server = Server::prepare().mailing(&mail).without("VESTIBULE_SMTP_URL");
    std::fs::write(server.folder().join("url"), format!("{url}\n")).unwrap();
    std::fs::write(server.folder().join("password"), "p/w@1\n").unwrap();
    let server = server.with("VESTIBULE_SMTP_URL_FILE", "url").with("VESTIBULE_SMTP_PASSWORD_FILE", "password");
    let (code, said) = test(&server, "zoe@example.com");
    assert_eq!((code, mail.taken().len()), (0, 2), "{said}");
}

#[test]
fn each_mistake_has_a_sentence_of_its_own() {
    let mail = MailServer::start();
    let port = mail.port;
    let starttls = MailServer::like("starttls", "right", true);
    let open = MailServer::like("tls", "right", false);
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    for (url, ca, address, says) in [
        (format!("smtps://localhost:{free}"), &mail, "zoe@example.com", ["refused", "check the host and port"]),
        (format!("smtps://a:b@nowhere.invalid:{port}"), &mail, "zoe@example.com", ["", "check the host and port"]),
        (format!("smtps://a:b@localhost:{}", starttls.port), &starttls, "zoe@example.com", ["", "write smtp://"]),
        (
            format!("smtps://a:s3cret@localhost:{port}"),
            &mail,
            "zoe@example.com",
            ["535", "check the user and the password"],
        ),
        (format!("smtps://localhost:{port}"), &mail, "zoe@example.com", ["530", "`mail_from` has to be"]),
        (
            format!("smtps://a:b@localhost:{}", open.port),
            &open,
            "zoe@example.com",
            ["no login by password", "password"],
        ),
        (open.url(), &open, "nobody@example.com", ["550 5.1.1 no such mailbox", "misspelt"]),
        (open.url(), &open, "later@example.com", ["451 4.7.1 come back later", "does not take mail"]),
    ] {
        let server = Server::prepare().mailing(ca).with("VESTIBULE_SMTP_URL", &url);
        let (code, said) = test(&server, address);
        assert_eq!(code, 1, "{url}: {said}");
        assert!(said.starts_with("Error: smtps://") && said.contains("did not take the message: "), "{url}: {said}");
        assert!(says.iter().all(|words| said.contains(words)) && said.contains("\nNext: "), "{url}: {said}");
        assert!(!said.contains("s3cret"), "{said}");
    }
    assert_eq!(mail.taken().len() + open.taken().len() + starttls.taken().len(), 0);
}

#[test]
fn without_a_mail_server_it_says_what_to_set() {
    let (code, said) = test(&Server::prepare(), "zoe@example.com");
    assert!(code == 1 && said.contains("mail is off: set `mail_transport`") && said.contains("docs/mail.md"), "{said}");
    for bad in ["zoe", "a@example.com,b@example.com", "a@example.com\nBcc: b@example.com"] {
        let (code, said) = test(&Server::prepare(), bad);
        assert!(code == 2 && said.contains("Enter an email address like name@example.com."), "{bad}: {said}");
    }
    let shown = Server::prepare().with("VESTIBULE_MAIL_TRANSPORT", "log").cli(&["mail", "test", "zoe@example.com"]);
    assert!(shown.code == 0 && shown.stdout.contains("Subject: Test message"), "{shown:?}");
}
