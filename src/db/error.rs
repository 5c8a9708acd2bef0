//! What can go wrong with a database. For a visitor all of it is the same: try again later.

/// A database that did not do as it was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No connection came free or could be opened in time.
    #[error("the database can't be reached: {0}")]
    Unreachable(String),
    /// A statement failed: locked for too long, disk full, read-only, or a rule of the schema.
    #[error("the database refused a statement: {0}")]
    Statement(#[from] diesel::result::Error),
    /// A migration failed.
    #[error("a migration failed: {0}")]
    Migration(Box<dyn std::error::Error + Send + Sync>),
    /// The thread that held the connection panicked or the runtime is going down.
    #[error("the database work was interrupted")]
    Interrupted,
}

/// The result of database work.
pub type Result<T> = std::result::Result<T, Error>;
