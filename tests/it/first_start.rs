//! The first start in a folder, and commands in a folder where nothing has started yet.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Stdio;

use crate::support::Server;

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap_or_else(|error| panic!("{}: {error}", path.display())).permissions().mode() & 0o777
}

#[test]
fn processes_that_start_at_once_in_an_empty_folder_agree() {
    for round in 0..6 {
        let server = Server::prepare();
        let children: Vec<_> = (0..6)
            .map(|number| {
                let name = format!("user{number}");
                let arguments: &[&str] =
                    if number % 2 == 0 { &["migrate"] } else { &["user", "add", &name, "--random"] };
                server.command(arguments).stdin(Stdio::null()).stdout(Stdio::null()).spawn().unwrap()
            })
            .collect();
        for child in children {
            let output = child.wait_with_output().unwrap();
            assert!(output.status.success(), "round {round}: {}", String::from_utf8_lossy(&output.stderr));
        }
        assert_eq!(server.sql("SELECT count(*) FROM users"), ["3"]);
        let drafts = fs::read_dir(server.folder().join("data")).unwrap();
        let drafts = drafts.filter(|entry| entry.as_ref().unwrap().file_name().to_str().unwrap().starts_with("secret"));
        assert_eq!(drafts.count(), 1, "one key, and no draft of one");
    }
}

#[test]
fn what_the_program_writes_is_for_its_owner_only() {
    let mut server = Server::seeded();
    server.admin();
    let data = server.folder().join("data");
    assert_eq!(mode(&data), 0o700);
    let mut files = vec!["secret_key"];
    if server.postgres().is_none() {
        files.extend(["vestibule.db", "vestibule.db-wal", "vestibule.db-shm"]);
    }
    for file in files {
        assert_eq!(mode(&data.join(file)), 0o600, "{file}");
    }
    assert!(!server.stderr().contains("chmod"));
    server.terminate();

    let elsewhere = Server::on_sqlite().with("VESTIBULE_DATABASE_URL", "sqlite:shop.db").and_start();
    for file in ["shop.db", "shop.db-wal", "shop.db-shm"] {
        assert_eq!(mode(&elsewhere.folder().join(file)), 0o600, "{file}");
    }
}

#[test]
fn a_data_folder_that_others_can_open_is_warned_of() {
    let server = Server::prepare();
    let data = server.folder().join("data");
    fs::create_dir(&data).unwrap();
    fs::set_permissions(&data, fs::Permissions::from_mode(0o750)).unwrap();
    let server = server.and_start();
    assert!(server.stderr().contains("Warning: the data folder data "), "{}", server.stderr());
    assert_eq!(mode(&data), 0o750, "it stays as its owner wanted it");
}

#[test]
fn commands_about_what_is_there_make_nothing_in_a_wrong_folder() {
    // A database of PostgreSQL is in no folder, and nothing makes one.
    let server = Server::on_sqlite();
    for arguments in [
        &["user", "list"][..],
        &["user", "show", "anna"],
        &["user", "delete", "anna", "--yes"],
        &["session", "list"],
        &["session", "end", "--all"],
        &["throttle", "list"],
        &["throttle", "clear", "--all"],
        &["key", "list"],
        &["overview"],
        &["key", "rotate"],
        &["token", "issue", "anna"],
    ] {
        let output = server.cli(arguments);
        assert_eq!((output.code, output.stdout.as_str()), (1, ""), "{arguments:?}: {output:?}");
        assert!(output.stderr.contains("data/vestibule.db") && output.stderr.contains("migrate"), "{output:?}");
    }
    assert_eq!(fs::read_dir(server.folder()).unwrap().count(), 0, "nothing was made");
    for arguments in [&["user", "add", "anna", "--random"][..], &["migrate"], &["seed"]] {
        let server = Server::on_sqlite();
        let output = server.cli(arguments);
        assert_eq!(output.code, 0, "{arguments:?}: {output:?}");
        let database = server.folder().canonicalize().unwrap().join("data/vestibule.db");
        let made = format!("Made a new database, since there was none: {}\n", database.display());
        assert!(output.stderr.contains(&made), "{made}{output:?}");
        assert!(!server.cli(arguments).stderr.contains("Made a new database"), "the second time there is one");
        assert_eq!(server.cli(&["user", "list"]).code, 0);
    }
}

#[test]
fn the_version_can_be_asked_for_in_each_usual_way() {
    let server = Server::prepare();
    let expected = concat!("vestibule ", env!("CARGO_PKG_VERSION"), "\n");
    for argument in ["version", "--version", "-V"] {
        let output = server.cli(&[argument]);
        assert_eq!((output.code, output.stdout.as_str()), (0, expected), "{argument}: {output:?}");
    }
}

#[test]
fn sample_accounts_are_not_made_where_strangers_come_by_a_proxy() {
    let server = Server::prepare().public("https://login.example.com");
    for arguments in [&["seed"][..], &["serve", "--seed"]] {
        let said = server.refuses_to_start(arguments).stderr;
        assert!(said.contains("https://login.example.com"), "{said}");
        assert!(!server.folder().join("data").exists(), "{arguments:?}");
    }
    assert_eq!(server.cli(&["seed", "--force"]).code, 0, "whoever insists gets them");
    let loopback = Server::prepare().with("VESTIBULE_PUBLIC_URL", "https://localhost:8443");
    assert_eq!(loopback.cli(&["seed"]).code, 0);
}

#[test]
fn a_name_cannot_turn_the_direction_of_a_terminal() {
    let server = Server::prepare().and_seed();
    server.execute("UPDATE users SET display_name = 'R\u{61c}oy\u{202e}' WHERE username = 'roy'");
    let listed = server.cli(&["user", "list"]).stdout;
    assert!(listed.contains("R\u{FFFD}oy\u{FFFD}"), "{listed}");
}
