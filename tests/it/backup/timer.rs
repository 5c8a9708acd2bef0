//! The backups that a server makes by itself.

use std::fs;

use super::{kept, names};
use crate::support::{Server, wait_for};

/// A backup of long ago, as far as its name tells.
fn old(server: &Server, stamp: &str) -> String {
    let folder = server.folder().join("data/backups");
    fs::create_dir_all(&folder).unwrap();
    let name = format!("vestibule-{stamp}-timer.db");
    fs::write(folder.join(&name), "").unwrap();
    name
}

#[test]
fn one_that_is_due_is_made_and_the_oldest_of_its_kind_go() {
    let server = Server::prepare().with("VESTIBULE_BACKUP_HOURS", "24").with("VESTIBULE_BACKUP_KEEP", "3").and_seed();
    let names: Vec<String> = (1..=4).map(|day| old(&server, &format!("2026010{day}T000000.000Z"))).collect();
    let (asked, mine) = (server.cli(&["backup"]).stdout, server.folder().join("data/backups/mine.db"));
    fs::write(&mine, "").unwrap();
    let server = server.and_start();
    let made = wait_for("the backup", || {
        let kept = kept(&server, "timer");
        kept.last().filter(|last| last.metadata().unwrap().len() > 0 && kept.len() == 3).cloned()
    });
    wait_for("a line in the log", || server.stderr().contains("a backup was made").then_some(()));
    let left: Vec<_> = kept(&server, "timer");
    assert!(left[0].ends_with(&names[2]) && left[1].ends_with(&names[3]), "{left:?}");
    let made = made.strip_prefix(server.folder()).unwrap().to_str().unwrap().to_owned();
    assert_eq!(server.sql_at(&made, "SELECT count(*) FROM users"), ["4"]);
    assert!(server.folder().join(asked.trim_end()).exists() && mine.exists(), "others stay");
}

#[test]
fn none_is_made_when_it_is_not_due_or_not_wanted() {
    let just_now = chrono::Utc::now().format("%Y%m%dT%H%M%S%.3fZ").to_string();
    for (hours, stamp) in [("24", just_now.as_str()), ("0", "20260101T000000.000Z")] {
        let server = Server::prepare().with("VESTIBULE_BACKUP_HOURS", hours).and_seed();
        old(&server, stamp);
        let mut server = server.and_start();
        (0..20).for_each(|_| assert!(server.admin().is_signed_in()));
        assert_eq!(server.terminate(), 0);
        assert_eq!(names(&server.folder().join("data/backups")).len(), 1, "{hours}");
    }
}

#[test]
fn one_that_finds_no_room_is_told_leaves_nothing_and_the_server_goes_on() {
    let full =
        "mount -t tmpfs -o size=64k none data/backups && touch data/backups/vestibule-20260101T000000.000Z-timer.db";
    let server = Server::on_sqlite().and_seed();
    fs::create_dir(server.folder().join("data/backups")).unwrap();
    let server = server.with_mounts(full).and_start();
    wait_for("the sentence in the log", || server.stderr().contains("no backup was made").then_some(()));
    assert!(server.stderr().contains("disk is full"), "{}", server.stderr());
    assert!(server.admin().is_signed_in());
    let inside = format!("/proc/{}/root{}/data/backups", server.id(), server.folder().display());
    assert_eq!(names(std::path::Path::new(&inside)), ["vestibule-20260101T000000.000Z-timer.db"]);
}
