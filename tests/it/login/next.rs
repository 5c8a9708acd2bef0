//! Where a login leads: to the place that the person was going to, if it is here.

use crate::support::Server;

/// Spellings of "somewhere else", and places that make no sense after a login.
const AWAY: &[&str] = &[
    "",
    "//evil.example",
    "///evil.example",
    "////evil.example",
    "/\\evil.example",
    "\\/evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "\t//evil.example",
    "/\r\n/evil.example",
    "/\n/evil.example",
    "\u{1}//evil.example",
    " //evil.example",
    "/.//evil.example",
    "/..//evil.example",
    "/x/..//evil.example",
    "/x/../..//evil.example",
    "/%2e//evil.example",
    "/%2E%2e//evil.example",
    "/x/%2e%2e//evil.example",
    "https://evil.example",
    "HTTPS://evil.example/",
    "https:evil.example",
    "https:/evil.example",
    "http:///evil.example",
    "http:\\\\evil.example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,x",
    "mailto:a@evil.example",
    "evil.example",
    "evil.example/",
    "@evil.example",
    ".evil.example",
    "?x",
    "#x",
    "..",
    "/x\0",
    "/x\r\nSet-Cookie: session=planted",
    "/x\nLocation: https://evil.example",
    "/x\u{85}y",
    "/login",
    "/login/",
    "/login?next=/x",
    "/x/../login",
    "/%2e/login",
    "/logout",
    "/logout/",
    "/logout?x",
    "/./logout",
    "/logout#x",
];

/// Places here, and how they are written in a Location header.
const HERE: &[(&str, &str)] = &[
    ("/todos", "/todos"),
    ("/todos?sort=due&order=asc", "/todos?sort=due&order=asc"),
    ("/a%2Fb", "/a%2Fb"),
    ("/zoë", "/zo%C3%AB"),
    ("/a b?c d", "/a%20b?c%20d"),
    ("/x?next=https://evil.example", "/x?next=https://evil.example"),
    ("/%2F%2Fevil.example", "/%2F%2Fevil.example"),
    ("/%5Cevil.example", "/%5Cevil.example"),
    ("/x:@evil.example", "/x:@evil.example"),
    ("/a/../b", "/b"),
    ("/x#part", "/x#part"),
    ("/x?y#//evil.example", "/x?y#//evil.example"),
    ("/?a", "/?a"),
];

fn query(next: &str) -> String {
    format!("/login?{}", url::form_urlencoded::Serializer::new(String::new()).append_pair("next", next).finish())
}

#[test]
fn the_place_one_was_going_to_survives_a_failed_attempt() {
    let server = Server::seeded();
    let mut browser = server.client().browsing();
    let sent_away = browser.get("/?tab=2&q=a%20b");
    assert_eq!(sent_away.leads_to(), (303, "/login?next=%2F%3Ftab%3D2%26q%3Da%2520b"));
    let form = browser.get(sent_away.header("location").unwrap());
    let hidden = r#"<input type="hidden" name="next" value="&#x2F;?tab=2&amp;q=a%20b">"#;
    assert!(form.body.contains(hidden), "{}", form.body);

    let next = ("next", "/?tab=2&q=a%20b");
    let empty = browser.post("/login", &[("username", ""), ("password", "x"), next]);
    assert_eq!(empty.status, 422);
    assert!(empty.body.contains(hidden), "{}", empty.body);
    let wrong = browser.post("/login", &[("username", "roy"), ("password", "wrong"), next]);
    assert_eq!(wrong.leads_to(), (303, "/login?next=%2F%3Ftab%3D2%26q%3Da%2520b"));
    assert!(browser.get(wrong.header("location").unwrap()).body.contains(hidden));
    let right = browser.post("/login", &[("username", "roy"), ("password", "roy"), next]);
    assert_eq!(right.leads_to(), (303, "/?tab=2&q=a%20b"));
}

#[test]
fn a_login_leads_to_places_here() {
    let server = Server::seeded();
    for (next, location) in HERE {
        let right = server.client().post("/login", &[("username", "roy"), ("password", "roy"), ("next", next)]);
        assert_eq!(right.leads_to(), (303, *location), "{next:?}");
    }
}

#[test]
fn a_login_leads_nowhere_else() {
    let server = Server::seeded();
    for next in AWAY {
        let right = server.client().post("/login", &[("username", "roy"), ("password", "roy"), ("next", next)]);
        assert_eq!(right.leads_to(), (303, "/"), "{next:?}");
        let wrong = server.client().post("/login", &[("username", "roy"), ("password", "x"), ("next", next)]);
        assert_eq!(wrong.leads_to(), (303, "/login"), "{next:?}");
    }
    let long = format!("/{}", "a".repeat(4000));
    let right = server.client().post("/login", &[("username", "roy"), ("password", "roy"), ("next", &long)]);
    assert_eq!(right.leads_to(), (303, "/"));
}

#[test]
fn the_login_page_keeps_no_place_elsewhere() {
    let server = Server::seeded();
    let plain = server.client().get("/login");
    for next in AWAY {
        let page = server.client().get(&query(next));
        assert_eq!((page.status, &page.body), (200, &plain.body), "{next:?}");
    }
    for raw in ["/login?next=%ff", "/login?next", "/login?next=%", "/login?next=%2", "/login?NEXT=/x", "/login?x=1"] {
        let page = server.client().get(raw);
        assert_eq!((page.status, &page.body), (200, &plain.body), "{raw}");
    }
}

#[test]
fn the_login_page_sends_on_whoever_is_signed_in_already() {
    let server = Server::seeded();
    let mut browser = server.signed_in("roy", "roy");
    assert_eq!(browser.get("/login").leads_to(), (303, "/"));
    for (next, location) in HERE {
        assert_eq!(browser.get(&query(next)).leads_to(), (303, *location), "{next:?}");
    }
    for next in AWAY {
        assert_eq!(browser.get(&query(next)).leads_to(), (303, "/"), "{next:?}");
    }
    assert_eq!(browser.get("/login?next=/a&next=//evil.example").leads_to().0, 303);
    assert!(!browser.get("/login?next=/a&next=//evil.example").leads_to().1.contains("evil"));
}
