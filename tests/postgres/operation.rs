//! What a check tells of a database of PostgreSQL.

use crate::support::Server;

#[test]
fn a_check_changes_nothing_and_tells_what_is_there() {
    let server = Server::prepare();
    let before = server.cli(&["check"]);
    assert!(before.code == 0 && before.stdout.contains("is empty; the first start makes its tables"), "{before:?}");
    assert_eq!(server.tables(), [""; 0], "not even the table of the migrations");
    let server = server.and_seed();
    let after = server.cli(&["check"]);
    assert!(after.code == 0 && after.stdout.contains("is whole, up to date, and can be written"), "{after:?}");
    assert!(after.stdout.contains("there is none"), "of the backups: {after:?}");
    let ahead = server.time("1 day");
    server.execute(&format!(
        "INSERT INTO audit_events (id, at, event, request_id) VALUES ('0', {ahead}, 'database.backed_up', '0')"
    ));
    let after = server.cli(&["check"]);
    assert!(after.stdout.contains("there is none"), "of a clock that was ahead: {after:?}");
    server.execute("INSERT INTO __diesel_schema_migrations (version) VALUES ('20990101000001')");
    let newer = server.cli(&["check"]);
    assert!(newer.code == 1 && newer.stdout.contains("newer version of Vestibule"), "{newer:?}");
}
