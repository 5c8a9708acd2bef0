//! What works once: a row whose key lets it in a single time.

use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error::DatabaseError};

use super::DbConnection;

/// Inserts a row, unless there is one with its key already. Answers whether it was the first: of many that come at the
/// same time, on whichever node, one is.
///
/// The insert has a savepoint of its own, because PostgreSQL refuses everything after a statement that failed.
pub(crate) fn insert_once(
    connection: &mut DbConnection,
    insert: impl FnOnce(&mut DbConnection) -> QueryResult<usize>,
) -> QueryResult<bool> {
    match connection.transaction(insert) {
        Ok(_) => Ok(true),
        Err(DatabaseError(DatabaseErrorKind::UniqueViolation, _)) => Ok(false),
        Err(error) => Err(error),
    }
}
