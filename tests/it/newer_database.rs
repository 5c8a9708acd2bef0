//! A database on which a newer version has run: its tables may mean something else by now, so nothing touches it.

use crate::support::Server;

/// What Diesel would note of a migration of the future, and of one that only another branch has.
const UNKNOWN: [&str; 2] = ["20990101000001", "20261122000003.5"];

#[test]
fn a_migration_that_this_program_does_not_know_stops_the_start_and_every_command() {
    for unknown in UNKNOWN {
        let server = Server::prepare().and_seed();
        let newest = server.sql("SELECT max(version) FROM __diesel_schema_migrations").remove(0);
        server.execute(&format!("INSERT INTO __diesel_schema_migrations (version) VALUES ('{unknown}')"));
        let before = server.row_counts();
        let refused = server.refuses_to_start(&["serve"]);
        assert_eq!((refused.code, refused.stdout.as_str()), (1, ""), "{refused:?}");
        assert!(refused.stderr.contains(unknown) && refused.stderr.contains(&newest), "{refused:?}");
        assert!(refused.stderr.starts_with("Error: ") && refused.stderr.lines().count() == 1, "{refused:?}");
        for arguments in [
            &["migrate"][..],
            &["seed", "--force"],
            &["user", "list"],
            &["user", "add", "zoe", "--random"],
            &["user", "delete", "roy", "--yes"],
            &["session", "end", "--all"],
            &["todo", "list"],
            &["throttle", "clear", "--all"],
            &["key", "rotate"],
            &["token", "issue", "roy"],
        ] {
            let output = server.cli(arguments);
            assert_eq!((output.code, output.stderr), (1, refused.stderr.clone()), "{arguments:?}");
        }
        assert_eq!(server.row_counts(), before, "nothing was changed");
        assert_eq!(server.cli(&["version"]).code, 0);
    }
}

#[test]
fn an_older_database_is_brought_up_to_date() {
    let server = Server::prepare().and_seed();
    server.execute("DROP TABLE todos");
    server.execute("DELETE FROM __diesel_schema_migrations WHERE version = '20261122000006'");
    let server = server.and_start();
    assert!(server.admin().is_signed_in());
    assert_eq!(server.sql("SELECT count(*) FROM todos"), ["0"]);
}
