//! What a restore brings back, and what it ends.

use std::fs;
use std::path::Path;

use serde_json::json;

use super::{accounts, back_up, kept, names, restore};
use crate::support::{GOOD_PASSWORD, Server};

#[test]
fn a_backup_restores_into_an_empty_folder_with_its_key() {
    let from = Server::prepare().and_seed().and_start();
    from.add_user("zoe");
    back_up(&from, "all.db");
    let mut to = Server::prepare();
    restore(&to, &from.folder().join("all.db"));
    let key = |server: &Server| fs::read(server.folder().join("data/secret_key")).unwrap();
    assert_eq!(key(&to), key(&from));
    let file = if to.postgres().is_some() { &[][..] } else { &["vestibule.db"] };
    assert_eq!(names(&to.folder().join("data")), [&["secret_key", "serve.lock", "use.lock"], file].concat());
    to.start(&["serve"]);
    assert_eq!(to.client().log_in("zoe", GOOD_PASSWORD).leads_to(), (303, "/"));
    assert!(!to.tables().iter().any(|table| table.starts_with("vestibule")), "no key in the database");
}

#[test]
fn every_login_ends_and_what_was_there_is_kept() {
    let mut server = Server::prepare().and_seed().and_start();
    let mut browser = server.signed_in("roy", "roy");
    let mut pair = server.client().pair("roy", "roy");
    back_up(&server, "all.db");
    server.add_user("later");
    let said = server.cli(&["user", "set-password", "roy", "--random"]);
    assert_eq!(said.code, 0);
    assert_eq!(server.terminate(), 0);
    restore(&server, Path::new("all.db"));
    assert_eq!(accounts(&server), ["admin", "jumpiness", "python", "roy"]);
    server.start(&["serve"]);
    let jar = std::mem::take(&mut browser.jar);
    browser = server.client();
    browser.jar = jar;
    assert!(!browser.is_signed_in());
    let refreshed = server.client().call(
        "POST",
        "/api/v1/tokens/refresh",
        &json!({ "refresh_token": pair["refresh_token"].take() }),
    );
    assert_eq!(refreshed.status, 401, "the token of a program");
    let access = pair["access_token"].as_str().unwrap();
    assert_eq!(server.client().bearing(access).get("/api/v1/me").status, 401);
    let kid: serde_json::Value = server.client().get("/.well-known/jwks.json").json();
    let signing = server.sql("SELECT id FROM signing_keys WHERE retired_at IS NULL");
    assert_eq!(
        (kid["keys"].as_array().unwrap().len(), signing.len()),
        (1, 1),
        "programs that check by themselves refuse it"
    );
    assert_eq!(kid["keys"][0]["kid"], signing[0].as_str());
    assert_eq!(server.client().log_in("roy", "roy").leads_to(), (303, "/"), "the password of then");
    let record =
        server.sql("SELECT actor || ' ' || detail FROM audit_events WHERE event = 'database.restored'").remove(0);
    assert!(record.starts_with("operator all.db, made at 20"), "{record}");

    assert_eq!(server.terminate(), 0);
    let former = kept(&server, "before-restore");
    assert_eq!(former.len(), 1, "{former:?}");
    restore(&server, &former[0]);
    assert!(accounts(&server).contains(&"later".to_owned()), "and back again");
}

#[test]
fn a_backup_without_its_key_needs_the_one_that_is_there() {
    let from = Server::prepare().and_seed();
    assert_eq!(from.cli(&["backup", "keyless.db", "--without-key"]).code, 0);
    let file = from.folder().join("keyless.db");
    let to = Server::prepare();
    let refused = to.cli(&["restore", file.to_str().unwrap()]);
    assert!(refused.code == 1 && refused.stderr.contains("brings no secret key"), "{refused:?}");
    assert!(
        refused.stderr.contains("data/secret_key") && refused.stderr.contains("VESTIBULE_SECRET_KEY_FILE"),
        "{refused:?}"
    );
    assert!(!to.folder().join("data/vestibule.db").exists());
    fs::copy(from.folder().join("data/secret_key"), to.folder().join("data/secret_key")).unwrap();
    restore(&to, &file);
    assert_eq!(to.cli(&["user", "show", "roy"]).code, 0);
}

#[test]
fn a_configured_key_is_not_replaced_silently() {
    let from = Server::prepare().and_seed();
    back_up(&from, "all.db");
    let file = from.folder().join("all.db");
    let key = fs::read_to_string(from.folder().join("data/secret_key")).unwrap();
    let other = Server::prepare().and_seed();
    let other = fs::read_to_string(other.folder().join("data/secret_key")).unwrap();
    let to = Server::prepare().with("VESTIBULE_SECRET_KEY", other.trim());
    let refused = to.cli(&["restore", file.to_str().unwrap()]);
    assert!(refused.code == 1 && refused.stderr.contains("--keep-key"), "{refused:?}");
    assert!(!refused.stderr.contains(&key.trim()[..20]) && !refused.stderr.contains(&other.trim()[..20]), "no secret");
    assert_eq!(to.cli(&["restore", file.to_str().unwrap(), "--keep-key"]).code, 0);
    assert!(!to.folder().join("data/secret_key").exists());
    let same = Server::prepare().with("VESTIBULE_SECRET_KEY", key.trim());
    restore(&same, &file);
    assert!(!same.folder().join("data/secret_key").exists(), "it is configured already");
    assert!(same.and_start().admin().is_signed_in());
}

#[test]
fn a_lost_database_a_broken_key_and_a_plain_copy_are_no_obstacle() {
    let server = Server::on_sqlite().and_seed();
    back_up(&server, "all.db");
    let data = server.folder().join("data");
    fs::remove_file(data.join("vestibule.db")).unwrap();
    restore(&server, Path::new("all.db"));
    assert_eq!(accounts(&server).len(), 4, "the database was lost");

    fs::write(data.join("secret_key"), "half a k").unwrap();
    restore(&server, Path::new("all.db"));
    assert_eq!(server.cli(&["user", "show", "roy"]).code, 0, "the key was broken");

    fs::copy(data.join("vestibule.db"), server.folder().join("copy.db")).unwrap();
    fs::write(data.join("vestibule.db"), "this is not a database, but it is long enough".repeat(99)).unwrap();
    restore(&server, Path::new("copy.db"));
    assert_eq!(accounts(&server).len(), 4, "the database was damaged");
    let damaged = names(&data.join("backups")).into_iter().find(|name| name.starts_with("damaged-")).unwrap();
    assert_eq!(names(&data.join("backups").join(damaged)), ["secret_key", "vestibule.db"]);
}

#[test]
fn the_log_of_a_damaged_database_is_not_read_into_the_restored_one() {
    let mut server = Server::on_sqlite().and_seed().and_start();
    back_up(&server, "all.db");
    server.add_user("later");
    server.kill();
    let data = server.folder().join("data");
    let log = fs::read(data.join("vestibule.db-wal")).unwrap();
    assert!(log.windows(5).any(|text| text == b"later"), "the log is not empty");
    fs::write(data.join("vestibule.db"), "this is not a database, but it is long enough".repeat(99)).unwrap();
    restore(&server, Path::new("all.db"));
    assert_eq!(accounts(&server), ["admin", "jumpiness", "python", "roy"]);
    assert_eq!(server.sql("SELECT integrity_check FROM pragma_integrity_check"), ["ok"]);
    let damaged = names(&data.join("backups")).into_iter().find(|name| name.starts_with("damaged-")).unwrap();
    assert_eq!(fs::read(data.join("backups").join(damaged).join("vestibule.db-wal")).unwrap(), log, "it is kept");
}
