//! Forms act as a session only with its own token, from a page of ours.

use super::{add, id, server, today};

#[test]
fn a_form_without_the_token_of_its_session_does_nothing() {
    let server = server();
    let (mut roy, mut python, mut admin) =
        (server.signed_in("roy", "roy"), server.signed_in("python", "python"), server.admin());
    add(&mut roy, "Stay", today());
    let path = format!("/todos/{}", id(&server, "Stay"));
    let (own, theirs) = (admin.csrf(), python.csrf());
    let mut other = server.admin();
    let of_another_login = other.csrf();
    assert_ne!(own, of_another_login, "each session has its own");
    assert_eq!(own, admin.csrf(), "as long as it lasts");
    let counts = || -> Vec<(String, String)> {
        // The refusals themselves are recorded.
        let audit = ["audit_events", "refusal_counts"];
        server.row_counts().into_iter().filter(|(table, _)| !audit.contains(&table.as_str())).collect()
    };
    let before = counts();
    let fields = [("title", "Changed"), ("due", "2030-01-01")];
    let paths = ["/todos".to_owned(), path.clone()].map(|path| (path, &fields[..]));
    let buttons = ["delete", "done", "undone"].map(|verb| (format!("{path}/{verb}"), &[][..]));
    for (path, fields) in paths.into_iter().chain(buttons) {
        let longer = format!("{own}x");
        for token in [None, Some(""), Some("x"), Some(theirs.as_str()), Some(&of_another_login), Some(&longer)] {
            let token: Vec<(&str, &str)> = token.map(|token| ("csrf", token)).into_iter().collect();
            let refused = admin.post(&path, &[&token, fields].concat());
            assert_eq!(refused.status, 403, "{path} {token:?}");
            assert!(refused.says("You logged in again elsewhere, so nothing was saved."), "{path}");
        }
        let twice = admin.post(&path, &[&[("csrf", own.as_str()), ("csrf", own.as_str())], fields].concat());
        assert_eq!(twice.status, 403, "{path}");
        let spelled = admin.post(&path, &[&[("CSRF", own.as_str())], fields].concat());
        assert_eq!(spelled.status, 403, "{path}");
    }
    assert_eq!(counts(), before, "nothing was done");
    assert_eq!(admin.post(&format!("{path}/done"), &[("csrf", &own)]).status, 303, "with the right one it works");
}

#[test]
fn the_right_token_does_not_help_another_site_or_a_stranger() {
    let server = server();
    let mut roy = server.signed_in("roy", "roy");
    let token = roy.csrf();
    let fields = [("csrf", token.as_str()), ("title", "Bought from us")];
    let jar = roy.jar.clone();
    for (name, value) in [
        ("Sec-Fetch-Site", "cross-site"),
        ("Sec-Fetch-Site", "same-site"),
        ("Origin", "https://evil.example"),
        ("Origin", "null"),
    ] {
        let mut elsewhere = server.client().with(name, value);
        elsewhere.jar = jar.clone();
        let refused = elsewhere.post("/todos", &fields);
        assert!(refused.status == 403 && refused.says("This came from another site"), "{name}: {value}");
    }
    let by_way_of_login = (303, "/login?next=%2Ftodos%2Fnew");
    assert_eq!(server.client().post("/todos", &fields).leads_to(), by_way_of_login, "a stranger");
    assert_eq!(server.client().json().post("/todos", &fields).status, 401);
    roy.post("/logout", &[]);
    assert_eq!(roy.post("/todos", &fields).leads_to(), by_way_of_login, "after the session's end");
    assert_eq!(server.sql("SELECT count(*) FROM todos"), ["0"]);
    let again = server.signed_in("roy", "roy").post("/todos", &fields);
    assert_eq!(again.status, 403, "another login has another token");
}

#[test]
fn the_login_needs_no_token_whoever_is_signed_in() {
    let server = server();
    let mut roy = server.signed_in("roy", "roy");
    assert_eq!(roy.log_in("python", "python").leads_to(), (303, "/"));
    assert!(!roy.get("/login").body.contains("csrf") && !server.client().get("/login").body.contains("csrf"));
    let given = server.client().post("/login", &[("username", "roy"), ("password", "roy"), ("csrf", "x")]);
    assert_eq!(given.status, 422, "it is no field of the login");
}
