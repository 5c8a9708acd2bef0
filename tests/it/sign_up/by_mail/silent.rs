//! No stranger learns whether an account has an address: not at the sign-up, nor by what follows.

use serde_json::json;

use super::{CONFIRM, LOOK, TAKEN, all_sent, by_api, by_page, count, open, with_ann};
use crate::support::{Client, GOOD_PASSWORD, MailServer, Reply, Server};

/// An answer byte for byte, but for the moment, the values of cookies, which are encrypted, and what was typed.
fn told(reply: &Reply, email: &str) -> String {
    let headers = reply.headers.iter().filter(|(name, _)| !["date", "x-request-id"].contains(&&*name.to_lowercase()));
    let headers = headers.map(|(name, value)| match value.split_once('=') {
        Some((cookie, rest)) if name.eq_ignore_ascii_case("set-cookie") => {
            let attributes = rest.split("; ").skip(1).filter(|attribute| !attribute.starts_with("Expires="));
            format!("{name}: {cookie} {:?}", attributes.collect::<Vec<_>>())
        }
        _ => format!("{name}: {value}"),
    });
    let headers: Vec<String> = headers.collect();
    // The mark of when a page was opened, and the id of its captcha.
    let body = reply.body.split("value=\"").map(|part| part.split_once('"').map_or(part, |(_, rest)| rest));
    format!("{} {headers:#?} {}", reply.status, body.collect::<String>().replace(email, "ADDRESS"))
}

/// A login, by each door.
fn logins(server: &Server, name: &str, password: &str) -> Vec<Reply> {
    let mut browser = server.client().browsing();
    let page = browser.log_in(name, password);
    let shown = browser.get("/login");
    let body = json!({ "username": name, "password": password });
    let json = server.client().json().call("POST", "/login", &body);
    let token = server.client().call("POST", "/api/v1/tokens", &json!({ "login": name, "password": password }));
    vec![page, shown, json, token]
}

#[test]
fn everything_is_alike_whether_the_address_is_free_or_taken_by_words_headers_and_rows() {
    let mail = MailServer::start();
    let mut seen = Vec::new();
    for email in ["new@example.com", "ann@example.com"] {
        let server = with_ann(&mail);
        let (mut first, mut second) = (server.client().browsing(), server.client().browsing());
        let replies = vec![
            by_page(&mut first, "zoe", email),
            first.get("/signup/sent"),
            by_page(&mut second, "zoe", email),
            second.get("/signup/sent"),
            by_api(&server, "zoe", email),
            by_api(&server, "ben", email),
            // Without a username one is made from the address.
            server.client().call("POST", "/api/v1/users", &json!({ "email": email, "password": GOOD_PASSWORD })),
        ];
        assert_eq!((replies[0].leads_to(), replies[4].status), ((303, "/signup/sent"), 202), "{email}");
        let by_name = logins(&server, "zoe", GOOD_PASSWORD);
        assert!(by_name[1].says(LOOK), "{email}: {}", by_name[1].body);
        assert_eq!([by_name[0].status, by_name[2].status, by_name[3].status], [303, 403, 403], "{email}");
        let others = [("zoe", "a wrong password"), (email, GOOD_PASSWORD), (email, "a wrong password")];
        let others = others.map(|(name, password)| logins(&server, name, password));
        // Names that nobody has, as long as these, since a page tells the name that was typed.
        for (replies, nobody) in others.iter().zip(["nob", "nob@example.com", "nob@example.com"]) {
            for (reply, ordinary) in replies.iter().zip(logins(&server, nobody, "a wrong password")) {
                assert_eq!(
                    told(reply, email),
                    told(&ordinary, email),
                    "{email}: that of {nobody} is the ordinary refusal"
                );
            }
        }
        let all = replies.into_iter().chain(by_name).chain(others.into_iter().flatten());
        let all: Vec<String> = all.map(|reply| told(&reply, email)).collect();
        all_sent(&server);
        let of = "SELECT username || ' ' || length(password_hash) FROM sign_ups ORDER BY id";
        let of = server.sql(of).into_iter().filter(|row| !row.starts_with("new") && !row.starts_with("ann"));
        let waits: Vec<String> = of.collect();
        let links = server.sql("SELECT purpose FROM one_time_links");
        let subject = if email.starts_with("ann") { TAKEN } else { CONFIRM };
        seen.push((all, waits, links, count(&mail, email, subject)));
        assert_eq!(server.names(), ["ann"]);
    }
    assert_eq!(seen[0], seen[1]);
}

