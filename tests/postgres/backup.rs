//! Backups of a database of PostgreSQL are the same files as those of SQLite, and restore on both. What is the same on
//! both is tested in `tests/it/backup`, which runs on PostgreSQL too.

use std::fs;
use std::path::Path;

use crate::database;
use crate::support::backups::{rows, schema};
use crate::support::{GOOD_PASSWORD, Server, wait_for};

/// Makes a backup by the command line, to a file in the server's folder.
pub fn back_up(server: &Server, file: &str) {
    let made = server.cli(&["backup", file]);
    assert_eq!((made.code, made.stdout.trim_end()), (0, file), "{made:?}");
}

/// Restores a file into the database of a server that does not run.
pub fn restore(server: &Server, file: &Path) {
    server.wait_until_left();
    let restored = server.cli(&["restore", file.to_str().unwrap()]);
    assert_eq!(restored.code, 0, "{restored:?}");
    assert!(restored.stderr.contains("Everyone has to log in again."), "{restored:?}");
}

/// A server on SQLite with something in most tables.
fn full() -> Server {
    let server = Server::on_sqlite().and_seed().and_start();
    server.add_user_with("zoe", &["--name", "Zoë \u{1f98a} \"quoted\" \\ 'more'", "--email", "zoe@example.com"]);
    server.signed_in("zoe", GOOD_PASSWORD);
    let mut roy = server.client().program("roy", "roy");
    let todo = serde_json::json!({ "title": "Repair the gate", "description": "line\nline\ttab", "due": "2028-02-29" });
    assert_eq!(roy.call("POST", "/api/v1/todos", &todo).status, 201);
    let data = serde_json::json!({ "a": "\u{0}", "number": 1e300, "many": vec!["x".repeat(99); 99] });
    assert_eq!(roy.call("PUT", "/api/v1/me/data", &data).status, 200);
    assert_eq!(server.client().log_in("roy", "wrong").status, 303);
    assert_eq!(server.client().log_in("nobody", "wrong").status, 303);
    assert_eq!(server.cli(&["user", "disable", "jumpiness"]).code, 0);
    server
}

#[test]
fn a_file_of_sqlite_restores_on_postgresql_and_back_with_everything_in_it() {
    assert!(crate::support::postgres::cluster().is_some(), "run this by scripts/postgres");
    let first = full();
    back_up(&first, "all.db");
    let (all, mut there) = (first.folder().join("all.db"), Server::prepare());
    restore(&there, &all);
    back_up(&there, "back.db");
    let back = there.folder().join("back.db");
    assert_eq!(schema(&back), schema(&all), "the same tables and indexes");
    for table in ["users", "user_roles", "user_data", "todos", "devices", "signing_keys", "key_checks", "throttles"] {
        assert!(!rows(&all, table).is_empty(), "{table}");
        assert_eq!(rows(&back, table), rows(&all, table), "{table}");
    }
    let (before, mut after) = (rows(&all, "audit_events"), rows(&back, "audit_events"));
    after.retain(|row| !row.contains("database.restored") && !row.contains("key."));
    assert!(before.len() > 5 && before.iter().filter(|row| !row.contains("key.")).eq(&after), "{before:?}\n{after:?}");

    there.start(&["serve"]);
    let mut here = Server::on_sqlite();
    restore(&here, &back);
    here.start(&["serve"]);
    for server in [&there, &here] {
        assert!(server.signed_in("zoe", GOOD_PASSWORD).get("/").says("\u{1f98a}"));
        assert!(server.signed_in("roy", "roy").get("/todos").says("Repair the gate"));
        assert!(server.client().log_in("jumpiness", "python").leads_to().1 != "/", "disabled");
    }
}

#[test]
fn a_restore_is_refused_while_a_node_elsewhere_runs() {
    let first = crate::seeded();
    back_up(&first, "all.db");
    let all = first.folder().join("all.db");
    first.add_user("later");
    // In its own folder no server runs.
    let second = first.another_node();
    let refused = second.cli(&["restore", all.to_str().unwrap()]);
    assert_eq!((refused.code, refused.stderr.lines().count()), (1, 1), "{refused:?}");
    for part in ["is in use", "from 127.0.0.1 (vestibule)", "Stop all nodes"] {
        assert!(refused.stderr.contains(part), "{part}: {refused:?}");
    }
    assert_eq!(first.cli(&["user", "show", "later"]).code, 0, "nothing was changed");
    assert!(first.admin().is_signed_in());
    let mut first = first;
    assert_eq!(first.terminate(), 0);
    restore(&second, &all);
    assert_eq!(second.cli(&["user", "show", "later"]).code, 3);
    let kept: Vec<_> = fs::read_dir(second.folder().join("data/backups")).unwrap().collect();
    assert_eq!(kept.len(), 1, "what was there before: {kept:?}");
    restore(&second, &kept[0].as_ref().unwrap().path());
    assert_eq!(second.cli(&["user", "show", "later"]).code, 0);
}

#[test]
fn a_restore_sees_a_node_that_connects_as_another_role() {
    let server = crate::seeded();
    back_up(&server, "all.db");
    // It may not read what others do.
    let role = format!("role_of_{}", database(&server).name());
    server.execute(&format!("CREATE ROLE {role} LOGIN"));
    let url = database(&server).url().replacen("vestibule@", &format!("{role}@"), 1);
    let second = server.another_node().with("VESTIBULE_DATABASE_URL", &url);
    let refused = second.cli(&["restore", server.folder().join("all.db").to_str().unwrap()]);
    server.execute(&format!("DROP ROLE {role}"));
    assert_eq!((refused.code, refused.stderr.lines().count()), (1, 1), "{refused:?}");
    assert!(refused.stderr.contains(" from the role vestibule (vestibule). Stop all nodes"), "{refused:?}");
}

