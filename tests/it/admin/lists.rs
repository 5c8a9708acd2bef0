//! The lists of accounts and sessions: what is found, and in pages.

use super::id_of;
use crate::support::{GOOD_PASSWORD, Server};

#[test]
fn accounts_are_found_by_how_they_begin_by_role_and_by_state() {
    let server = Server::seeded();
    server.add_user_with("zoe", &["--name", "Anna Zoe", "--email", "first@example.com", "--role", "staff"]);
    server.cli(&["user", "disable", "roy"]);
    let mut admin = server.admin();
    let mut found = |query: &str| {
        let page = admin.get(&format!("/admin/users{query}"));
        assert_eq!(page.status, 200, "{query}");
        ["admin", "jumpiness", "python", "roy", "zoe"]
            .into_iter()
            .filter(|name| page.body.contains(&format!("user-{}\"", id_of(&server, name))))
            .collect::<Vec<_>>()
    };
    assert_eq!(found(""), ["admin", "jumpiness", "python", "roy", "zoe"]);
    for (query, expected) in [
        ("?start=zo", "zoe"),
        ("?start=ANNA", "zoe"),
        ("?start=First@", "zoe"),
        ("?role=staff", "zoe"),
        ("?role=STAFF&start=z&state=enabled", "zoe"),
        ("?state=disabled", "roy"),
        ("?start=py&state=whatever", "python"),
    ] {
        assert_eq!(found(query), [expected], "{query}");
    }
    for nobody in
        ["?start=oe", "?start=%25", "?role=nobody", "?role=no%20role!", "?state=waiting", "?start=zoe&state=disabled"]
    {
        assert_eq!(found(nobody), Vec::<&str>::new(), "{nobody}");
    }
    assert_eq!(found("?after=nonsense&start=zo"), ["zoe"]);
}

#[test]
fn many_accounts_come_in_pages_and_each_once() {
    let server = Server::seeded();
    let insert = |number: usize| format!("('many-{number}', 'many{number:03}', 'Many', 'many', '2026-01-01 00:00:00')");
    let rows: Vec<String> = (0..120).map(insert).collect();
    server.execute(&format!(
        "INSERT INTO users (id, username, display_name, display_name_folded, created_at) VALUES {}",
        rows.join(",")
    ));
    let mut admin = server.admin();
    let (mut path, mut names) = ("/admin/users?start=many".to_owned(), Vec::new());
    let mut pages = 0;
    loop {
        let page = admin.get(&path);
        names.extend(
            page.body
                .split("<span class=\"table-more\">")
                .skip(1)
                .map(|rest| rest.split('<').next().unwrap().to_owned()),
        );
        pages += 1;
        let Some(next) = page.body.split("pages-next\" href=\"").nth(1) else { break };
        path = next.split('"').next().unwrap().replace("&amp;", "&").replace("&#x2F;", "/");
        assert!(pages < 9, "{path}");
    }
    let expected: Vec<String> = (0..120).map(|number| format!("many{number:03}")).collect();
    assert_eq!((pages, names), (3, expected));
}

#[test]
fn sessions_tell_who_where_and_by_what() {
    let server = Server::seeded();
    server.client().with("User-Agent", "curl/8.5.0").pair("roy", "roy");
    server.add_user("zoe");
    server.signed_in("zoe", GOOD_PASSWORD);
    let mut admin = server.admin();
    let all = admin.get("/admin/sessions");
    for text in ["roy", "zoe", "admin", "curl", "By token", "This one", "127.0.0.1"] {
        assert!(all.says(text), "{text}: {}", all.body);
    }
    let of_roy = admin.get("/admin/sessions?whose=ROY");
    assert!(of_roy.says("curl") && !of_roy.says(">zoe<"), "{}", of_roy.body);
    let id = id_of(&server, "roy");
    assert!(admin.get(&format!("/admin/sessions?whose={id}")).says("curl"));
    assert!(admin.get("/admin/sessions?whose=python").says("Nobody is logged in with this account."));
    assert!(admin.get("/admin/sessions?whose=nobody").says("No such account"));
    let last = server.sql("SELECT min(id) FROM sessions").remove(0);
    assert!(admin.get(&format!("/admin/sessions?after={last}")).says("Nothing further"));
}
