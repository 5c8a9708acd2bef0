//! TLS to the server, as the address asks for it.

use crate::support::postgres_by_hand::Cluster;
use crate::support::{Server, certificates};

/// A program that reaches this database of the server by this host, and trusts this authority.
fn reaching(database: &Server, host: &str, authority: &str) -> Server {
    let url = database.postgres().expect("it is on PostgreSQL").url().replace("127.0.0.1", host);
    let url = format!("{url}?sslmode=verify-full&sslrootcert={authority}");
    Server::prepare().with("VESTIBULE_DATABASE_URL", &url)
}

#[test]
fn with_verify_full_all_connections_are_encrypted_and_to_the_right_server() {
    let cluster = Cluster::start();
    let database = Server::on_postgres_of(&cluster);
    let server = reaching(&database, "localhost", &cluster.authority).and_seed().and_start();
    assert!(server.signed_in("roy", "roy").is_signed_in());
    let encrypted = database.sql(
        "SELECT DISTINCT ssl FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) \
         WHERE application_name = 'vestibule' AND datname = current_database()",
    );
    assert_eq!(encrypted, ["1"], "every one of them");
}

#[test]
fn a_server_that_somebody_else_certifies_or_that_has_another_name_is_refused() {
    let cluster = Cluster::start();
    let database = Server::on_postgres_of(&cluster);
    let folder = tempfile::tempdir().expect("a folder");
    certificates::certify(folder.path());
    let other = folder.path().join("ca.pem").display().to_string();
    for (host, authority, why) in [
        ("localhost", other.as_str(), "certificate verify failed"),
        ("localhost", "/nowhere/ca.pem", "root certificate file"),
        ("127.0.0.1", cluster.authority.as_str(), "does not match"),
    ] {
        let refused = reaching(&database, host, authority).refuses_to_start(&["serve"]);
        assert!(refused.code == 1 && refused.stderr.contains(why), "{host} {authority}: {refused:?}");
        assert_eq!(refused.stderr.lines().filter(|line| line.starts_with("Error: ")).count(), 1, "{refused:?}");
    }
    let url = format!("{}?sslmode=disable", database.postgres().expect("it is on PostgreSQL").url());
    let refused = Server::prepare().with("VESTIBULE_DATABASE_URL", &url).refuses_to_start(&["serve"]);
    assert!(refused.code == 1 && refused.stderr.contains("pg_hba.conf"), "it demands TLS: {refused:?}");
    assert_eq!(database.tables(), [""; 0], "nobody got so far as to make a table");
}
