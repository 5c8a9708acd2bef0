//! What a restore refuses, and leaves as it is.

use std::fs;
use std::io::Write;
use std::os::unix::net::UnixListener;

use super::{back_up, names};
use crate::support::{Connection, Output, Server, wait_for};

/// Fails unless a command stops with one sentence that holds all of the parts.
#[track_caller]
fn says(output: &Output, parts: &[&str]) {
    assert_eq!((output.code, output.stdout.as_str(), output.stderr.lines().count()), (1, "", 1), "{output:?}");
    for part in parts {
        assert!(output.stderr.contains(part), "{part}: {output:?}");
    }
}

#[test]
fn over_a_running_server_and_beside_another_command() {
    let mut server = Server::on_sqlite().and_seed().and_start();
    back_up(&server, "all.db");
    let before = server.row_counts();
    says(&server.cli(&["restore", "all.db"]), &["a server runs on the data folder data", "stop it first"]);
    assert!(server.admin().is_signed_in());
    assert_eq!(server.terminate(), 0);

    let mut following = server.command(&["audit", "--follow"]).stdout(std::process::Stdio::piped()).spawn().unwrap();
    let locked = || server.cli(&["restore", "all.db"]);
    wait_for("the command to use the folder", || crate::support::has_open(following.id(), "use.lock").then_some(()));
    says(&locked(), &["another command uses the data folder data"]);
    following.kill().unwrap();
    following.wait().unwrap();
    assert_eq!(server.row_counts().len(), before.len());
    assert_eq!(locked().code, 0);
}

#[test]
fn a_second_server_on_the_same_folder() {
    let mut server = Server::on_sqlite().and_seed().and_start();
    let refused = server.refuses_to_start(&["serve"]);
    says(&refused, &["a server runs on the data folder data already", "VESTIBULE_DATA_DIR"]);
    assert!(server.admin().is_signed_in());
    server.kill();
    server.start(&["serve"]);
    assert_eq!(server.terminate(), 0, "the lock dies with its process");
}

#[test]
fn what_is_no_backup_or_damaged_or_newer() {
    let server = Server::on_sqlite().and_seed();
    let folder = server.folder();
    back_up(&server, "all.db");
    let whole = fs::read(folder.join("all.db")).unwrap();
    fs::write(folder.join("text"), "this is not a database, but it is long enough".repeat(99)).unwrap();
    fs::write(folder.join("empty"), "").unwrap();
    fs::write(folder.join("cut"), &whole[..whole.len() / 2]).unwrap();
    let mut flipped = whole.clone();
    for page in 4..whole.len() / 4096 {
        flipped[page * 4096..page * 4096 + 64].fill(0xff);
    }
    fs::write(folder.join("flipped"), flipped).unwrap();
    let mut other = fs::File::create(folder.join("other")).unwrap();
    other.write_all(&whole).unwrap();
    server.sql_at("other", "SELECT 1");
    let data = names(&folder.join("data"));
    let before = server.row_counts();
    for (file, why) in [
        ("missing", "can't be read"),
        ("data", "can't be read"),
        ("text", "not a backup"),
        ("empty", "no table users"),
        ("cut", "not a backup"),
        ("flipped", "not a backup"),
    ] {
        let refused = server.cli(&["restore", file]);
        says(&refused, &[file, why]);
    }
    for own in ["data/vestibule.db", "./data/../data/vestibule.db"] {
        says(&server.cli(&["restore", own]), &["is a file of the server itself"]);
        says(&server.cli(&["backup", own, "--force"]), &["is a file of the server itself"]);
    }
    says(&server.cli(&["backup", "data/secret_key", "--force"]), &["is a file of the server itself"]);
    let _socket = UnixListener::bind(server.folder().join("socket")).unwrap();
    says(&server.cli(&["backup", "socket", "--force"]), &["socket is no file that a backup could take the place of"]);
    let made: Vec<String> = names(&folder.join("data")).into_iter().filter(|name| !data.contains(name)).collect();
    assert_eq!(made, ["serve.lock"], "nothing else was made");
    assert_eq!(server.row_counts(), before);

    let mut connection = Connection::to_sqlite(&folder.join("all.db"));
    connection.execute("INSERT INTO __diesel_schema_migrations (version) VALUES ('20990101000001')");
    drop(connection);
    says(&server.cli(&["restore", "all.db"]), &["newer version of Vestibule", "20990101000001"]);
}

#[test]
fn a_folder_that_cannot_be_written_and_a_database_that_is_not_there() {
    let server = Server::on_sqlite();
    says(&server.cli(&["backup"]), &["there is no database"]);
    let server = server.and_seed();
    says(&server.cli(&["backup", "no/such/folder/all.db"]), &["no/such/folder/all.db", "can't be written"]);
    says(&server.cli(&["backup", "/proc/all.db"]), &["/proc/all.db", "can't be written"]);
    says(&server.cli(&["backup", "data", "--force"]), &["data is no file that a backup could take the place of"]);
    fs::remove_file(server.folder().join("data/secret_key")).unwrap();
    says(&server.cli(&["backup", "all.db"]), &["there is no secret key", "--without-key"]);
    assert_eq!(server.cli(&["backup", "all.db", "--without-key"]).code, 0);
}
