//! Logging out: by the link, by the button, and never by another site.

use crate::support::wait_for;
use crate::support::{Client, Server};

/// What is left of a session after a request.
fn lives(server: &Server, client: &mut Client) -> bool {
    let row = server.sessions() == 1;
    assert_eq!(client.is_signed_in(), row, "the browser and the row agree");
    row
}

/// A client with the session of a fresh login, and no headers of its own.
fn bare(server: &Server) -> Client {
    server.execute("DELETE FROM sessions");
    let mut client = server.client();
    client.jar = server.signed_in("roy", "roy").jar;
    client
}

#[test]
fn the_link_ends_the_session_and_says_so() {
    let server = Server::seeded();
    let mut browser = server.signed_in("roy", "roy");
    let mut thief = browser.clone();
    let mut elsewhere = server.signed_in("roy", "roy");
    let left = browser.get("/logout");
    assert_eq!(left.leads_to(), (303, "/login"));
    assert!(!browser.jar.contains_key("session"), "the cookie is taken away");
    assert!(browser.get("/login").says("You’re logged out."));
    assert!(!browser.get("/login").says("You’re logged out."), "told once");
    assert!(!thief.is_signed_in(), "a copy of the cookie is worth nothing");
    assert!(elsewhere.is_signed_in(), "the session of another browser goes on");
    assert_eq!(server.sessions(), 1);
    assert_eq!(server.audit().last().unwrap(), "logout");
}

