//! Which files in the folder of the backups are removed, and which never are.

use std::fs;
use std::path::Path;

use super::{accounts, back_up, kept, names, restore};
use crate::support::Server;

#[test]
fn what_a_clock_that_was_ahead_has_made_goes_before_what_is_made_now() {
    let server = Server::on_sqlite().with("VESTIBULE_BACKUP_KEEP", "2").and_seed();
    let folder = server.folder().join("data/backups");
    fs::create_dir(&folder).unwrap();
    for day in 1..=2 {
        fs::write(folder.join(format!("vestibule-2199010{day}T000000.000Z-asked.db")), "").unwrap();
    }
    for left in ["21990102T000000.000Z-asked.db", ""] {
        let made = server.cli(&["backup"]);
        assert_eq!(made.code, 0, "{made:?}");
        assert!(server.folder().join(made.stdout.trim_end()).is_file(), "{made:?}");
        let kept = kept(&server, "asked");
        assert_eq!(kept.len(), 2, "{kept:?}");
        assert!(kept[1].to_str().unwrap().ends_with(left), "{kept:?}");
    }
    assert!(!names(&folder).iter().any(|name| name.contains("2199")));
}

#[test]
fn the_one_that_is_restored_stays() {
    let server = Server::on_sqlite().with("VESTIBULE_BACKUP_KEEP", "1").and_seed();
    back_up(&server, "all.db");
    server.add_user("later");
    restore(&server, Path::new("all.db"));
    let former = kept(&server, "before-restore").remove(0);
    restore(&server, &former);
    assert!(accounts(&server).contains(&"later".to_owned()));
    assert!(former.exists(), "it can be restored once more");
    restore(&server, Path::new("all.db"));
    assert_eq!(kept(&server, "before-restore").len(), 1, "and goes with a later one");
}

#[test]
fn what_killed_ones_have_left_is_removed_by_the_next() {
    let server = Server::on_sqlite().and_seed();
    let folder = server.folder().join("data/backups");
    fs::create_dir(&folder).unwrap();
    let left = ["vestibule-20260101T000000.000Z-timer.db.unfinished-1", "mine.db.unfinished-1"];
    left.iter().for_each(|name| fs::write(folder.join(name), "half of it").unwrap());
    let written = fs::File::create(folder.join("vestibule-20260101T000000.000Z-asked.db.unfinished-2")).unwrap();
    written.lock().unwrap();
    assert_eq!(server.cli(&["backup"]).code, 0);
    let names: Vec<String> = names(&folder).into_iter().filter(|name| name.contains("unfinished")).collect();
    assert_eq!(
        names,
        [left[1], "vestibule-20260101T000000.000Z-asked.db.unfinished-2"],
        "but for what is being written"
    );
}
