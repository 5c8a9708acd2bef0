//! What all one-time links have in common: where the token goes, and when a link works no more.

use vestibule::accounts::sweep;

use crate::support::{Client, GOOD_PASSWORD, Reply, Server, in_process};

/// Another good password.
const OTHER_PASSWORD: &str = "another horse battery staple";

fn token_of(link: &str) -> &str {
    link.split_once("token=").expect("a token").1
}

/// One link of each purpose.
fn links(server: &Server) -> [String; 2] {
    [server.reset_link("roy"), server.invite(&[])]
}

/// The page of a link that does not work, of which there is one.
#[track_caller]
fn is_refusal(page: &Reply, about: &str) {
    assert_eq!(page.status, 403, "{about}: {}", page.body);
    assert!(page.says("<h1>This link does not work</h1>") && !page.body.contains("<form"), "{about}: {}", page.body);
}

#[test]
fn opening_a_link_moves_its_token_into_a_cookie_for_one_page() {
    let server = Server::prepare().with("ROCKET_LOG_LEVEL", "debug").and_seed().and_start();
    for (link, name, page) in
        [(server.reset_link("roy"), "reset", "/reset"), (server.invite(&[]), "invitation", "/signup")]
    {
        let token = token_of(&link).to_owned();
        assert_eq!(token.len(), 43, "256 bits");
        let mut browser = server.client().browsing();
        let moved = browser.get(&link);
        assert_eq!(moved.leads_to(), (303, page), "out of the address");
        let cookie = moved.header("set-cookie").expect("one cookie").to_owned();
        for part in [
            format!("{name}="),
            "HttpOnly".into(),
            "SameSite=Lax".into(),
            format!("Path={page}"),
            "Max-Age=3600".into(),
        ] {
            assert!(cookie.contains(&part), "{part}: {cookie}");
        }
        let shown = browser.get(page);
        assert_eq!(shown.status, 200, "{}", shown.body);
        let everything = moved.body + &cookie + &shown.body + &server.stderr();
        assert!(!everything.contains(&token), "the cookie is encrypted, and no page and no log has it");
        let rows = server.sql("SELECT token_hash FROM one_time_links").join(" ")
            + &server.sql("SELECT coalesce(detail, '') FROM audit_events").join(" ");
        assert!(!rows.contains(&token), "{rows}");
    }
}

#[test]
fn over_https_the_cookie_is_secure_by_its_name() {
    let server = Server::prepare().public("https://login.example.com").and_seed().and_start();
    let made = server.cli(&["user", "reset-link", "roy"]).stdout;
    let link = made.trim().strip_prefix("https://login.example.com").expect("the address that people type");
    let moved = server.client().with("Host", "login.example.com").get(link);
    let cookie = moved.header("set-cookie").expect("one cookie");
    assert!(cookie.starts_with("__Secure-reset=") && cookie.contains("; Secure"), "{cookie}");
}

#[test]
fn a_program_that_opens_every_link_changes_nothing() {
    let server = Server::seeded();
    let links = links(&server);
    let state = || (server.row_counts(), server.sql("SELECT token_hash || expires_at FROM one_time_links"));
    let before = state();
    for link in &links {
        for _ in 0..3 {
            assert_eq!(server.client().get(link).status, 303);
            assert_eq!(server.client().bare("HEAD", link).status, 303);
            assert_eq!(server.client().without_accept().get(link).status, 303);
        }
    }
    assert_eq!(state(), before);
    assert_eq!(server.opened(&links[0]).reset_to(OTHER_PASSWORD).leads_to(), (303, "/login"), "and they work still");
}

