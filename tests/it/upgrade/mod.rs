//! Files of every schema that there was: each is brought up to date by the start of the server, with a backup of
//! what it was beside it.

mod dump;
mod killed;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use crate::support::{Connection, Server};

/// The SQL dumps, the oldest first. Each is of what the migrations of a commit made, with a few rows in each table.
fn schemas() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/upgrade/schemas");
    let mut dumps: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    dumps.sort();
    assert!(dumps.len() >= 11, "{dumps:?}");
    dumps
}

/// A folder with a new database.
fn migrated() -> Server {
    let server = Server::on_sqlite();
    assert_eq!(server.cli(&["migrate"]).code, 0);
    server
}

/// A folder with the database of a dump, and the secret key that belongs to it.
fn with_database_of(dump: &Path) -> Server {
    let server = Server::on_sqlite();
    let data = server.folder().join("data");
    fs::create_dir(&data).unwrap();
    fs::set_permissions(&data, fs::Permissions::from_mode(0o700)).unwrap();
    let mut database = server.connection();
    // The dumps name tables before those that they refer to.
    database.batch("PRAGMA foreign_keys = OFF");
    database.batch(&fs::read_to_string(dump).unwrap());
    fs::write(data.join("secret_key"), "B".repeat(85) + "A==").unwrap();
    fs::set_permissions(data.join("secret_key"), fs::Permissions::from_mode(0o600)).unwrap();
    server
}

/// The columns of every table, sorted, but for what a restore adds.
fn columns(connection: &mut Connection) -> Vec<String> {
    let query = "SELECT tables.name || '.' || columns.name || ' ' || columns.type || ' ' || columns.\"notnull\"
                 FROM sqlite_schema AS tables, pragma_table_info(tables.name) AS columns
                 WHERE tables.type = 'table' AND tables.name <> 'vestibule_backup'
                 ORDER BY tables.name, columns.name";
    connection.sql(query)
}

fn indexes(connection: &mut Connection) -> Vec<String> {
    connection.sql("SELECT name || tbl_name FROM sqlite_schema WHERE type = 'index' ORDER BY name")
}

fn open(file: &Path) -> Connection {
    Connection::to_sqlite(file)
}

/// The backup that was made before the upgrade, if there is one.
fn backup(server: &Server) -> Option<PathBuf> {
    let files = fs::read_dir(server.folder().join("data/backups")).ok()?;
    let mut backups: Vec<PathBuf> = files.map(|file| file.unwrap().path()).collect();
    assert_eq!(backups.len(), 1, "{backups:?}");
    assert!(backups[0].to_str().unwrap().ends_with("-before-upgrade.db"), "{backups:?}");
    backups.pop()
}

#[test]
fn what_is_copied_into_is_not_brought_up_to_date_behind_the_back_of_its_server() {
    let there = with_database_of(&schemas()[0]);
    let before = columns(&mut there.connection());
    let target = format!("sqlite:{}", there.folder().join("data/vestibule.db").display());
    let copied = migrated().cli(&["db", "copy", "--to", &target]);
    assert!(copied.code == 1 && copied.stderr.contains("copy into a new database"), "{copied:?}");
    assert_eq!(columns(&mut there.connection()), before);
}

#[test]
fn each_is_brought_up_to_date_and_what_it_was_is_kept() {
    let new = migrated();
    let (wanted, wanted_indexes) = (columns(&mut new.connection()), indexes(&mut new.connection()));
    let newest = new.sql("SELECT version FROM __diesel_schema_migrations ORDER BY version");
    for dump in schemas() {
        let name = dump.file_name().unwrap().to_str().unwrap();
        let server = with_database_of(&dump);
        let (was, versions) =
            (columns(&mut server.connection()), "SELECT version FROM __diesel_schema_migrations ORDER BY version");
        let before = server.sql(versions);
        let server = server.and_start();
        assert_eq!(server.sql(versions), newest, "{name}");
        assert_eq!(columns(&mut server.connection()), wanted, "{name}");
        assert_eq!(indexes(&mut server.connection()), wanted_indexes, "{name}");
        assert_eq!(server.sql("SELECT integrity_check FROM pragma_integrity_check"), ["ok"], "{name}");
        let mut browser = server.signed_in("roy", "roy");
        if was.iter().any(|column| column.starts_with("todos.")) {
            assert!(browser.get("/todos").says("Repair the gate"), "{name}");
        }
        assert_eq!(server.cli(&["user", "show", "zoë"]).code, 0, "{name}");
        match backup(&server) {
            Some(file) => {
                assert_eq!(columns(&mut open(&file)), was, "{name}: as it was");
                assert_eq!(open(&file).sql(versions), before, "{name}");
                let key = open(&file).sql("SELECT secret_key FROM vestibule_backup");
                assert_eq!(key, ["B".repeat(85) + "A=="], "{name}");
                let other = Server::on_sqlite();
                assert_eq!(other.cli(&["restore", file.to_str().unwrap()]).code, 0, "{name}");
                assert!(other.and_start().signed_in("roy", "roy").is_signed_in(), "{name}: it restores");
            }
            None => assert_eq!(before, newest, "{name}: only what is up to date needs no backup"),
        }
    }
}

#[test]
fn without_room_for_a_backup_nothing_is_changed() {
    let server = with_database_of(&schemas()[0]);
    fs::create_dir(server.folder().join("data/backups")).unwrap();
    let server = server.with_mounts("mount -t tmpfs -o size=16k none data/backups");
    let before = server.row_counts();
    for arguments in [&["serve"][..], &["migrate"], &["user", "list"]] {
        let refused = server.refuses_to_start(arguments);
        assert_eq!((refused.code, refused.stderr.lines().count()), (1, 1), "{refused:?}");
        assert!(
            refused.stderr.contains("no backup can be made before the database is brought up to date"),
            "{refused:?}"
        );
        assert!(refused.stderr.contains("disk is full"), "{refused:?}");
    }
    assert_eq!(server.row_counts(), before);
}

#[test]
fn a_new_database_and_one_that_is_up_to_date_need_no_backup() {
    let server = migrated();
    assert_eq!(server.cli(&["migrate"]).code, 0);
    assert!(!server.folder().join("data/backups").exists());
}
