//! Where the program writes.

use super::{refused, with_file_on};
use crate::support::Server;

#[test]
fn all_that_is_written_lies_in_the_data_folder() {
    let mut server = Server::seeded();
    server.admin();
    assert_eq!(server.terminate(), 0);
    let names = |folder: &std::path::Path| -> Vec<String> {
        let files = std::fs::read_dir(folder).unwrap();
        let mut names: Vec<String> = files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    };
    assert_eq!(names(server.folder()), ["data"]);
    let mut all = vec!["secret_key", "serve.lock", "use.lock"];
    all.extend(server.postgres().is_none().then_some("vestibule.db"));
    assert_eq!(names(&server.folder().join("data")), all);
}

#[test]
fn a_relative_folder_is_relative_to_the_file_that_names_it() {
    let server = with_file_on(Server::on_sqlite(), "[default.vestibule]\ndata_dir = \"elsewhere/deep\"\n");
    let below = server.folder().join("a/b");
    std::fs::create_dir_all(&below).unwrap();
    let output = server.command(&["migrate"]).current_dir(&below).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    assert!(server.folder().join("elsewhere/deep/vestibule.db").is_file());
    assert_eq!(std::fs::read_dir(&below).unwrap().count(), 0);

    let server = Server::on_sqlite().with("ROCKET_CONFIG", "etc/Rocket.toml");
    std::fs::create_dir(server.folder().join("etc")).unwrap();
    std::fs::write(server.folder().join("etc/Rocket.toml"), "[default.vestibule]\ndata_dir = \"state\"\n").unwrap();
    assert_eq!(server.cli(&["migrate"]).code, 0);
    assert!(server.folder().join("etc/state/vestibule.db").is_file());
}

#[test]
fn a_folder_that_cannot_be_made_stops_the_start() {
    let server = Server::prepare();
    std::fs::write(server.folder().join("data"), "a file in the way").unwrap();
    refused(&server, &["the data folder"]);
}

#[test]
fn the_database_can_lie_elsewhere() {
    for (url, file) in [("sqlite:other.db", "other.db"), ("sqlite:sub/other.db", "sub/other.db")] {
        let server = Server::on_sqlite().with("VESTIBULE_DATABASE_URL", url);
        std::fs::create_dir(server.folder().join("sub")).unwrap();
        assert_eq!(server.cli(&["migrate"]).code, 0, "{url}");
        assert!(server.folder().join(file).is_file(), "{url}");
        assert!(!server.folder().join("data/vestibule.db").exists());
    }
    let server = Server::on_sqlite().with("VESTIBULE_DATABASE_URL_FILE", "url");
    std::fs::write(server.folder().join("url"), "sqlite:other.db\n").unwrap();
    assert_eq!(server.cli(&["migrate"]).code, 0);
    assert!(server.folder().join("other.db").is_file());
    for bad in [
        "mysql://user:secret@host/db",
        "postgres://user:secret@127.0.0.1:1/",
        "other.db",
        "sqlite:",
        "sqlite::memory:",
        "sqlite:x?mode=memory",
    ] {
        let server = Server::on_sqlite().with("VESTIBULE_DATABASE_URL", bad);
        refused(&server, &["database_url"]);
        assert!(!server.refuses_to_start(&["serve"]).stderr.contains("secret"), "{bad}");
    }
    let missing = Server::on_sqlite().with("VESTIBULE_DATABASE_URL", "sqlite:no/such/folder/x.db");
    assert_eq!(missing.refuses_to_start(&["serve"]).code, 1);
}

#[test]
fn a_file_that_is_no_database_stops_the_start() {
    let server = Server::on_sqlite();
    std::fs::create_dir(server.folder().join("data")).unwrap();
    std::fs::write(
        server.folder().join("data/vestibule.db"),
        "this is not a database, but it is long enough".repeat(99),
    )
    .unwrap();
    refused(&server, &["database"]);
}