#[test]
fn a_link_that_does_not_work_gets_one_page_whatever_is_wrong_with_it() {
    let server = Server::seeded();
    let [reset, invitation] = links(&server);
    let (reset_token, invitation_token) = (token_of(&reset), token_of(&invitation));
    let foreign = Server::seeded().reset_link("roy");
    let shortened = &reset[..reset.len() - 1];
    let flipped = |link: &str| {
        let last = if link.ends_with('A') { "E" } else { "A" };
        format!("{}{last}", &link[..link.len() - 1])
    };
    let pages: Vec<Reply> = [
        foreign.as_str(),
        shortened,
        &flipped(&reset),
        &flipped(&invitation),
        &format!("{reset}A"),
        &format!("/invite?token={reset_token}"),
        &format!("/reset?token={invitation_token}"),
        "/reset",
        "/reset?token=",
        "/reset?token=%00",
        "/invite",
        "/invite?token=x",
    ]
    .iter()
    .map(|link| {
        let page = server.client().get(link);
        is_refusal(&page, link);
        assert_eq!(page.all("set-cookie").count(), 0, "{link}");
        page
    })
    .collect();
    assert!(pages.iter().all(|page| page.body == pages[0].body), "nobody learns what is wrong");
    is_refusal(&server.client().reset_to(OTHER_PASSWORD), "a form without a link");
    assert_eq!(server.opened(&reset).get("/reset").status, 200, "the link itself works");
}

