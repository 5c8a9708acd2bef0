//! What an operator does with a database of PostgreSQL: its backups are its own, the secret key is ours.

use crate::support::Server;

#[test]
fn backups_are_left_to_postgresql() {
    let server = Server::prepare().and_seed();
    for arguments in [&["backup"][..], &["backup", "all.db"], &["restore", "all.db"]] {
        let refused = server.cli(arguments);
        assert_eq!((refused.code, refused.stderr.lines().count()), (1, 1), "{refused:?}");
        assert!(refused.stderr.contains("pg_dump") && refused.stderr.contains("secret key"), "{refused:?}");
    }
    assert!(!server.folder().join("data/backups").exists() && !server.folder().join("all.db").exists());
}

#[test]
fn a_check_changes_nothing_and_tells_what_is_there() {
    let server = Server::prepare();
    let before = server.cli(&["check"]);
    assert!(before.code == 0 && before.stdout.contains("of an older version"), "{before:?}");
    assert_eq!(server.tables(), [""; 0], "not even the table of the migrations");
    let server = server.and_seed();
    let after = server.cli(&["check"]);
    assert!(after.code == 0 && after.stdout.contains("is whole, up to date, and can be written"), "{after:?}");
    assert!(after.stdout.contains("make them with `pg_dump`"), "{after:?}");
    server.execute("INSERT INTO __diesel_schema_migrations (version) VALUES ('20990101000001')");
    let newer = server.cli(&["check"]);
    assert!(newer.code == 1 && newer.stdout.contains("newer version of Vestibule"), "{newer:?}");
}
