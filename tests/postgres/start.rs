//! The start, when there is no PostgreSQL, no database, or another secret key.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::support::Server;
use crate::{database, seeded};

/// Fails unless the start stops with one sentence that holds these parts and no password.
fn refused(server: &Server, parts: &[&str]) {
    let output = server.refuses_to_start(&["serve"]);
    assert_eq!((output.code, output.stdout.as_str()), (1, ""), "{output:?}");
    assert!(output.stderr.lines().filter(|line| line.starts_with("Error: ")).count() == 1, "{output:?}");
    assert!(!output.stderr.contains("s3cret") && !output.stderr.contains("panicked"), "{output:?}");
    for part in parts {
        assert!(output.stderr.contains(part), "{part}: {output:?}");
    }
}

#[test]
fn where_no_postgresql_is_or_no_such_database_the_start_says_so_without_the_password() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let nowhere = format!("postgres://anna:s3cret@127.0.0.1:{free}/vestibule");
    refused(&Server::prepare().with("VESTIBULE_DATABASE_URL", &nowhere), &["127.0.0.1", &free.to_string()]);

    let server = seeded();
    let (place, _) = database(&server).url().rsplit_once('/').unwrap();
    let (user, host) = place.rsplit_once('@').unwrap();
    let missing = format!("{user}:s3cret@{host}/no_such_database");
    refused(&Server::prepare().with("VESTIBULE_DATABASE_URL", &missing), &["no_such_database"]);
}

#[test]
fn what_reads_a_database_makes_none_where_nothing_is() {
    assert!(crate::support::postgres::cluster().is_some(), "run this by scripts/postgres");
    let server = Server::prepare();
    let url = database(&server).url();
    let tables = "SELECT count(*)::text FROM information_schema.tables WHERE table_schema = 'public'";
    let target = format!("sqlite:{}", server.folder().join("copy.db").display());
    for arguments in [["user", "list"].as_slice(), &["db", "copy", "--from", url, "--to", &target]] {
        let refused = server.cli(arguments);
        assert!(refused.code == 1 && refused.stderr.contains("`vestibule migrate`"), "{refused:?}");
        assert_eq!(server.sql(tables), ["0"], "{arguments:?}");
    }
    assert_eq!(server.cli(&["migrate"]).code, 0);
    assert_eq!(server.cli(&["user", "list"]).code, 0);
}

#[test]
fn a_second_program_with_another_secret_key_is_refused() {
    let server = seeded();
    let url = database(&server).url();
    let other =
        Server::prepare().with("VESTIBULE_DATABASE_URL", url).with("VESTIBULE_SECRET_KEY", &STANDARD.encode([8; 64]));
    refused(&other, &["secret key"]);
    let without = Server::prepare().with("VESTIBULE_DATABASE_URL", url);
    refused(&without, &["secret_key"]);
    assert!(server.admin().is_signed_in(), "the first goes on");
}
