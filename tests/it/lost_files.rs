//! The secret key without its database, and a database without its secret key: one of them was lost, or is not where
//! the settings say. A new one in its place would hide that.

use std::fs;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::support::Server;

const INSIST: &str = "VESTIBULE_ALLOW_NEW_KEY_OR_DATABASE";

/// Commands that would make what is missing.
const MAKERS: &[&[&str]] = &[
    &["serve"],
    &["seed", "--force"],
    &["user", "add", "zoe", "--random"],
    &["user", "list"],
    &["session", "end", "--all"],
    &["key", "rotate"],
];

/// Fails unless each of these commands stops with a sentence that holds all of the parts.
#[track_caller]
fn refused(server: &Server, commands: &[&[&str]], parts: &[&str]) {
    for arguments in commands {
        let output = server.refuses_to_start(arguments);
        assert_eq!((output.code, output.stdout.as_str()), (1, ""), "{arguments:?}: {output:?}");
        for part in [parts, &["Error: ", INSIST]].concat() {
            assert!(output.stderr.contains(part), "{arguments:?}: {part}: {output:?}");
        }
    }
}

/// A server, and how messages name its database: that of the engine the tests run on, or a file elsewhere.
fn with_database(elsewhere: bool) -> (Server, String) {
    if elsewhere {
        return (Server::on_sqlite().with("VESTIBULE_DATABASE_URL", "sqlite:shop.db"), "shop.db".to_owned());
    }
    let server = Server::prepare();
    let database = server.postgres().map_or("data/vestibule.db", |database| database.name()).to_owned();
    (server, database)
}

#[test]
fn a_database_with_accounts_and_no_key_is_not_given_a_new_one() {
    for elsewhere in [false, true] {
        let (server, database) = with_database(elsewhere);
        assert_eq!(server.cli(&["user", "add", "anna", "--random"]).code, 0);
        let file = server.folder().join("data/secret_key");
        let key = fs::read(&file).unwrap();
        fs::remove_file(&file).unwrap();
        refused(&server, MAKERS, &["data/secret_key", &database, "VESTIBULE_SECRET_KEY_FILE"]);
        assert!(!file.exists(), "none was made");

        let with_key = server.with("VESTIBULE_SECRET_KEY", std::str::from_utf8(&key).unwrap().trim());
        assert_eq!(with_key.cli(&["user", "list"]).code, 0, "a configured one is as good");
        let insisting = with_key.without("VESTIBULE_SECRET_KEY").with(INSIST, "true");
        assert_eq!(insisting.cli(&["user", "show", "anna"]).code, 0);
        assert_ne!(fs::read(&file).unwrap(), key, "whoever insists gets a new one");
        assert_eq!(insisting.without(INSIST).cli(&["user", "list"]).code, 0, "and needs to insist once only");
    }
}

#[test]
fn a_key_without_its_database_is_not_given_an_empty_one() {
    for elsewhere in [false, true] {
        let (server, database) = with_database(elsewhere);
        assert_eq!(server.cli(&["seed"]).code, 0);
        let file = server.folder().join(&database);
        let makers = [MAKERS, &[&["migrate"][..]]].concat();

        if server.postgres().is_some() {
            server.connection().batch("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
            refused(&server, &makers, &["data/secret_key", &database]);
            assert_eq!(server.tables(), [""; 0], "it is left as it is");
        } else {
            fs::remove_file(&file).unwrap();
            refused(&server, &makers, &["data/secret_key", &database]);
            assert!(!file.exists(), "none was made");
            fs::write(&file, "").unwrap();
            refused(&server, &makers, &["data/secret_key", &database]);
            assert_eq!(fs::read(&file).unwrap(), b"", "it is left as it is");
        }

        let insisting = server.with(INSIST, "true").and_start();
        assert!(insisting.stderr().contains("Warning: allow_new_key_or_database is set"), "{}", insisting.stderr());
        let users = "SELECT count(*) FROM users";
        let users = if elsewhere { insisting.sql_at(&database, users) } else { insisting.sql(users) };
        assert_eq!(users, ["0"]);
    }
}

#[test]
fn a_database_that_was_copied_without_its_log_is_not_taken_for_a_new_one() {
    // What was copied is a file.
    let mut server = Server::on_sqlite().and_start();
    let (file, copy) = (server.folder().join("data/vestibule.db"), server.folder().join("copy.db"));
    fs::copy(&file, &copy).unwrap();
    assert!(!fs::read(&copy).unwrap().windows(5).any(|text| text == b"users"), "the tables are in the log alone");
    server.kill();
    for name in ["vestibule.db", "vestibule.db-wal", "vestibule.db-shm"] {
        let _ = fs::remove_file(server.folder().join("data").join(name));
    }
    fs::rename(&copy, &file).unwrap();
    refused(&server, &[&["serve"], &["migrate"]], &["data/secret_key", "data/vestibule.db"]);
}

#[test]
fn removing_both_begins_from_scratch_and_restoring_both_goes_on() {
    // Both lie in one folder.
    let mut server = Server::on_sqlite().and_seed().and_start();
    let browser = server.signed_in("roy", "roy");
    assert_eq!(server.terminate(), 0);
    let (data, backup) = (server.folder().join("data"), server.folder().join("backup"));
    fs::rename(&data, &backup).unwrap();
    server.start(&["serve"]);
    assert_eq!(server.sql("SELECT count(*) FROM users"), ["0"]);
    assert_eq!(server.terminate(), 0);
    fs::remove_dir_all(&data).unwrap();
    fs::rename(&backup, &data).unwrap();
    server.start(&["serve"]);
    let mut client = server.client();
    client.jar = browser.jar;
    assert!(client.is_signed_in());
}

#[test]
fn a_configured_key_may_come_first() {
    let key = STANDARD.encode([7; 64]);
    let server = Server::prepare().with("VESTIBULE_SECRET_KEY", &key).and_start();
    assert_eq!(server.sql("SELECT count(*) FROM users"), ["0"]);
    assert!(!server.folder().join("data/secret_key").exists());
}

#[test]
fn the_key_is_the_last_thing_that_a_first_start_makes() {
    let server = Server::prepare().with("VESTIBULE_DATABASE_URL", "sqlite:not/there/yet.db");
    assert_eq!(server.refuses_to_start(&["serve"]).code, 1);
    assert!(!server.folder().join("data/secret_key").exists());
    fs::create_dir_all(server.folder().join("not/there")).unwrap();
    assert_eq!(server.cli(&["user", "add", "anna", "--random"]).code, 0, "so the next one is still the first");
    assert_eq!(server.cli(&["user", "list"]).code, 0);

    let migrated = Server::prepare();
    assert_eq!(migrated.cli(&["migrate"]).code, 0);
    assert!(!migrated.folder().join("data/secret_key").exists(), "this needs none");
    let migrated = migrated.and_seed().and_start();
    assert!(migrated.admin().is_signed_in());
}
