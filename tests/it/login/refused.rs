//! A login that is refused tells nobody why.

use crate::support::{GOOD_PASSWORD, Reply, Server};

/// What a stranger sees of a refused login: the answer, and the page that it leads to. What has to differ
/// (date, ciphertext, the id of the request, the name itself) is taken out; lengths stay.
fn refusal(server: &Server, name: &str, password: &str) -> String {
    let mut client = server.client();
    let answer = client.log_in(name, password);
    let page = client.get("/login");
    assert_eq!(answer.leads_to(), (303, "/login"), "{name}");
    assert!(page.says("Wrong username/email or password"), "{name}");
    (seen(&answer) + &seen(&page)).replace(name, "<name>")
}

fn seen(reply: &Reply) -> String {
    let headers = reply.headers.iter().map(|(name, value)| match name.as_str() {
        "date" => "date: now".to_owned(),
        "x-request-id" => format!("x-request-id: {} bytes", value.len()),
        "set-cookie" => {
            let (cookie, attributes) = value.split_once("; ").unwrap();
            // Base64 holds by chance more or fewer characters that are escaped.
            let cookie: Vec<u8> = percent_encoding::percent_decode_str(cookie).collect();
            // The end of a cookie is a date too.
            let attributes = attributes.split("; ").filter(|part| !part.starts_with("Expires="));
            format!("set-cookie: {} bytes, {}", cookie.len(), attributes.collect::<Vec<_>>().join("; "))
        }
        _ => format!("{name}: {value}"),
    });
    format!("{}\n{}\n\n{}\n", reply.status, headers.collect::<Vec<_>>().join("\n"), reply.body)
}

#[test]
fn every_refusal_is_the_same_bytes() {
    let server = Server::prepare();
    server.add_user("cheap1");
    let server = server.with("VESTIBULE_BCRYPT_COST", "5");
    for name in ["wrong1", "gone_1", "empty1", "other1"] {
        server.add_user(name);
    }
    server.add_user_with("mailer", &["--email", "post@host.example"]);
    assert_eq!(server.cli(&["user", "disable", "gone_1"]).code, 0);
    server.execute("UPDATE users SET password_hash = NULL WHERE username = 'empty1'");
    server.execute("UPDATE users SET password_hash = 'no hash of ours' WHERE username = 'other1'");
    let server = server.and_start();

    let known = refusal(&server, "wrong1", "not the password");
    for (name, password, what) in [
        ("nobody", "not the password", "an unknown name"),
        ("gone_1", "not the password", "a disabled account"),
        ("gone_1", GOOD_PASSWORD, "a disabled account, with its right password"),
        ("empty1", "not the password", "an account without a password"),
        ("empty1", "NULL", "an account without a password"),
        ("other1", "no hash of ours", "a hash of an unknown format"),
        ("cheap1", "not the password", "a cheaper hash"),
        ("a@b.cd", "not the password", "an unknown address"),
        ("a@b@c.", "not the password", "no address at all"),
        ("wrong1", "a\0b", "a password with NUL"),
    ] {
        assert_eq!(refusal(&server, name, password), known, "{what}");
    }
    let address = refusal(&server, "post@host.example", "not the password");
    assert_eq!(address, refusal(&server, "nobo@host.example", "not the password"), "a known address");
    assert_eq!(server.sessions(), 0);
}

#[test]
fn the_answer_does_not_depend_on_the_account_when_json_is_wanted_either() {
    let server = Server::seeded();
    let answer = |name: &str| {
        let reply = server.client().json().log_in(name, "not the password");
        seen(&reply).replace(name, "<name>")
    };
    assert_eq!(answer("jumpiness"), answer("jumpinoss"));
}

#[test]
fn a_disabled_account_logs_in_again_once_it_is_enabled() {
    let server = Server::seeded();
    assert_eq!(server.cli(&["user", "disable", "roy"]).code, 0);
    assert_eq!(server.client().log_in("roy", "roy").leads_to(), (303, "/login"));
    assert_eq!(server.cli(&["user", "enable", "roy"]).code, 0);
    assert_eq!(server.client().log_in("roy", "roy").leads_to(), (303, "/"));
}

#[test]
fn a_flash_message_is_told_once_and_cannot_be_forged() {
    let server = Server::seeded();
    let mut browser = server.client().browsing();
    browser.log_in("roy", "wrong");
    assert!(browser.get("/login").says("<title>Error: Log in · Vestibule</title>"));
    let again = browser.get("/login");
    assert!(!again.says("Wrong username/email or password") && !again.body.contains(r#"value="roy""#));
    let plain = server.client().get("/login").body;
    for forged in [
        r#"flash={"code":"logged_out"}"#,
        "flash=%7B%22code%22%3A%22logged_out%22%7D",
        "_flash=7:successVisit evil.example",
        "flash=successVisit",
    ] {
        let page = server.client().with("Cookie", forged).get("/login");
        assert_eq!((page.status, page.body), (200, plain.clone()), "{forged}");
    }
}
