//! Backups: everything in one file, while the server runs. They are the same on PostgreSQL, so most of this runs on both;
//! what has to do with the database's own file, or with killing who works on it, is in `tests/postgres` for PostgreSQL.

mod ended;
mod killed;
mod pruned;
mod refused;
mod restored;
mod timer;
mod under_load;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use crate::support::Server;

/// Makes a backup by the command line, to a file in the server's folder.
fn back_up(server: &Server, file: &str) {
    let made = server.cli(&["backup", file]);
    assert_eq!((made.code, made.stdout.trim_end()), (0, file), "{made:?}");
}

/// Restores a file of this folder into another one.
fn restore(server: &Server, file: &Path) {
    server.wait_until_left();
    let restored = server.cli(&["restore", file.to_str().unwrap()]);
    assert_eq!((restored.code, restored.stdout.as_str()), (0, ""), "{restored:?}");
    assert!(restored.stderr.contains("Everyone has to log in again."), "{restored:?}");
}

/// The usernames, sorted.
fn accounts(server: &Server) -> Vec<String> {
    server.sql("SELECT username FROM users ORDER BY username")
}

/// The names of the files of a folder, sorted.
fn names(folder: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// The files in the folder of the backups that were made for a reason, the oldest first.
fn kept(server: &Server, occasion: &str) -> Vec<PathBuf> {
    let folder = server.folder().join("data/backups");
    let end = format!("-{occasion}.db");
    names(&folder).iter().filter(|name| name.ends_with(&end)).map(|name| folder.join(name)).collect()
}

#[test]
fn one_file_has_everything_and_is_for_its_owner_only() {
    let server = Server::prepare().and_seed().and_start();
    let mut browser = server.signed_in("roy", "roy");
    let made = server.cli(&["backup", "all.db"]);
    assert_eq!((made.code, made.stdout.as_str()), (0, "all.db\n"));
    assert!(made.stderr.contains("holds the secret key"), "{made:?}");
    let file = server.folder().join("all.db");
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(names(server.folder()), ["all.db", "data"], "nothing stays beside it");
    let key = fs::read_to_string(server.folder().join("data/secret_key")).unwrap();
    assert_eq!(server.sql_at("all.db", "SELECT secret_key FROM vestibule_backup"), [key.trim()]);
    assert_eq!(server.sql_at("all.db", "SELECT count(*) FROM users"), ["4"]);
    assert!(browser.is_signed_in(), "the server goes on");

    let without = server.cli(&["backup", "keyless.db", "--without-key"]);
    assert_eq!((without.code, without.stderr.as_str()), (0, ""), "{without:?}");
    assert_eq!(server.sql_at("keyless.db", "SELECT secret_key FROM vestibule_backup"), ["NULL"]);
    let bytes = fs::read(server.folder().join("keyless.db")).unwrap();
    assert!(!bytes.windows(86).any(|text| text == &key.as_bytes()[..86]), "nowhere in it");
}

#[test]
fn without_a_name_it_goes_to_the_folder_of_the_backups_which_keeps_so_many() {
    let server = Server::prepare().with("VESTIBULE_BACKUP_KEEP", "2").and_seed();
    let made: Vec<String> = (0..4).map(|_| server.cli(&["backup"]).stdout.trim_end().to_owned()).collect();
    let kept: Vec<String> =
        kept(&server, "asked").iter().map(|path| path.file_name().unwrap().to_str().unwrap().to_owned()).collect();
    assert_eq!(kept, made[2..].iter().map(|path| path.rsplit('/').next().unwrap()).collect::<Vec<_>>());
    assert_eq!(fs::metadata(server.folder().join("data/backups")).unwrap().permissions().mode() & 0o777, 0o700);

    let elsewhere = server.with("VESTIBULE_BACKUP_DIR", "mirror/of/it");
    let made = elsewhere.cli(&["backup"]).stdout;
    assert!(
        made.starts_with("mirror/of/it/vestibule-") && elsewhere.folder().join(made.trim_end()).is_file(),
        "{made}"
    );
}

#[test]
fn a_file_that_is_there_is_replaced_only_on_demand() {
    let server = Server::prepare().and_seed();
    fs::write(server.folder().join("notes"), "mine").unwrap();
    let refused = server.cli(&["backup", "notes"]);
    assert_eq!((refused.code, refused.stdout.as_str()), (4, ""), "{refused:?}");
    assert!(refused.stderr.contains("notes is there already") && refused.stderr.contains("--force"), "{refused:?}");
    assert_eq!(fs::read(server.folder().join("notes")).unwrap(), b"mine");
    assert_eq!(server.cli(&["backup", "notes", "--force"]).code, 0);
    assert_eq!(server.sql_at("notes", "SELECT count(*) FROM users"), ["4"]);
}
