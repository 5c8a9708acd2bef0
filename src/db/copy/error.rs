//! Why a database was not copied.

use crate::db::Error;

/// Why not everything was copied. Then nothing was.
#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    /// A database did not do as it was asked.
    #[error(transparent)]
    Database(#[from] Error),
    /// There is something in the target.
    #[error(
        "the target has rows already, in {0}: copy into a new database, so that nothing of two servers is mixed up"
    )]
    NotEmpty(String),
    /// Something is stored in a way that the program never writes it.
    #[error("the table {table} has a value in {column} that is no {kind}")]
    Foreign {
        /// Where it is.
        table: String,
        /// In which column.
        column: String,
        /// What it should be.
        kind: &'static str,
    },
    /// Rows are missing after all.
    #[error("{table} has {from} rows and its copy {to}, so nothing was copied")]
    Differs {
        /// The table.
        table: String,
        /// Rows of the source.
        from: i64,
        /// Rows of the target.
        to: i64,
    },
}

impl From<diesel::result::Error> for CopyError {
    fn from(error: diesel::result::Error) -> CopyError {
        CopyError::Database(error.into())
    }
}
