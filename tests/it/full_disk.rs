//! A disk without room, and one that can't be written: reads go on, nothing is half done, and it heals by itself.

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use crate::support::{Server, wait_for};

/// Puts the data folder, with what is in it, on a disk of its own of this size.
fn on_a_small_disk(server: Server, size: &str) -> Server {
    server.with_mounts(&format!(
        "cp -a data was && mount -t tmpfs -o size={size} none data && cp -a was/. data && rm -r was"
    ))
}

/// The data folder as the running server sees it.
fn data(server: &Server) -> PathBuf {
    format!("/proc/{}/root{}/data", server.id(), server.folder().display()).into()
}

/// Leaves no room on the disk.
fn fill(server: &Server) -> PathBuf {
    let path = data(server).join("fill");
    let mut file = fs::File::create(&path).unwrap();
    while file.write_all(&[0; 512]).is_ok() {}
    path
}

#[test]
fn on_a_full_disk_pages_go_on_writes_get_a_503_and_it_heals() {
    let mut server = on_a_small_disk(Server::on_sqlite().and_seed(), "8m").and_start();
    let mut admin = server.admin();
    let filled = fill(&server);
    wait_for("a login that finds no room", || (server.client().log_in("roy", "roy").status == 503).then_some(()));
    assert!(admin.get("/").says("Hello, Admin!"), "reads go on");
    let refused = server.client().log_in("roy", "roy");
    assert!(refused.status == 503 && refused.header("retry-after").is_some(), "{refused:?}");
    fs::remove_file(filled).unwrap();
    assert_eq!(server.client().log_in("roy", "roy").leads_to(), (303, "/"), "it heals by itself");
    assert!(admin.is_signed_in());
    assert_eq!(server.terminate(), 0);
}

#[test]
fn a_start_and_commands_on_a_folder_that_cannot_be_written_say_so() {
    let server = Server::on_sqlite().and_seed().with_mounts("mount --bind data data && mount -o remount,bind,ro data");
    for arguments in [&["serve"][..], &["user", "list"], &["user", "add", "zoe", "--random"], &["backup"]] {
        let refused = server.refuses_to_start(arguments);
        assert_eq!((refused.code, refused.stdout.as_str(), refused.stderr.lines().count()), (1, "", 1), "{refused:?}");
        let says = |word| refused.stderr.to_lowercase().contains(word);
        assert!(says("read-only") || says("readonly"), "{arguments:?}: {refused:?}");
    }
}

#[test]
fn a_restore_without_room_changes_nothing_and_leaves_nothing() {
    let server = Server::on_sqlite().and_seed();
    assert_eq!(server.cli(&["backup", "all.db"]).code, 0);
    // What is left on that disk is told as long as it is there.
    let script = "cp -a data was && mount -t tmpfs -o size=600k none data && cp -a was/. data && rm -r was && \
                  \"$PROGRAM\" restore all.db; code=$?; find data -type f | sort; \
                  \"$PROGRAM\" user show roy >&2 && exit $code; true";
    let output = server.with("PROGRAM", env!("CARGO_BIN_EXE_vestibule")).with_mounts(script).cli(&[]);
    assert_eq!(output.code, 1, "{output:?}");
    assert!(output.stderr.contains("full") || output.stderr.contains("No space left"), "{output:?}");
    let left: Vec<&str> = output.stdout.lines().collect();
    assert_eq!(left, ["data/secret_key", "data/serve.lock", "data/use.lock", "data/vestibule.db"], "{output:?}");
}

#[test]
fn a_backup_that_would_fill_the_disk_is_not_begun() {
    let server = Server::on_sqlite().and_seed();
    fs::create_dir(server.folder().join("data/backups")).unwrap();
    let server = server.with_mounts("mount -t tmpfs -o size=3m none data/backups");
    let refused = server.cli(&["backup"]);
    assert_eq!((refused.code, refused.stdout.as_str(), refused.stderr.lines().count()), (1, "", 1), "{refused:?}");
    for part in ["because the disk is full", "needs 5 MB", "and 3 MB are free"] {
        assert!(refused.stderr.contains(part), "{part}: {refused:?}");
    }
}
