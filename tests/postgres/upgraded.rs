//! An older database of PostgreSQL is kept as it was before a start brings it up to date.

use std::fs;
use std::path::PathBuf;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::backup::restore;
use crate::support::backups::schema;
use crate::support::{Connection, Server, wait_for};

const VERSIONS: &str = "SELECT version FROM __diesel_schema_migrations ORDER BY version";

/// The advisory lock that our program takes before it brings a database up to date, as `src/db/postgres` has it.
const UPGRADE_LOCK: i64 = 0x7665_7374_6962_0004;

/// The database that a former version has left.
fn older() -> Server {
    const DOWN: &str = include_str!("../../migrations/2026-11-28-001000_audit_search/down.sql");
    assert!(crate::support::postgres::cluster().is_some(), "run this by scripts/postgres");
    let server = Server::prepare().and_seed();
    server.connection().batch(DOWN);
    server.execute("DELETE FROM __diesel_schema_migrations WHERE version = '20261128001000'");
    server
}

/// The backups in the folder of a node.
fn kept(node: &Server) -> Vec<PathBuf> {
    let files = fs::read_dir(node.folder().join("data/backups")).into_iter().flatten();
    files.map(|file| file.unwrap().path()).collect()
}

#[test]
fn an_older_database_is_kept_as_it_was_before_it_is_brought_up_to_date() {
    let server = older();
    let (before, old) = (server.sql(VERSIONS), server.cli(&["check"]).stdout);
    assert!(old.contains("of an older version; the next start makes a backup"), "{old}");
    let server = server.and_start();
    assert_eq!(server.sql(VERSIONS).len(), before.len() + 1);
    let kept = kept(&server).remove(0);
    assert!(kept.to_str().unwrap().ends_with("-before-upgrade.db"), "{kept:?}");
    assert_eq!(Connection::to_sqlite(&kept).sql(VERSIONS), before);
    assert!(!schema(&kept).iter().any(|sql| sql.contains("login_counts")), "as it was");
    let mut other = Server::prepare();
    restore(&other, &kept);
    other.start(&["serve"]);
    assert!(other.admin().is_signed_in(), "it restores");
}

#[test]
fn nodes_that_start_at_once_bring_it_up_to_date_by_turns() {
    let server = older();
    let before = server.sql(VERSIONS);
    let mut nodes = [server.another_node(), server.another_node()];
    let mut first = server.connection();
    first.batch(&format!("SELECT pg_advisory_lock({UPGRADE_LOCK})"));
    std::thread::scope(|scope| {
        nodes.iter_mut().for_each(|node| drop(scope.spawn(|| node.start(&["serve"]))));
        wait_for("both to wait for their turn", || (server.waiting() == 2).then_some(()));
        first.batch(&format!("SELECT pg_advisory_unlock({UPGRADE_LOCK})"));
    });
    assert_eq!(server.sql(VERSIONS).len(), before.len() + 1);
    let kept: Vec<PathBuf> = nodes.iter().flat_map(kept).collect();
    assert_eq!(kept.len(), 1, "the second finds nothing to do: {kept:?}");
    assert_eq!(Connection::to_sqlite(&kept[0]).sql(VERSIONS), before);
}

#[test]
fn a_restore_that_was_killed_before_it_happened_stops_no_start() {
    let mut server = older();
    // Of a version that kept nothing of its key.
    server
        .connection()
        .batch("DROP TABLE key_checks; DELETE FROM __diesel_schema_migrations WHERE version = '20261128000600'");
    let [key, restored] = ["secret_key", "secret_key.restored"].map(|name| server.folder().join("data").join(name));
    let before = fs::read(&key).unwrap();
    fs::copy(&key, &restored).unwrap();
    fs::write(&restored, STANDARD.encode([8; 64])).unwrap();
    server.start(&["serve"]);
    assert_eq!(fs::read(&key).unwrap(), before);
    assert!(!restored.exists() && server.admin().is_signed_in());
}
