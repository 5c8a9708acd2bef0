//! `/api/v1/users` and `/api/v1/me`: admins manage accounts, people their own.

use serde_json::{Value, json};

use crate::support::Server;

fn id_of(server: &Server, username: &str) -> String {
    server.sql(&format!("SELECT id FROM users WHERE username = '{username}'")).remove(0)
}

#[test]
fn an_admin_changes_an_account() {
    let server = Server::seeded();
    let mut admin = server.client().program("admin", "password");
    let path = format!("/api/v1/users/{}", id_of(&server, "roy"));
    let changed =
        admin.call("PATCH", &path, &json!({ "name": "Roy B.", "email": "roy@example.com", "username": "ROY.B" }));
    assert_eq!(changed.status, 200, "{}", changed.body);
    let roy = admin.get(&path).json();
    assert_eq!(roy, changed.json());
    assert_eq!(
        (&roy["username"], &roy["name"], &roy["email"]),
        (&json!("roy.b"), &json!("Roy B."), &json!("roy@example.com"))
    );
    assert_eq!(roy.as_object().unwrap().len(), 10, "never anything of the password: {roy}");
    assert!(admin.call("PATCH", &path, &json!({ "email": null })).json()["email"].is_null());

    let taken = admin.call("PATCH", &path, &json!({ "username": "admin" }));
    assert_eq!((taken.status, taken.json()["errors"]["username"].is_array()), (409, true));
    let bad =
        admin.call("PATCH", &path, &json!({ "username": "-", "name": "a\u{202e}b", "email": 7, "password": "x" }));
    let errors = bad.json()["errors"].clone();
    let named: Vec<&String> = errors.as_object().unwrap().keys().collect();
    assert_eq!((bad.status, named.len()), (422, 4), "every bad field at once: {errors}");

    let role = format!("{path}/roles/editor");
    assert_eq!(admin.bare("PUT", &role).json()["roles"], json!(["editor"]));
    assert_eq!(admin.bare("DELETE", &role).status, 204);
    assert_eq!(admin.bare("DELETE", &role).status, 404);
    assert_eq!(admin.bare("PUT", &format!("{path}/roles/No%20Role")).status, 422);
    assert_eq!(admin.bare("DELETE", &path).status, 204);
    assert_eq!(admin.get(&path).status, 404);
}

#[test]
fn a_disabled_account_is_out_at_once() {
    let server = Server::seeded();
    let mut admin = server.client().program("admin", "password");
    let mut roy = server.client().program("roy", "roy");
    let path = format!("/api/v1/users/{}", id_of(&server, "roy"));
    assert_eq!(admin.call("PATCH", &path, &json!({ "enabled": false })).status, 200);
    assert_eq!(roy.get("/api/v1/me").status, 401);
    assert_eq!(admin.call("PATCH", &path, &json!({ "enabled": true })).status, 200);
    assert_eq!(server.client().program("roy", "roy").get("/api/v1/me").status, 200);
}

#[test]
fn the_last_admin_stays_even_when_two_go_at_once() {
    let server = Server::seeded();
    let mut admin = server.client().program("admin", "password");
    let path = format!("/api/v1/users/{}", id_of(&server, "admin"));
    assert_eq!(admin.bare("DELETE", &path).status, 409);
    assert_eq!(admin.bare("DELETE", &format!("{path}/roles/admin")).status, 409);
    assert_eq!(admin.call("PATCH", &path, &json!({ "enabled": false, "name": "Gone" })).status, 409);
    assert_eq!(admin.get("/api/v1/me").json()["name"], "Admin", "all of it happens or nothing");

    server.cli(&["user", "role", "add", "roy", "admin"]);
    let roles = [("admin", "password"), ("roy", "roy")].map(|(name, password)| {
        (server.client().program(name, password), format!("/api/v1/users/{}/roles/admin", id_of(&server, name)))
    });
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let both: Vec<_> =
            roles.into_iter().map(|(mut who, path)| scope.spawn(move || who.bare("DELETE", &path).status)).collect();
        both.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert_eq!(statuses.iter().filter(|status| **status == 204).count(), 1, "{statuses:?}");
}

#[test]
fn accounts_are_found_by_part_of_a_name_and_by_role_page_by_page() {
    let server = Server::prepare().and_seed();
    for number in 0..7 {
        let name = format!("person{number}");
        let added = server.cli(&["user", "add", &name, "--name", "ÄRGER 100%_x", "--role", "editor", "--random"]);
        assert_eq!(added.code, 0, "{}", added.stderr);
    }
    let server = server.and_start();
    let mut admin = server.client().program("admin", "password");
    let mut names = |query: &str| -> Vec<String> {
        let (mut found, mut after) = (Vec::new(), String::new());
        loop {
            let page: Value = admin.get(&format!("/api/v1/users?limit=3{query}{after}")).json();
            found.extend(
                page["users"].as_array().unwrap().iter().map(|user| user["username"].as_str().unwrap().to_owned()),
            );
            match page["next"].as_str() {
                Some(next) => after = format!("&after={next}"),
                None => return found,
            }
        }
    };
    assert_eq!(names("").len(), 11);
    assert_eq!(names("&role=editor").len(), 7);
    assert_eq!(names("&query=ERSON3"), ["person3"]);
    assert_eq!(names("&query=%C3%A4rger").len(), 7, "in any case, in any script");
    assert_eq!(names("&query=100%25_").len(), 7);
    assert_eq!(names("&query=1%25x"), Vec::<String>::new(), "a percent sign stands for itself");
    for bad in ["limit=0", "limit=101", "limit=x", "limit=-1"] {
        assert_eq!(admin.get(&format!("/api/v1/users?{bad}")).status, 422, "{bad}");
    }
}

