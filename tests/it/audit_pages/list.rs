//! `/admin/audit`: the list and its filters.

use super::{NASTY, happen_nastily, happen_often};
use crate::support::Server;

/// The words of the events on a page, in their order.
fn events(page: &str) -> Vec<String> {
    let rows = page.split("<th scope=\"row\">").skip(1);
    rows.map(|row| row.split("<code>").nth(1).unwrap().split("</code>").next().unwrap().to_owned()).collect()
}

#[test]
fn an_admin_reads_in_names_what_happened() {
    let server = Server::seeded();
    server.client().with("User-Agent", "Browser/1.0").log_in("roy", "wrong");
    server.cli(&["user", "role", "add", "roy", "staff"]);
    let roy = server.sql("SELECT id FROM users WHERE username = 'roy'").remove(0);
    let mut admin = server.admin();
    let page = admin.get("/admin/audit");
    assert_eq!(page.status, 200);
    let seen = events(&page.body);
    assert_eq!(seen[..2], ["login.succeeded", "role.added"], "the latest first");
    assert!(page.says("Role given: staff") && page.says("Command line"), "{}", page.body);
    assert!(page.says(&format!("<a class=\"table-link\" href=\"/admin/users/{roy}\">roy</a>")), "{}", page.body);
    let request = server.sql("SELECT request_id FROM audit_events WHERE event = 'login.failed'").remove(0);
    assert!(page.says(&format!("<code class=\"copied\">{request}</code>")));
    assert!(page.says("127.0.0.1") && page.says("wrong password"));
}

#[test]
fn filters_leave_what_was_asked_for_and_stay_on_every_page() {
    let server = Server::seeded();
    happen_often(&server, 120);
    server.client().log_in("roy", "wrong");
    server.client().log_in("roy", "roy");
    let mut admin = server.admin();
    let mut find = |query: &str| {
        let page = admin.get(&format!("/admin/audit?{query}"));
        assert_eq!(page.status, 200, "{query}: {}", page.body);
        (events(&page.body), page)
    };
    assert_eq!(find("user=roy&event=login").0, ["login.succeeded", "login.failed"]);
    assert_eq!(find("user=ROY&event=login.failed&from=&until=&address=").0, ["login.failed"]);
    assert!(find("user=operator").0.contains(&"user.created".to_owned()));
    assert_eq!(find("until=2026-01-01&address=%20192.0.2.7%20").0.len(), 50);
    assert_eq!(find("from=2025-12-01&until=2025-12-31").0.len(), 0);
    assert!(find("event=nothing.such").1.says("Nothing found"));

    let (mut path, mut seen, mut pages) = ("event=login.failed&address=192.0.2.7".to_owned(), 0, 0);
    loop {
        let (events, page) = find(&path);
        (seen, pages) = (seen + events.len(), pages + 1);
        assert!(page.says("<option value=\"login.failed\" selected>") && page.says("value=\"192.0.2.7\""));
        assert!(page.says("/admin/audit.csv?event=login.failed&amp;address=192.0.2.7\""), "{}", page.body);
        assert_eq!(page.says("First page"), pages > 1);
        let next = page.body.split("pages-next\" href=\"").nth(1).map(|rest| rest.split('"').next().unwrap());
        let Some(next) = next else { break };
        path = next.replace("&amp;", "&").replace("&#x2F;", "/").replace("/admin/audit?", "");
    }
    assert_eq!((seen, pages), (120, 3));
}

#[test]
fn what_can_not_be_looked_for_is_told_beside_its_field() {
    let server = Server::seeded();
    let mut admin = server.admin();
    for (query, message) in [
        ("address=localhost", "This has to be an IP address"),
        ("from=yesterday", "This has to be a day such as 2030-01-31"),
        ("from=2030-01-02&until=2030-01-01", "This has to be after the beginning."),
        ("user=nobody-at-all", "Nobody is known by this name."),
        (&format!("event={}", "x".repeat(65)), "This is longer than the name of any event"),
    ] {
        let page = admin.get(&format!("/admin/audit?{query}"));
        assert_eq!((page.status, page.says(message)), (422, true), "{query}: {}", page.body);
        assert_eq!(page.body.matches("aria-invalid").count(), usize::from(!query.starts_with("event")), "{query}");
        assert!(!page.says("audit.csv"), "{query}");
    }
    for odd in ["after=x", "after=%00", "user=%00", "event=%F0%9F%98%80", "from=0000-00-00", "event=a&event=b"] {
        let page = admin.get(&format!("/admin/audit?{odd}"));
        assert!(page.status < 500, "{odd}: {}", page.status);
    }
}

#[test]
fn nothing_that_was_typed_becomes_markup() {
    let server = Server::seeded();
    happen_nastily(&server);
    let mut admin = server.admin();
    let page = admin.get("/admin/audit?until=2026-01-01");
    assert_eq!(events(&page.body).len(), NASTY.len());
    for markup in ["<script", "<img", "{{ 7", ">49<", "onerror=alert(1)>"] {
        let made = page.body.contains(markup) && !markup.starts_with("{{");
        assert!(!made, "{markup}");
    }
    assert!(page.body.contains("&lt;script&gt;alert(1)&lt;&#x2F;script&gt;"), "{}", page.body);
    assert!(page.body.contains("{{ 7 * 7 }}"), "as text");
    for query in NASTY {
        let field: String = url::form_urlencoded::byte_serialize(query.as_bytes()).collect();
        let page =
            admin.get(&format!("/admin/audit?event={field}&user={field}&address={field}&from={field}&until={field}"));
        assert_eq!(page.status, 422, "{query:?}");
        assert!(!page.body.contains("<script") && !page.body.contains("<img"), "{query:?}");
    }
}

#[test]
fn every_event_has_words() {
    let server = Server::seeded();
    let read = |file: &str| std::fs::read_to_string(format!("{}/src/{file}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let sources = ["accounts/audit/event.rs", "accounts/audit/refusals/kind.rs", "todos/event.rs"].map(read).concat();
    let names = sources.split(" => \"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned());
    let names: Vec<String> = names.filter(|name| !name.contains(' ')).collect();
    assert!(names.len() > 55, "{names:?}");
    for (number, name) in names.iter().enumerate() {
        server.execute(&format!(
            "INSERT INTO audit_events (id, at, event, request_id, detail) \
             VALUES ('00000000-0000-7000-8000-0000000001{number:02}', '2026-01-01 00:00:00', '{name}', 'r', 'name')"
        ));
    }
    let mut admin = server.admin();
    for name in &names {
        let page = admin.get(&format!("/admin/audit?event={name}"));
        assert!(page.says(&format!("<code>{name}</code>")), "{name}: {}", page.body);
        assert!(!page.says(&format!("<th scope=\"row\">{name}<")), "{name} has no words");
    }
}
