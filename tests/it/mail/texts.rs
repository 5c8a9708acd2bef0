//! Texts of one's own.

use std::fs;

use crate::support::{GOOD_PASSWORD, MailServer, Server};

/// A server whose own text for a new password is this.
fn with_text(mail: &MailServer, text: &str) -> Server {
    let server = Server::prepare().mailing(mail).with("VESTIBULE_TEMPLATES", "mine");
    fs::create_dir_all(server.folder().join("mine/mail")).unwrap();
    fs::write(server.folder().join("mine/mail/password_changed.txt.tera"), text).unwrap();
    server
}

#[test]
fn a_text_of_one_s_own_takes_the_place_of_the_built_in_one() {
    let mail = MailServer::start();
    let text = "Subject: Passwort geändert: {{ username }}\n\nHallo {{ username }} & Co, <b>{{ at }}</b>\n";
    let server = with_text(&mail, text).and_start();
    server.add_with_address("zoe");
    server.set_password("zoe");
    assert_eq!(server.client().log_in("zoe", GOOD_PASSWORD).leads_to(), (303, "/"));
    let taken = mail.wait_for(2);
    assert_eq!(taken[0].subject(), "Passwort geändert: zoe");
    assert!(taken[0].text().starts_with("Hallo zoe & Co, <b>") && taken[0].text().ends_with("UTC</b>"), "{taken:?}");
    assert!(taken[0].raw().is_ascii());
    assert_eq!(taken[1].subject(), "New login to your account", "the others stay as they are");
}

#[test]
fn one_that_can_t_be_used_stops_the_start_and_is_named() {
    let mail = MailServer::start();
    for (text, says) in [("Hello", "the first line has to be"), ("Subject: x\n\n{{ nope }}", "nope")] {
        let said = with_text(&mail, text).refuses_to_start(&["serve"]).stderr;
        assert!(said.contains(says) && said.contains("password_changed.txt.tera"), "{said}");
    }
}
