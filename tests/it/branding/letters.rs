//! What letters say of whose server sends them.

use super::NASTY;
use crate::support::{GOOD_PASSWORD, MailServer, Server, brands};

/// A server whose mail goes there, from an address without a name.
fn mailing(mail: &MailServer) -> Server {
    Server::prepare().mailing(mail).with("VESTIBULE_MAIL_FROM", "login@example.com")
}

#[test]
fn letters_have_the_name_the_help_and_the_links() {
    let mail = MailServer::start();
    let server = mailing(&mail).branded(&brands::fishmongers()).and_start();
    server.add_user_with("zoe", &["--email", "zoe@example.com"]);
    assert_eq!(server.client().log_in("zoe", GOOD_PASSWORD).leads_to(), (303, "/"));
    let letter = mail.wait_for(1).remove(0);
    let (text, name, site) = (letter.text(), brands::fishmongers().name, format!("http://127.0.0.1:{}", server.port));
    assert!(text.contains(&format!("your account at {name} ({site}) with a browser")), "{text}");
    assert!(text.contains(&format!("-- {name}, {site} Call the help desk: 555-0100. Or ask")), "{text}");
    assert!(text.contains(&format!("bring <your> badge. Imprint: {site}/imprint This message")), "{text}");
}

#[test]
fn the_name_stands_before_the_address_unless_there_is_one() {
    let mail = MailServer::start();
    for name in NASTY {
        let sent = mailing(&mail).with("VESTIBULE_SITE_NAME", name).cli(&["mail", "test", "zoe@example.com"]);
        assert_eq!(sent.code, 0, "{name}: {}", sent.stderr);
        let letter = mail.taken().pop().expect("a letter");
        let from = letter.headers("From");
        assert_eq!(from.len(), 1, "{name}: {from:?}");
        let (shown, address) = from[0].rsplit_once(' ').expect("a name and an address");
        assert_eq!(address, "<login@example.com>", "{name}");
        let unquoted = shown.strip_prefix('"').and_then(|shown| shown.strip_suffix('"')).unwrap_or(shown);
        assert_eq!(unquoted.replace("\\\"", "\"").replace("\\\\", "\\"), name, "{from:?}");
        let head = letter.raw().split("\r\n\r\n").next().expect("a head").to_owned();
        assert!(head.is_ascii() && head.lines().all(|line| line.len() <= 78), "{name}: {head}");
        assert!(letter.text().contains(&format!("-- {}, http", name.split_whitespace().collect::<Vec<_>>().join(" "))));
    }
    let server = Server::prepare().mailing(&mail).with("VESTIBULE_SITE_NAME", "Acme");
    assert_eq!(server.cli(&["mail", "test", "zoe@example.com"]).code, 0);
    assert_eq!(mail.taken().pop().expect("a letter").headers("From"), ["Example <login@example.com>"]);
}

#[test]
fn a_terminal_shows_a_name_as_text() {
    for name in NASTY {
        let server = mailing(&MailServer::start()).with("VESTIBULE_SITE_NAME", name);
        let shown = server.with("VESTIBULE_MAIL_TRANSPORT", "log").cli(&["mail", "test", "zoe@example.com"]);
        assert_eq!(shown.code, 0, "{name}: {}", shown.stderr);
        let tricks = |c: char| c.is_control() && !['\r', '\n'].contains(&c) || ('\u{202a}'..='\u{202e}').contains(&c);
        assert!(!shown.stdout.contains(tricks) && !shown.stderr.contains(tricks), "{name}: {shown:?}");
        assert!(shown.stdout.contains("From: "), "{shown:?}");
    }
}