/// What makes the link of an account worthless, with nobody's help but an operator's.
type Way = (&'static str, fn(&Server));

#[test]
fn a_link_for_a_password_is_worthless_after_a_newer_one_and_after_a_change_of_the_account() {
    let ways: &[Way] = &[
        ("a newer link", |server| drop(server.reset_link("roy"))),
        ("another password", |server| {
            assert_eq!(server.cli(&["user", "set-password", "roy", "--random"]).code, 0);
        }),
        ("another address", |server| {
            assert_eq!(server.cli(&["user", "edit", "roy", "--email", "new@example.com"]).code, 0);
        }),
        ("no address", |server| assert_eq!(server.cli(&["user", "edit", "roy", "--no-email"]).code, 0)),
        ("an address behind our back", |server| {
            server.execute(
                "UPDATE users SET email = 'x@example.com', email_canonical = 'x@example.com' WHERE username = 'roy'",
            );
        }),
        ("a disabled account", |server| assert_eq!(server.cli(&["user", "disable", "roy"]).code, 0)),
        ("an account that was disabled for a while", |server| {
            assert_eq!(server.cli(&["user", "disable", "roy"]).code, 0);
            assert_eq!(server.cli(&["user", "enable", "roy"]).code, 0);
        }),
        ("no account", |server| assert_eq!(server.cli(&["user", "delete", "roy", "--yes"]).code, 0)),
        ("its time", |server| {
            server.execute("UPDATE one_time_links SET expires_at = '2020-01-01 00:00:00'");
        }),
    ];
    for (name, way) in ways {
        let server = Server::seeded();
        assert_eq!(server.cli(&["user", "edit", "roy", "--email", "roy@example.com"]).code, 0);
        let link = server.reset_link("roy");
        let mut browser = server.opened(&link);
        way(&server);
        let before = server.sql("SELECT coalesce(password_hash, '') FROM users ORDER BY id");
        is_refusal(&server.client().get(&link), name);
        is_refusal(&browser.get("/reset"), name);
        is_refusal(&browser.reset_to(OTHER_PASSWORD), name);
        assert_eq!(server.sql("SELECT coalesce(password_hash, '') FROM users ORDER BY id"), before, "{name}");
    }
}

#[test]
fn a_change_of_ones_own_password_or_address_makes_links_worthless() {
    let server = Server::seeded();
    let link = server.reset_link("roy");
    let mut roy = server.client().program("roy", "roy");
    assert_eq!(roy.call("PATCH", "/api/v1/me", &serde_json::json!({ "name": "Roy B." })).status, 200);
    assert_eq!(server.client().get(&link).status, 303, "a name is no matter");
    assert_eq!(roy.call("PATCH", "/api/v1/me", &serde_json::json!({ "email": "roy@example.com" })).status, 200);
    is_refusal(&server.client().get(&link), "another address");
    let link = server.reset_link("roy");
    let body = serde_json::json!({ "current_password": "roy", "new_password": OTHER_PASSWORD });
    assert_eq!(roy.call("PUT", "/api/v1/me/password", &body).status, 200);
    is_refusal(&server.client().get(&link), "another password");
}

#[test]
fn a_link_of_an_admin_works_for_as_long_as_they_are_one() {
    for (loss, comeback) in [
        (&["user", "role", "remove", "boss", "admin"][..], Some(&["user", "role", "add", "boss", "admin"][..])),
        (&["user", "disable", "boss"], Some(&["user", "enable", "boss"])),
        (&["user", "delete", "boss", "--yes"], None),
    ] {
        let server = Server::seeded();
        server.add_user_with("boss", &["--role", "admin"]);
        let mut boss = server.client().program("boss", GOOD_PASSWORD);
        let roy = server.sql("SELECT id FROM users WHERE username = 'roy'").remove(0);
        let links = made_by(&mut boss, &roy);
        let by_an_operator = server.reset_link("python");
        for link in &links {
            assert_eq!(server.client().get(link).status, 303, "{link}");
        }
        let mut browsers: Vec<Client> = links.iter().map(|link| server.opened(link)).collect();
        assert_eq!(server.cli(loss).code, 0);
        for link in &links {
            is_refusal(&server.client().get(link), &loss.join(" "));
        }
        is_refusal(&browsers[0].reset_to(OTHER_PASSWORD), "what was opened before");
        assert_eq!(browsers[1].get("/signup").status, 403);
        if let Some(comeback) = comeback {
            assert_eq!(server.cli(comeback).code, 0);
            for link in &links {
                is_refusal(&server.client().get(link), &comeback.join(" "));
            }
        }
        assert_eq!(server.client().get(&by_an_operator).status, 303);
    }
}

/// Links that an admin makes by the API.
fn made_by(admin: &mut Client, user_id: &str) -> Vec<String> {
    let reset = admin.bare("POST", &format!("/api/v1/users/{user_id}/reset-link"));
    let invitation = admin.call("POST", "/api/v1/invitations", &serde_json::json!({ "roles": ["admin"] }));
    assert_eq!((reset.status, invitation.status), (200, 201), "{} {}", reset.body, invitation.body);
    [reset, invitation].iter().map(|made| crate::support::path_of(made.json()["link"].as_str().unwrap())).collect()
}

#[test]
fn links_and_invitations_are_swept_when_their_time_is_over() {
    let server = Server::seeded();
    links(&server);
    server.execute("UPDATE one_time_links SET expires_at = '2020-01-01 00:00:00'");
    server.execute("UPDATE invitations SET expires_at = '2020-01-01 00:00:00'");
    links(&server);
    let (_, accounts) = in_process::beside(&server);
    let swept = tokio::runtime::Runtime::new().unwrap().block_on(sweep::sweep(&accounts)).expect("it sweeps");
    assert!(swept >= 2, "{swept}");
    assert_eq!(server.sql("SELECT count(*) FROM one_time_links"), ["2"]);
    assert_eq!(server.sql("SELECT count(*) FROM invitations"), ["1"]);
}

#[test]
fn a_link_that_does_not_work_leaves_a_row_in_the_audit_and_nothing_of_the_link() {
    let server = Server::seeded();
    let link = server.reset_link("roy");
    server.reset_link("roy");
    server.client().get(&link);
    server.client().get(&format!("/invite?token={}", token_of(&link)));
    let rows = || server.audit().into_iter().filter(|row| row.starts_with("link")).collect::<Vec<_>>();
    crate::support::wait_for("the rows", || (rows().len() >= 2).then_some(()));
    assert_eq!(rows(), ["link.refused: for a new password", "link.refused: for an invitation"]);
}