#[test]
fn a_get_that_is_no_click_on_our_own_link_shows_a_button() {
    let server = Server::seeded();
    let mut client = bare(&server);
    let page = ("Accept", "text/html");
    let navigate = ("Sec-Fetch-Mode", "navigate");
    let site = |site| ("Sec-Fetch-Site", site);
    for headers in [
        vec![],
        vec![page],
        vec![page, site("cross-site"), navigate],
        vec![page, site("same-site"), navigate],
        vec![page, site("none"), navigate],
        vec![page, site("SAME-ORIGIN"), navigate],
        vec![page, site("same-origin")],
        vec![page, site("same-origin"), ("Sec-Fetch-Mode", "no-cors")],
        vec![page, site("same-origin"), ("Sec-Fetch-Mode", "cors")],
        vec![page, site("same-origin"), navigate, ("Sec-Purpose", "prefetch")],
        vec![page, site("same-origin"), navigate, ("Sec-Purpose", "prefetch;prerender")],
        vec![page, site("cross-site"), site("same-origin"), navigate],
        vec![page, site("same-origin"), site("cross-site"), navigate],
        vec![page, site("same-origin, same-origin"), navigate],
    ] {
        let asking = headers.iter().fold(client.clone(), |client, (name, value)| client.with(name, value));
        let answer = asking.clone().get("/logout");
        assert_eq!(answer.status, 200, "{headers:?}");
        assert!(answer.body.contains(r#"<form class="form" action="/logout" method="post">"#), "{headers:?}");
        assert!(answer.says("You are logged in as"), "{headers:?}");
        assert!(lives(&server, &mut client), "{headers:?}");
    }
}

#[test]
fn a_program_in_another_page_does_not_log_out_by_get() {
    let server = Server::seeded();
    let mut client = bare(&server);
    for headers in [
        vec![("Sec-Fetch-Site", "cross-site")],
        vec![("Sec-Fetch-Site", "same-site"), ("Sec-Fetch-Mode", "cors")],
        vec![("Sec-Fetch-Site", "none"), ("Sec-Fetch-Mode", "navigate")],
        vec![("Origin", "https://evil.example")],
        vec![("Origin", "null")],
        vec![("Origin", "")],
    ] {
        let mut asking = headers.iter().fold(client.json(), |client, (name, value)| client.with(name, value));
        let answer = asking.get("/logout");
        assert_eq!((answer.status, answer.all("set-cookie").count()), (403, 0), "{headers:?}");
        assert!(lives(&server, &mut client), "{headers:?}");
    }
}

#[test]
fn head_never_logs_out() {
    let server = Server::seeded();
    let mut client = bare(&server);
    for (asking, status) in [(client.browsing(), 200), (client.json(), 403), (client.clone(), 200)] {
        let answer = asking.clone().send("HEAD", "/logout", None, "");
        assert_eq!((answer.status, answer.body.as_str()), (status, ""));
        assert_eq!(answer.all("set-cookie").count(), 0);
        assert!(lives(&server, &mut client));
    }
}

#[test]
fn a_program_that_prefers_json_logs_out_by_get() {
    let server = Server::seeded();
    for accept in ["application/json", "application/json, text/html;q=0.5"] {
        let client = bare(&server);
        let mut thief = client.clone();
        let answer = client.with("Accept", accept).get("/logout");
        assert!(answer.status < 400, "{accept}");
        assert!(!lives(&server, &mut thief), "{accept}");
    }
    let mut client = bare(&server);
    let mut thief = client.clone();
    let ours = format!("http://127.0.0.1:{}", server.port);
    client = client.json().with("Origin", &ours);
    assert!(client.get("/logout").status < 400);
    assert!(!lives(&server, &mut thief), "our own origin is not foreign");
}

#[test]
fn a_program_that_takes_anything_logs_out_by_get_or_is_told_that_it_did_not() {
    let server = Server::seeded();
    let anything = |client: &Client| [client.with("Accept", "*/*"), client.without_accept(), client.json()];
    for mut program in anything(&bare(&server)) {
        let mut client = bare(&server);
        program.jar.clone_from(&client.jar);
        let out = program.get("/logout");
        assert_eq!((out.status, out.body.as_str()), (200, r#"{"message":"You successfully logged out"}"#));
        assert_eq!(out.header("vary"), Some("Accept"));
        assert!(!lives(&server, &mut client));
    }
    let client = bare(&server);
    let mut twin = client.clone();
    twin.jar.insert("%73ession".into(), "x".into());
    let token = server.client().pair("roy", "roy")["access_token"].as_str().unwrap().to_owned();
    let by_token = server.client().bearing(&token);
    let by_old_header = server.client().with("x-access-token", &token);
    for (sends, why) in [
        (&twin, "Send exactly one session cookie"),
        (&by_token, "DELETE /api/v1/tokens/current ends that login"),
        (&by_old_header, "DELETE /api/v1/tokens/current ends that login"),
    ] {
        for mut program in anything(sends) {
            for answer in [program.clone().get("/logout"), program.bare("POST", "/logout")] {
                assert_eq!((answer.status, answer.json().as_object().unwrap().len()), (400, 1), "{why}");
                assert!(answer.json()["message"].as_str().unwrap().contains(why), "{}", answer.body);
            }
        }
    }
    assert_eq!(server.sessions(), 2, "both go on, as both were told");
    let mut both = client.bearing(&token).with("Accept", "*/*");
    assert_eq!(both.get("/logout").status, 200, "the cookie's session is the one that is meant");
    assert_eq!(both.get("/api/v1/me").status, 200);
    both.jar.clone_from(&client.jar);
    assert_eq!(both.get("/logout").status, 400, "the cookie is of a session that has ended, and the token goes on");
}

#[test]
fn an_image_or_a_script_of_a_page_without_sec_fetch_logs_nobody_out() {
    let server = Server::seeded();
    let mut client = bare(&server);
    for accept in [
        "image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8",
        "image/png,image/*;q=0.8,*/*;q=0.5",
        "text/css,*/*;q=0.1",
    ] {
        let answer = client.with("Accept", accept).get("/logout");
        assert_eq!((answer.status, answer.all("set-cookie").count()), (403, 0), "{accept}");
        assert!(lives(&server, &mut client), "{accept}");
    }
    // A script takes anything, as programs do; but a browser says which languages its owner reads.
    let script = client.with("Accept", "*/*").with("Accept-Language", "en-GB,en;q=0.7").get("/logout");
    assert_eq!((script.status, script.all("set-cookie").count()), (403, 0), "{}", script.body);
    assert!(lives(&server, &mut client), "a script");
}

#[test]
fn a_post_from_a_page_of_ours_or_from_curl_logs_out() {
    let server = Server::seeded();
    let port = server.port;
    for headers in [
        vec![],
        vec![("Sec-Fetch-Site", "same-origin".to_owned())],
        vec![("Sec-Fetch-Site", "none".to_owned())],
        vec![("Sec-Fetch-Site", "same-origin".to_owned()), ("Origin", format!("http://127.0.0.1:{port}"))],
        vec![("Origin", format!("http://127.0.0.1:{port}"))],
        vec![("Origin", format!("http://localhost:{port}"))],
        vec![("Origin", format!("http://[::1]:{port}"))],
    ] {
        let mut client = bare(&server);
        let mut thief = client.clone();
        let mut sending = headers.iter().fold(client.clone(), |client, (name, value)| client.with(name, value));
        assert_eq!(sending.post("/logout", &[]).leads_to(), (303, "/login"), "{headers:?}");
        assert!(!lives(&server, &mut thief), "{headers:?}");
        assert_eq!(sending.post("/logout", &[]).leads_to(), (303, "/login"), "twice is fine: {headers:?}");
        client.jar.clear();
        assert_eq!(client.post("/logout", &[]).leads_to(), (303, "/login"), "a stranger's is fine");
    }
}

#[test]
fn a_post_from_another_site_is_refused_and_recorded() {
    let server = Server::seeded();
    let port = server.port;
    let origin = |origin: &str| vec![("Origin", origin.to_owned())];
    let site = |site: &str| vec![("Sec-Fetch-Site", site.to_owned())];
    for headers in [
        site("cross-site"),
        site("same-site"),
        site(""),
        site("Same-Origin"),
        site("same-origin, cross-site"),
        [site("same-origin"), site("same-origin")].concat(),
        [site("cross-site"), origin(&format!("http://127.0.0.1:{port}"))].concat(),
        origin("null"),
        origin(""),
        origin("https://evil.example"),
        origin("http://127.0.0.1"),
        origin("http://127.0.0.1:1"),
        origin(&format!("https://127.0.0.1:{port}")),
        origin(&format!("http://127.0.0.1:{port}/")),
        origin(&format!("http://127.0.0.1:{port}.evil.example")),
        origin(&format!("http://app.localhost:{port}")),
        origin(&format!("http://127.0.0.2:{port}")),
        origin(&format!("HTTP://LOCALHOST:{port}")),
        [origin(&format!("http://127.0.0.1:{port}")), origin("https://evil.example")].concat(),
    ] {
        let mut client = bare(&server);
        server.execute("DELETE FROM audit_events");
        let mut sending = headers.iter().fold(client.clone(), |client, (name, value)| client.with(name, value));
        let refused = sending.post("/logout", &[]);
        assert_eq!(refused.status, 403, "{headers:?}");
        assert!(refused.says("This came from another site, so nothing was done."), "{headers:?}");
        assert_eq!(refused.all("set-cookie").count(), 0, "{headers:?}");
        assert!(lives(&server, &mut client), "{headers:?}");
        let recorded = wait_for("the refusal to be recorded", || Some(server.audit()).filter(|rows| !rows.is_empty()));
        assert_eq!(recorded, ["request.refused: POST /logout from another site"], "{headers:?}");
        let roy = server.sql("SELECT id FROM users WHERE username = 'roy'");
        assert_eq!(server.sql("SELECT actor FROM audit_events"), roy, "{headers:?}");
    }
}

#[test]
fn whoever_is_not_logged_in_gets_the_login_page() {
    let server = Server::seeded();
    assert_eq!(server.client().get("/logout").leads_to(), (303, "/login"));
    assert_eq!(server.client().browsing().get("/logout").leads_to(), (303, "/login"));
    let audit = server.audit();
    assert_eq!(server.client().post("/logout", &[]).leads_to(), (303, "/login"));
    assert_eq!(server.audit(), audit, "nothing happened, so nothing is recorded");
}