#[test]
fn what_can_not_be_kept_is_not_replaced_and_a_new_database_takes_the_backup() {
    let server = Server::prepare().and_seed();
    back_up(&server, "all.db");
    // As if its file could not be read.
    server.connection().batch("DROP TABLE todos CASCADE");
    server.wait_until_left();
    let refused = server.cli(&["restore", "all.db"]);
    assert_eq!((refused.code, refused.stderr.lines().count()), (1, 1), "{refused:?}");
    for part in
        ["todos", "nothing was changed", "If the database is damaged, make a new and empty one", "`database_url`"]
    {
        assert!(refused.stderr.contains(part), "{part}: {refused:?}");
    }
    let new = Server::prepare();
    restore(&new, &server.folder().join("all.db"));
    assert!(!new.sql("SELECT id FROM todos").is_empty());
}

#[test]
fn the_key_of_the_backup_takes_its_place_and_the_former_one_starts_no_node() {
    let other = full();
    back_up(&other, "all.db");
    let mut server = crate::seeded();
    assert_eq!(server.terminate(), 0);
    let node = server.another_node();
    restore(&server, &other.folder().join("all.db"));
    let key = |server: &Server| fs::read(server.folder().join("data/secret_key")).unwrap();
    assert_eq!(key(&server), key(&other));
    let refused = node.refuses_to_start(&["serve"]);
    assert!(refused.code == 1 && refused.stderr.contains("another secret key"), "{refused:?}");
    server.start(&["serve"]);
    assert!(server.signed_in("zoe", GOOD_PASSWORD).is_signed_in());
}

#[test]
fn what_a_newer_version_has_changed_is_neither_copied_nor_replaced() {
    let server = Server::prepare().and_seed();
    back_up(&server, "all.db");
    server.execute("INSERT INTO __diesel_schema_migrations (version) VALUES ('20990101000001')");
    let refused = server.cli(&["backup", "newer.db"]);
    assert!(refused.code == 1 && refused.stderr.contains("20990101000001"), "{refused:?}");
    assert!(!server.folder().join("newer.db").exists());
    server.wait_until_left();
    let before = server.row_counts();
    server.wait_until_left();
    let refused = server.cli(&["restore", "all.db"]);
    assert_eq!((refused.code, refused.stderr.lines().count()), (1, 1), "{refused:?}");
    assert!(refused.stderr.contains("20990101000001") && refused.stderr.contains("`database_url`"), "{refused:?}");
    assert_eq!(server.row_counts(), before);
}

#[test]
fn of_three_nodes_one_makes_the_backup_that_is_due_and_all_tell_of_it() {
    let first = Server::prepare().with("VESTIBULE_BACKUP_HOURS", "24").with("ROCKET_LOG_LEVEL", "debug").and_seed();
    let node = || first.another_node().with("VESTIBULE_BACKUP_HOURS", "24").with("ROCKET_LOG_LEVEL", "debug");
    let mut nodes = [node(), node(), node()];
    for node in &nodes {
        let folder = node.folder().join("data/backups");
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("vestibule-20260101T000000.000Z-timer.db"), "").unwrap();
    }
    std::thread::scope(|scope| nodes.iter_mut().for_each(|node| drop(scope.spawn(|| node.start(&["serve"])))));
    let has_made = |node: &Server| node.stderr().contains("a backup was made");
    for node in &nodes {
        let has_looked = || has_made(node) || node.stderr().contains("another node makes the backup that is due");
        wait_for("the node to look", || has_looked().then_some(()));
    }
    wait_for("the backup", || nodes.iter().any(has_made).then_some(()));
    assert_eq!(nodes.iter().filter(|node| has_made(node)).count(), 1);
    let told = first.sql("SELECT actor || ' ' || detail FROM audit_events WHERE event = 'database.backed_up'");
    assert!(told.len() == 1 && told[0].starts_with("system vestibule-20"), "{told:?}");
    for node in &nodes {
        let checked = node.cli(&["check"]).stdout;
        let place = if has_made(node) { "data/backups" } else { "on another node" };
        assert!(checked.lines().any(|line| line.contains("the newest is of 20") && line.contains(place)), "{checked}");
    }
}

#[test]
fn one_that_finds_no_room_leaves_nothing() {
    let server = Server::prepare().and_seed();
    fs::create_dir(server.folder().join("data/backups")).unwrap();
    // What is left on that disk is told as long as it is there.
    let script =
        "mount -t tmpfs -o size=64k none data/backups; \"$PROGRAM\" backup; code=$?; ls data/backups; exit $code";
    let server = server.with("PROGRAM", env!("CARGO_BIN_EXE_vestibule")).with_mounts(script);
    let refused = server.cli(&[]);
    assert_eq!((refused.code, refused.stdout.as_str(), refused.stderr.lines().count()), (1, "", 1), "{refused:?}");
    assert!(
        refused.stderr.contains("data/backups") && refused.stderr.contains("can't be made: database or disk is full"),
        "{refused:?}"
    );
}
