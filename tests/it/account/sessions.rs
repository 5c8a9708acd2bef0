//! Where someone is logged in, as a page and in JSON, and ending that.

use crate::support::{Client, Server};

const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";
const IPHONE: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) \
                      Version/17.4 Mobile/15E148 Safari/604.1";

fn browser(server: &Server, user_agent: &str) -> Client {
    let mut browser = server.client().browsing().with("User-Agent", user_agent);
    assert_eq!(browser.log_in("roy", "roy").leads_to(), (303, "/"));
    browser
}

fn id(server: &Server, user_agent: &str) -> String {
    server.sql(&format!("SELECT id FROM sessions WHERE user_agent LIKE '%{user_agent}%'")).remove(0)
}

#[test]
fn each_session_is_told_in_words_and_this_one_is_marked() {
    let server = Server::seeded();
    let mut firefox = browser(&server, FIREFOX);
    assert!(firefox.get("/account").says("You are logged in here and nowhere else."));
    browser(&server, IPHONE);
    server.client().with("User-Agent", "curl/8.5.0").pair("roy", "roy");
    server.client().with("User-Agent", "Other/1").pair("python", "python");
    assert!(firefox.get("/account").says("You are logged in here and in 2 other browsers or programs."));
    let page = firefox.get("/account/sessions");
    let rows: Vec<&str> = page.body.split("<li class=\"row\">").skip(1).collect();
    assert_eq!(rows.len(), 3, "only one's own: {}", page.body);
    assert!(rows[0].contains("Firefox on Linux") && rows[0].contains("This one") && rows[0].contains("/logout"));
    assert!(rows[1].contains("curl") && rows[1].contains("By token") && !rows[1].contains("This one"));
    assert!(rows[2].contains("Safari on an iPhone") && rows[2].contains("from 127.0.0.1"));
}

#[test]
fn one_is_ended_and_nobody_elses_is() {
    let server = Server::seeded();
    let (mut firefox, mut iphone) = (browser(&server, FIREFOX), browser(&server, IPHONE));
    let mut python = server.client().browsing().with("User-Agent", "Other/1");
    python.log_in("python", "python");
    firefox.act(&format!("/account/sessions/{}/end", id(&server, "Other")), &[]);
    assert!(python.is_signed_in());
    let ended = firefox.act(&format!("/account/sessions/{}/end", id(&server, "iPhone")), &[]);
    assert_eq!(ended.leads_to(), (303, "/account/sessions"));
    assert!(firefox.get("/account/sessions").says("That session was ended."));
    assert!(!iphone.is_signed_in() && firefox.is_signed_in());
    let own = firefox.act(&format!("/account/sessions/{}/end", id(&server, "Firefox")), &[]);
    assert_eq!(own.status, 303);
    assert!(!firefox.is_signed_in());
}

#[test]
fn all_others_are_ended_by_the_page_and_by_the_api() {
    let server = Server::seeded();
    for by_page in [true, false] {
        let (mut one, mut other) = (server.signed_in("roy", "roy"), server.signed_in("roy", "roy"));
        let (mut program, mut python) = (server.client().program("roy", "roy"), server.signed_in("python", "python"));
        if by_page {
            let ended = one.act("/account/sessions/end-others", &[]);
            assert_eq!(ended.leads_to(), (303, "/account/sessions"));
            assert!(one.get("/account/sessions").says("Every other session was ended."));
            assert_eq!(program.get("/api/v1/me").status, 401);
        } else {
            assert_eq!(program.bare("DELETE", "/api/v1/me/sessions").status, 204);
            assert_eq!(program.get("/api/v1/me").status, 200);
        }
        assert_eq!(one.is_signed_in(), by_page);
        assert!(!other.is_signed_in() && python.is_signed_in());
        assert!(server.audit().iter().any(|event| event.ends_with("others of the user")));
    }
}
