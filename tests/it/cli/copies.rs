//! `vestibule db copy`: everything moves into another database.

use super::told;
use crate::support::Server;

#[test]
fn everything_moves_into_another_database_and_everyone_stays_logged_in() {
    let mut server = Server::seeded();
    let browser = server.signed_in("roy", "roy");
    assert_eq!(server.cli(&["todo", "add", "roy", "Repair the gate"]).code, 0);
    let served = server.cli(&["db", "copy", "--to", "sqlite:copy.db"]);
    assert!(served.code == 1 && served.stderr.contains("stop it first"), "{served:?}");
    assert!(!server.folder().join("copy.db").exists());
    assert_eq!(server.terminate(), 0);
    let before = server.row_counts();

    let copied = server.cli(&["db", "copy", "--to", "sqlite:copy.db"]);
    assert_eq!((copied.code, copied.stdout.as_str()), (0, ""), "{copied:?}");
    assert!(copied.stderr.contains("4 users") && copied.stderr.contains("1 sessions"), "{copied:?}");
    assert_eq!(server.row_counts(), before, "what was copied from stays");
    let again = server.cli(&["db", "copy", "--to", "sqlite:copy.db"]);
    assert!(again.code == 1 && again.stderr.contains("has rows already, in "), "{again:?}");

    let there = server.with("VESTIBULE_DATABASE_URL", "sqlite:copy.db").and_start();
    let mut client = there.client();
    client.jar = browser.jar;
    assert!(client.is_signed_in());
    assert_eq!(there.sql_at("copy.db", "SELECT title FROM todos WHERE title LIKE 'Repair%'"), ["Repair the gate"]);
}

#[test]
fn what_is_no_database_or_not_there_is_named() {
    let server = Server::prepare();
    let copy = |arguments: &[&str]| server.cli(&[&["db", "copy"], arguments].concat());
    let wrong = copy(&["--to", "copy.db"]);
    let (code, _, stderr) = told(&wrong);
    assert!(code == 2 && stderr.contains("--to: a database looks like sqlite:PATH"), "{stderr}");
    let missing = copy(&["--from", "sqlite:nowhere.db", "--to", "sqlite:copy.db"]);
    assert!(missing.code == 1 && missing.stderr.contains("there is no database nowhere.db to copy"), "{missing:?}");
    assert!(!server.folder().join("nowhere.db").exists() && !server.folder().join("copy.db").exists());
    let unknown = copy(&["--to", "mysql://db/vestibule"]);
    assert_eq!(unknown.code, 2, "{unknown:?}");
}
