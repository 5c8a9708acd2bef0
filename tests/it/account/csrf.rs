//! Forms about the account act as a session only with its own token, from a page of ours.

use crate::support::Server;

/// The one after which nothing else can be tried.
const LEAVING: &str = "/account/delete";

/// Every form, with fields that would do something.
const FORMS: &[(&str, &[(&str, &str)])] = &[
    ("/account/sessions/end-others", &[]),
    ("/account/sessions/{another}/end", &[]),
    ("/confirm", &[("password", "roy")]),
    (LEAVING, &[("password", "roy")]),
    ("/account/name", &[("name", "Changed")]),
    ("/account/email", &[("email", "changed@example.com")]),
    // The last one that acts as this session.
    (
        "/account/password",
        &[
            ("current_password", "roy"),
            ("new_password", "correct horse battery"),
            ("repeated_password", "correct horse battery"),
        ],
    ),
];

#[test]
fn a_form_about_the_account_does_nothing_without_the_token_of_its_session_or_from_elsewhere() {
    let server = Server::seeded();
    let mut roy = server.signed_in("roy", "roy");
    let this = server.sql("SELECT id FROM sessions").remove(0);
    let (own, of_another_login) = (roy.csrf(), server.signed_in("roy", "roy").csrf());
    let another = server.sql(&format!("SELECT id FROM sessions WHERE id <> '{this}'")).remove(0);
    let forms: Vec<(String, &[(&str, &str)])> =
        FORMS.iter().map(|(path, fields)| (path.replace("{another}", &another), *fields)).collect();
    let theirs = server.signed_in("python", "python").csrf();
    let unchanged = || {
        let users = server.sql("SELECT display_name || coalesce(email, '') || password_hash FROM users ORDER BY id");
        (users, server.sql("SELECT token_hash FROM sessions ORDER BY id"))
    };
    let before = unchanged();
    for (path, fields) in &forms {
        for token in [None, Some(""), Some("x"), Some(theirs.as_str()), Some(&of_another_login)] {
            let token: Vec<(&str, &str)> = token.map(|token| ("csrf", token)).into_iter().collect();
            assert_eq!(roy.post(path, &[&token, *fields].concat()).status, 403, "{path} {token:?}");
        }
        let right = [&[("csrf", own.as_str())], *fields].concat();
        for (name, value) in [("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Site", "same-site"), ("Origin", "null")] {
            let mut elsewhere = server.client().with(name, value);
            elsewhere.jar = roy.jar.clone();
            assert_eq!(elsewhere.post(path, &right).status, 403, "{path} {name}: {value}");
        }
        let stranger = server.client().browsing().post(path, &right);
        let (status, place) = stranger.leads_to();
        assert!(status == 303 && place.starts_with("/login"), "{path}: a stranger is led to {place}");
    }
    assert_eq!(unchanged(), before, "nothing was done");
    for (path, fields) in forms.iter().filter(|(path, _)| path != LEAVING) {
        let right = [&[("csrf", own.as_str())], *fields].concat();
        assert_eq!(roy.post(path, &right).status, 303, "{path}: with the right one it works");
    }
}
