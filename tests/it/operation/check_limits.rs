//! `vestibule check` where something is in its way: a folder that can't be made, locks of others, few open files.

use std::fs;

use super::check::{check, in_order, nothing_is_wrong, one_is_wrong};
use crate::support::Server;

#[test]
fn a_folder_that_cannot_be_made_or_that_a_restore_has_is_named() {
    let server = Server::on_sqlite().with("VESTIBULE_DATA_DIR", "file/data");
    fs::write(server.folder().join("file"), "").unwrap();
    let (output, findings) = check(&server);
    let folder = findings.iter().find(|(about, state, _)| about == "data folder" && state == "wrong").unwrap();
    assert!(output.code == 1 && folder.2.contains("is not there, and can't be made"), "{findings:#?}");
    let server = in_order();
    let restoring = fs::File::open(server.folder().join("data/use.lock")).unwrap();
    restoring.lock().unwrap();
    one_is_wrong(&server, "data folder", &["such as a restore", "wait for its end"]);
    drop(restoring);
    nothing_is_wrong(&server);
}

#[test]
fn a_lock_of_the_database_that_is_let_go_in_time_is_no_trouble() {
    let server = in_order();
    let mut lock = server.connection();
    lock.batch("BEGIN EXCLUSIVE");
    std::thread::scope(|scope| {
        let checked = scope.spawn(|| check(&server));
        server.let_a_second_pass();
        drop(lock);
        let (output, findings) = checked.join().unwrap();
        assert_eq!(output.code, 0, "{findings:#?}");
    });
}

#[test]
fn fewer_open_files_than_connections_are_noted() {
    let server = in_order().with_limit("-n 256");
    let noted = nothing_is_wrong(&server);
    let files = noted.iter().find(|finding| finding.0 == "open files").expect("they are few");
    assert!(files.1 == "note" && files.2.contains("128 connections") && files.2.contains("LimitNOFILE"), "{files:?}");
}
