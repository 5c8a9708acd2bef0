//! Moving everything from one database into another, of whichever engine: `vestibule db copy`, and backups of a server.
//!
//! Rows travel as JSON, which both engines read and write by themselves, so that no table needs code of its own.

mod error;
mod read;
mod row;
#[cfg(feature = "postgres")]
mod server;
mod write;

use diesel::Connection as _;

use super::tables::{Table, tables};
use super::{Db, DbConnection, deadline};

pub use error::CopyError;
#[cfg(feature = "postgres")]
pub(super) use server::{into_file, refill};

/// The most rows that are held in memory.
const BATCH: usize = 1_000;

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Rows that were copied.
    pub done: u64,
    /// All rows.
    pub of: u64,
}

/// A table that was copied, and how many rows it has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copied {
    /// The table.
    pub table: String,
    /// Its rows, in the source and in the target.
    pub rows: i64,
}

/// Copies all rows of a database as it is now into an empty one, in one transaction there. Both have to be up to date.
/// What is written to the source in the meantime is not in the copy.
///
/// # Errors
/// Why nothing was copied.
pub fn copy(from: &Db, to: &Db, mut tell: impl FnMut(Progress)) -> Result<Vec<Copied>, CopyError> {
    let tables = tables()?;
    from.on_one_connection(|from| {
        from.transaction(|from| {
            read::hold_still(from, &tables)?;
            to.on_one_connection(|to| {
                to.transaction(|to| {
                    write::prepare(to, deadline())?;
                    refuse_unless_empty(to, &tables)?;
                    copy_tables(from, to, &tables, &mut tell)
                })
            })
        })
    })
}

fn refuse_unless_empty(to: &mut DbConnection, tables: &[Table]) -> Result<(), CopyError> {
    let mut full = Vec::new();
    for table in tables {
        if read::count(to, &table.name)? > 0 {
            full.push(table.name.as_str());
        }
    }
    if full.is_empty() { Ok(()) } else { Err(CopyError::NotEmpty(full.join(", "))) }
}

fn copy_tables(
    from: &mut DbConnection,
    to: &mut DbConnection,
    tables: &[Table],
    tell: &mut impl FnMut(Progress),
) -> Result<Vec<Copied>, CopyError> {
    let counts = tables.iter().map(|table| read::count(from, &table.name)).collect::<Result<Vec<i64>, _>>()?;
    let mut progress = Progress { done: 0, of: counts.iter().sum::<i64>().unsigned_abs() };
    tell(progress);
    for table in tables {
        read::batches(from, table, BATCH, |rows| {
            progress.done += rows.len() as u64;
            let rows = rows.into_iter().map(|text| row::as_written(table, &text)).collect::<Result<Vec<_>, _>>()?;
            write::insert(to, table, &rows)?;
            tell(progress);
            Ok(())
        })?;
    }
    let mut copied = Vec::new();
    for (table, from) in tables.iter().zip(counts) {
        let rows = read::count(to, &table.name)?;
        if rows != from {
            return Err(CopyError::Differs { table: table.name.clone(), from, to: rows });
        }
        copied.push(Copied { table: table.name.clone(), rows });
    }
    Ok(copied)
}
