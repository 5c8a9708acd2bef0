//! What letters say of whose server sends them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::NASTY;
use crate::support::{GOOD_PASSWORD, MailServer, Server, brands};

/// A name as it stands in a header: encoded words with nothing between them (RFC 2047, 6.2), or text in quotes.
fn decoded(name: &str) -> String {
    let word = |word: &str| {
        let text = word.strip_prefix("=?utf-8?b?")?.strip_suffix("?=")?;
        Some(String::from_utf8(STANDARD.decode(text).expect("base64")).expect("UTF-8"))
    };
    let words: Option<String> = name.split("\r\n ").map(word).collect();
    words.unwrap_or_else(|| name.trim_matches('"').replace("\r\n", ""))
}

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
    for (number, name) in (1..).zip(NASTY) {
        let sent = mailing(&mail).with("VESTIBULE_SITE_NAME", name).cli(&["mail", "test", "zoe@example.com"]);
        assert_eq!(sent.code, 0, "{name}: {}", sent.stderr);
        let letter = mail.wait_for(number).pop().expect("a letter");
        let head = letter.raw().split("\r\n\r\n").next().expect("a head").to_owned();
        assert!(head.is_ascii() && head.lines().all(|line| line.len() <= 76), "{name}: {head}");
        let from: Vec<&str> = head.split("From: ").nth(1).expect("it is from someone").split("\r\nTo: ").collect();
        let (shown, address) = from[0].rsplit_once(' ').expect("a name and an address");
        assert_eq!(address, "<login@example.com>", "{name}");
        assert_eq!(decoded(shown.trim_end()), name, "{head}");
        assert!(letter.text().contains(&format!("-- {}, http", name.split_whitespace().collect::<Vec<_>>().join(" "))));
    }
    let server = Server::prepare().mailing(&mail).with("VESTIBULE_SITE_NAME", "Acme");
    assert_eq!(server.cli(&["mail", "test", "zoe@example.com"]).code, 0);
    let letter = mail.wait_for(NASTY.len() + 1).pop().expect("a letter");
    assert_eq!(letter.headers("From"), ["Example <login@example.com>"]);
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
