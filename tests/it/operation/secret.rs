//! `vestibule secret rotate`: another secret key, and who has to log in again because of it.

use std::fs;
use std::path::Path;

use serde_json::json;

use crate::support::{Server, kill_within};

fn key(server: &Server) -> String {
    fs::read_to_string(server.folder().join("data/secret_key")).unwrap()
}

#[test]
fn browsers_have_to_log_in_again_and_programs_go_on_by_their_refresh_tokens() {
    let mut server = Server::seeded();
    let mut browser = server.signed_in("roy", "roy");
    let pair = server.client().pair("python", "python");
    let before = key(&server);
    let running = server.cli(&["secret", "rotate"]);
    assert!(running.code == 1 && running.stderr.contains("a server runs on the data folder data"), "{running:?}");
    assert_eq!(key(&server), before);

    assert_eq!(server.terminate(), 0);
    let rotated = server.cli(&["secret", "rotate"]);
    assert_eq!((rotated.code, rotated.stdout.as_str()), (0, ""), "{rotated:?}");
    for part in ["1 sessions ended", "log in again", "refresh tokens", "links in earlier mail", "Backups from before"] {
        assert!(rotated.stderr.contains(part), "{part}: {rotated:?}");
    }
    assert!(key(&server) != before && key(&server).trim().len() == 88);
    assert!(!server.folder().join("data/secret_key.next").exists());

    server.start(&["serve"]);
    let jar = std::mem::take(&mut browser.jar);
    browser = server.client();
    browser.jar = jar;
    assert!(!browser.is_signed_in());
    assert_eq!(browser.log_in("roy", "roy").leads_to(), (303, "/"));
    let access = pair["access_token"].as_str().unwrap();
    assert_eq!(server.client().bearing(access).get("/api/v1/me").status, 401);
    let refresh = json!({ "refresh_token": pair["refresh_token"] });
    let refreshed = server.client().call("POST", "/api/v1/tokens/refresh", &refresh);
    assert_eq!(refreshed.status, 200, "{refreshed:?}");
    let access = refreshed.json()["access_token"].as_str().unwrap().to_owned();
    assert_eq!(server.client().bearing(&access).get("/api/v1/me").status, 200);
    assert!(server.audit().contains(&"secret.rotated: 1 sessions of browsers".to_owned()));
}

#[test]
fn links_that_letters_held_end_and_so_do_the_letters() {
    let server = Server::prepare().and_seed();
    let link = server.reset_link("roy");
    let mut database = server.connection();
    for purpose in ["recovery", "not_me", "email", "email_undo"] {
        database.execute(&format!(
            "INSERT INTO one_time_links (token_hash, purpose, subject, expires_at)
             SELECT '{purpose}', '{purpose}', id, '2999-01-01 00:00:00' FROM users WHERE username = 'roy'"
        ));
    }
    database.execute(
        "INSERT INTO mail_queue (id, kind, recipient, letter, created_at, give_up_at, tries)
         VALUES ('1', 'new_device', 'roy@example.com', 'sealed', '2030-01-01 00:00:00', '2999-01-01 00:00:00', 0)",
    );
    database
        .execute("INSERT INTO reset_requests (id, request, asked_at) VALUES ('1', 'sealed', '2030-01-01 00:00:00')");
    database.execute(
        "INSERT INTO sign_ups (id, username, display_name, email, password_hash, expires_at)
         VALUES ('1', 'zoe', 'Zoe', 'zoe@example.com', 'hash', '2999-01-01 00:00:00')",
    );
    drop(database);
    assert_eq!(server.cli(&["secret", "rotate"]).code, 0);
    assert_eq!(server.sql("SELECT purpose FROM one_time_links"), ["reset"]);
    let gone = "SELECT id FROM mail_queue UNION ALL SELECT id FROM reset_requests UNION ALL SELECT id FROM sign_ups";
    assert_eq!(server.sql(gone), [""; 0]);
    let server = server.and_start();
    assert_eq!(server.opened(&link).reset_to("a new password for roy").leads_to(), (303, "/login"));
}

#[test]
fn a_key_that_is_configured_is_replaced_where_it_is() {
    let server = Server::prepare().with("VESTIBULE_SECRET_KEY", &("C".repeat(85) + "A==")).and_seed();
    let refused = server.cli(&["secret", "rotate"]);
    assert!(refused.code == 1 && refused.stderr.contains("VESTIBULE_SECRET_KEY_FILE"), "{refused:?}");
    assert!(!server.folder().join("data/secret_key.next").exists());
}

#[test]
fn without_a_database_there_is_nothing_to_rotate() {
    let server = Server::on_sqlite();
    let refused = server.cli(&["secret", "rotate"]);
    assert!(refused.code == 1 && refused.stderr.contains("there is no database"), "{refused:?}");
    assert_eq!(fs::read_dir(server.folder()).unwrap().count(), 0);
}

#[test]
fn a_rotation_that_is_killed_has_happened_or_not() {
    let mut server = Server::on_sqlite().and_seed().and_start();
    let browser = server.signed_in("roy", "roy");
    assert_eq!(server.terminate(), 0);
    let (data, saved) = (server.folder().join("data"), server.folder().join("saved"));
    let copy = |from: &Path, to: &Path| {
        let _ = fs::remove_dir_all(to);
        fs::create_dir(to).unwrap();
        for name in ["vestibule.db", "secret_key"] {
            fs::copy(from.join(name), to.join(name)).unwrap();
        }
    };
    copy(&data, &saved);
    let before = key(&server);
    let started = std::time::Instant::now();
    assert_eq!(server.cli(&["secret", "rotate"]).code, 0);
    let most = started.elapsed().mul_f64(1.2);
    let mut rotated = 0;
    for round in 0..20 {
        copy(&saved, &data);
        kill_within(server.command(&["secret", "rotate"]).spawn().unwrap(), most);
        server.start(&["serve"]);
        let mut client = server.client();
        client.jar = browser.jar.clone();
        let is_former = key(&server) == before;
        rotated += usize::from(!is_former);
        assert_eq!(client.is_signed_in(), is_former, "round {round}");
        assert_eq!(server.sessions(), usize::from(is_former), "round {round}");
        let left = fs::read_dir(&data).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        assert_eq!(left.filter(|name| name.starts_with("secret_key.")).count(), 0, "round {round}");
        assert!(server.signed_in("python", "python").is_signed_in(), "round {round}");
        assert_eq!(server.terminate(), 0);
    }
    eprintln!("{rotated} of 20 rotated");
}