#[test]
fn people_change_their_own_account_and_nothing_more() {
    let server = Server::seeded();
    let mut roy = server.client().program("roy", "roy");
    let changed = roy.call("PATCH", "/api/v1/me", &json!({ "name": "<b>Roy</b>", "email": "Roy@example.com" }));
    assert_eq!((changed.status, &changed.json()["name"]), (200, &json!("<b>Roy</b>")));
    for body in [
        json!({ "roles": ["admin"] }),
        json!({ "enabled": false }),
        json!({ "username": "king" }),
        json!({ "id": "x" }),
    ] {
        assert_eq!(roy.call("PATCH", "/api/v1/me", &body).status, 422, "{body}");
    }
    let taken =
        server.client().program("python", "python").call("PATCH", "/api/v1/me", &json!({ "email": "ROY@EXAMPLE.COM" }));
    assert_eq!(taken.status, 409);
}

#[test]
fn people_see_and_end_their_own_sessions_only() {
    let server = Server::seeded();
    server.client().log_in("roy", "roy");
    let python = server.client().pair("python", "python");
    let mut roy = server.client().program("roy", "roy");
    let listed = roy.get("/api/v1/me/sessions").json();
    let sessions = listed["sessions"].as_array().unwrap();
    assert_eq!(sessions.len(), 2);
    let kinds: Vec<&Value> = sessions.iter().map(|session| &session["kind"]).collect();
    assert_eq!(kinds, [&json!("token"), &json!("browser")], "the newest first");
    let end =
        |roy: &mut crate::support::Client, id: &str| roy.bare("DELETE", &format!("/api/v1/me/sessions/{id}")).status;
    assert_eq!(end(&mut roy, sessions[1]["id"].as_str().unwrap()), 204);
    let foreign =
        server.sql("SELECT s.id FROM sessions s JOIN users u ON u.id = s.user_id WHERE u.username = 'python'");
    assert_eq!(end(&mut roy, &foreign[0]), 404);
    let python = server.client().bearing(python["access_token"].as_str().unwrap()).get("/api/v1/me");
    assert_eq!(python.status, 200);
    assert_eq!(end(&mut roy, sessions[0]["id"].as_str().unwrap()), 204);
    assert_eq!(roy.get("/api/v1/me").status, 401);
}

#[test]
fn signing_up_follows_its_rules() {
    let closed = Server::seeded();
    let wanted = json!({ "username": "zoe", "password": "correct horse battery" });
    assert_eq!(closed.client().call("POST", "/api/v1/users", &wanted).status, 403, "closed unless it is opened");

    let server = Server::prepare()
        .with("VESTIBULE_REGISTRATION", "open")
        .with("VESTIBULE_NETWORK_SIGN_UPS_PER_HOUR", "3")
        .and_seed()
        .and_start();
    let sign_up = |body: Value| server.client().call("POST", "/api/v1/users", &body);
    for (field, body) in [
        ("username", json!({ "password": "correct horse battery" })),
        ("username", json!({ "username": "root", "password": "correct horse battery" })),
        ("username", json!({ "username": "root.", "password": "correct horse battery" })),
        ("username", json!({ "username": "Admin1", "password": "correct horse battery" })),
        ("username", json!({ "username": "no_reply-2", "password": "correct horse battery" })),
        ("username", json!({ "username": "a b", "password": "correct horse battery" })),
        ("password", json!({ "username": "zoe", "password": "short" })),
        ("password", json!({ "username": "zoe", "password": "zoezoezoe" })),
        ("password", json!({ "username": "zoe" })),
        ("email", json!({ "username": "zoe", "password": "correct horse battery", "email": "zoe" })),
        ("roles", json!({ "username": "zoe", "password": "correct horse battery", "roles": ["admin"] })),
    ] {
        let refused = sign_up(body.clone());
        assert_eq!(
            (refused.status, refused.json()["errors"][field].is_array()),
            (422, true),
            "{body}: {}",
            refused.body
        );
    }
    let large = sign_up(json!({ "username": "zoe", "password": "correct horse battery", "data": "x".repeat(17_000) }));
    assert_eq!(large.status, 413);
    let by_email = |address: &str| sign_up(json!({ "email": address, "password": "correct horse battery" }));
    assert_eq!(by_email("roy@one.example").json()["username"], "roy2", "roy is taken");
    assert_eq!(by_email("admin@one.example").json()["username"], "member", "a reserved name is not made either");
    assert_eq!(by_email("post.master.1@one.example").json()["username"], "member2", "nor one that looks like it");
    let too_many = by_email("four@one.example");
    assert_eq!((too_many.status, too_many.header("retry-after").is_some()), (429, true));
}
