//! The SQLite files behind backups: how they are opened, copied, checked and removed.

use std::fs;
use std::io;
use std::path::{Path, PathBuf, absolute};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use rustix::fs::statvfs;

use super::error::{Error, Result, about};
use crate::db::{self, DatabaseUrl, draft::folder_of};

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    integrity_check: String,
}

/// What SQLite finds wrong with a file, in short.
pub(in crate::db) fn damage(connection: &mut SqliteConnection) -> Result<Option<String>> {
    let lines: Vec<Line> = match diesel::sql_query("PRAGMA integrity_check(3)").load(connection) {
        Ok(lines) => lines,
        Err(error) => return Ok(Some(error.to_string())),
    };
    let wrong: Vec<String> = lines.into_iter().map(|line| line.integrity_check).filter(|line| line != "ok").collect();
    Ok((!wrong.is_empty()).then(|| wrong.join("; ").replace('\n', " ")))
}

/// Whether a database has a table.
pub(super) fn has_table(connection: &mut SqliteConnection, name: &str) -> QueryResult<bool> {
    let query = diesel::sql_query("SELECT count(*) AS number FROM sqlite_schema WHERE type = 'table' AND name = ?");
    query.bind::<Text, _>(name).get_result(connection).map(|found: Number| found.number > 0)
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

/// What stays free beside a backup, so that a server on the same disk can go on writing.
const SPARE: u64 = 4 << 20;

/// Refuses to copy a database to where there is no room for it: a copy that is broken off has filled the disk for a
/// while.
pub(super) fn demand_room(connection: &mut SqliteConnection, to: &Path) -> Result<()> {
    let query = "SELECT (page_count - freelist_count) * page_size AS number
                 FROM pragma_page_count, pragma_freelist_count, pragma_page_size";
    let size: Number = diesel::sql_query(query).get_result(connection)?;
    let needs = u64::try_from(size.number).unwrap_or_default().saturating_add(SPARE);
    match statvfs(folder_of(to)) {
        // Some file systems don't tell their size.
        Ok(disk) if disk.f_blocks > 0 && disk.f_bavail.saturating_mul(disk.f_frsize) < needs => {
            let free = disk.f_bavail.saturating_mul(disk.f_frsize);
            Err(Error::NoRoom { path: to.to_owned(), needs, free })
        }
        // Whoever writes there learns what is wrong with it.
        _ => Ok(()),
    }
}

/// Copies a database into an empty file: what was committed when it begins.
pub(super) fn copy(connection: &mut SqliteConnection, from: &Path, to: &Path) -> Result<()> {
    let whole = absolute(to).map_err(about(to, "written"))?;
    let text = whole.to_str().ok_or_else(|| db::Error::Unreachable("the path of the file is not UTF-8".into()))?;
    let copied = diesel::sql_query("VACUUM INTO ?").bind::<Text, _>(text).execute(connection);
    let failed =
        |error: diesel::result::Error| Error::Copy { from: from.to_owned(), to: to.to_owned(), why: error.to_string() };
    copied.map(drop).map_err(failed)
}

/// Opens a file that is there, with what the URI says about how.
pub(in crate::db) fn open(path: &Path, how: &str) -> Result<SqliteConnection> {
    let whole = absolute(path).map_err(about(path, "opened"))?;
    let text = whole.to_str().ok_or_else(|| db::Error::Unreachable("the path of the file is not UTF-8".into()))?;
    let escaped = text.replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    let opened = SqliteConnection::establish(&format!("file:{escaped}?{how}"));
    let mut connection = opened.map_err(|error| about(path, "opened")(io::Error::other(error)))?;
    connection.batch_execute("PRAGMA busy_timeout = 5000")?;
    Ok(connection)
}

pub(super) fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}

pub(super) fn remove_with_logs(path: &Path) -> io::Result<()> {
    ["", "-wal", "-shm", "-journal"].iter().try_for_each(|end| remove(&beside(path, end)))
}

pub(super) fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// The file of a database; a server's has none.
pub fn file_of(database: &DatabaseUrl) -> Option<&Path> {
    match database {
        DatabaseUrl::Sqlite(path) => Some(path),
        #[cfg(feature = "postgres")]
        DatabaseUrl::Postgres(_) => None,
    }
}

/// The files that a database consists of: itself, and what is committed and not in it yet. None of a server's.
pub fn files_of(database: &DatabaseUrl) -> Vec<PathBuf> {
    file_of(database).map(|path| vec![path.to_owned(), beside(path, "-wal")]).unwrap_or_default()
}