#[test]
fn the_owner_of_a_taken_address_is_told_where_they_are_mailed_and_nobody_has_a_link() {
    let mail = MailServer::start();
    let server = open(&mail).and_start();
    server.add_user_with("ann", &["--email", "Ann@Example.com"]);
    server.execute("UPDATE users SET former_name = 'old@example.com'");
    for (number, email) in ["ann@example.com", "ANN@EXAMPLE.COM", "ａｎｎ@example.com"].iter().enumerate() {
        assert_eq!(by_api(&server, &format!("zoe{number}"), email).status, 202, "{email}");
    }
    all_sent(&server);
    // The letter goes to the address that is stored with the account, in whatever spelling it was entered.
    assert_eq!(count(&mail, "Ann@example.com", TAKEN), 3);
    let letter = mail.letter("Ann@example.com", TAKEN);
    let text = letter.text();
    assert!(text.starts_with("Hello ann, on ") && text.contains("its username is ann"), "{text}");
    assert!(text.contains("/forgot") && !text.contains("token=") && !text.contains("zoe"), "{text}");
    assert_eq!(by_api(&server, "zoe3", "old@example.com").status, 202, "what she logged in by before an import");
    all_sent(&server);
    assert_eq!(mail.taken().len(), 4);
    for bad in ["mıke@example.com", "a@example.com,b@example.com", "a@example.com\r\nBcc: b@example.com"] {
        assert_eq!(by_api(&server, "mike", bad).status, 422, "{bad}");
    }
    assert_eq!(server.names(), ["ann"]);
}

#[test]
fn a_taken_username_is_told_and_cost_nothing() {
    let mail = MailServer::start();
    let server = with_ann(&mail);
    let refused = by_api(&server, "ann", "new@example.com");
    assert!(refused.status == 409 && refused.body.contains("This username is taken."), "{}", refused.body);
    let again = by_page(&mut server.client().browsing(), "ann", "new@example.com");
    assert!(again.status == 422 && again.says("This username is taken."), "{}", again.body);
    assert_eq!(server.sql("SELECT count(*) FROM sign_ups"), ["0"]);
    assert_eq!(mail.taken().len(), 0);
}

#[test]
fn an_address_gets_five_letters_in_ten_minutes_and_the_answer_is_the_same_each_time() {
    let mail = MailServer::start();
    let server = with_ann(&mail);
    for email in ["ann@example.com", "new@example.com"] {
        let answers: Vec<String> = (0..8)
            .map(|number| {
                let mut browser: Client = server.client().browsing();
                let sent = told(&by_page(&mut browser, &format!("{}{number}", &email[..3]), email), email);
                sent + &told(&browser.get("/signup/sent"), email)
            })
            .collect();
        assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:#?}");
    }
    all_sent(&server);
    assert_eq!((count(&mail, "ann@example.com", TAKEN), count(&mail, "new@example.com", CONFIRM)), (5, 5));
    let later = server.cli(&["throttle", "list"]).stdout;
    assert!(later.contains("sign-up-to:"), "{later}");
    // They use up nothing of the letters about a new password.
    server.client().browsing().post("/forgot", &[("username", "ann")]);
    mail.letter("ann@example.com", "Choose a new password");
    // An operator lets them have some again.
    assert_eq!(server.cli(&["throttle", "clear", "ann"]).code, 0);
    by_api(&server, "more", "ann@example.com");
    all_sent(&server);
    assert_eq!(count(&mail, "ann@example.com", TAKEN), 6);
}

#[test]
fn wrong_passwords_at_a_sign_up_that_waits_are_throttled_as_at_an_unknown_name() {
    let mail = MailServer::start();
    let server = open(&mail).with_real_limits().and_start();
    by_api(&server, "zoe", "zoe@example.com");
    let guesses = |name: &str| {
        let guess = |_| server.client().log_in(name, "a wrong password").status;
        (0..6).map(guess).collect::<Vec<u16>>()
    };
    let (waiting, unknown) = (guesses("zoe"), guesses("nobody"));
    assert_eq!(waiting, unknown);
    assert_eq!(waiting.last(), Some(&429), "{waiting:?}");
    // Not even the right one is looked at then.
    assert_eq!(server.client().log_in("zoe", GOOD_PASSWORD).status, 429);
}
