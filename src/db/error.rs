//! What can go wrong with a database. For a visitor all of it is the same: try again later.

use diesel::result::{DatabaseErrorKind, Error::DatabaseError};

/// A database that did not do as it was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Too many wait for a connection already.
    #[error("too many wait for the database already")]
    Busy,
    /// No connection came free or could be opened in time.
    #[error("the database can't be reached: {0}")]
    Unreachable(String),
    /// A statement failed: locked for too long, disk full, read-only, or a rule of the schema.
    #[error("the database refused a statement: {0}")]
    Statement(diesel::result::Error),
    /// What a new row belongs to is gone, such as an account that was deleted during a request of its owner.
    #[error("what this belongs to was removed in the meantime")]
    OwnerGone,
    /// Something was looked for, or should be kept, with a NUL in its text, which PostgreSQL has in none.
    #[error("no text in the database has a NUL")]
    NoSuchText,
    /// A migration failed.
    #[error("a migration failed: {0}")]
    Migration(Box<dyn std::error::Error + Send + Sync>),
    /// Another version of this program has changed the schema.
    #[error(
        "the database is of a newer version of Vestibule: the migration {unknown} has run on it, and this version, {}, \
         knows those up to {newest}. Run the version that used the database last, or restore the backup from before \
         the upgrade",
        env!("CARGO_PKG_VERSION")
    )]
    Newer {
        /// The newest migration that ran and is not one of ours.
        unknown: String,
        /// The newest of ours.
        newest: String,
    },
    /// The thread that held the connection panicked or the runtime is going down.
    #[error("the database work was interrupted")]
    Interrupted,
}

impl Error {
    /// Writes into the log what did not work because of this. That too many wait is counted where they are answered.
    pub fn log(&self, what: &str) {
        if !matches!(self, Error::Busy) {
            tracing::error!(error = %self, "{what}");
        }
    }
}

impl From<diesel::result::Error> for Error {
    fn from(error: diesel::result::Error) -> Error {
        match error {
            DatabaseError(DatabaseErrorKind::ForeignKeyViolation, _) => Error::OwnerGone,
            DatabaseError(_, about) if has_nul(about.message()) => Error::NoSuchText,
            error => Error::Statement(error),
        }
    }
}

/// Whether PostgreSQL complains of a NUL. It does so in its own language, with quotation marks of that.
fn has_nul(message: &str) -> bool {
    message.contains("UTF8") && message.trim_end().ends_with("0x00")
}

/// The result of database work.
pub type Result<T> = std::result::Result<T, Error>;

/// The column that another row has the same value in, when that is why a statement failed. SQLite names the columns, and
/// PostgreSQL the rule, which it has named after table and column.
pub(crate) fn taken_column(error: &diesel::result::Error) -> Option<String> {
    let DatabaseError(DatabaseErrorKind::UniqueViolation, about) = error else { return None };
    Some(match (about.table_name(), about.constraint_name()) {
        (Some(table), Some(rule)) => {
            let rule = rule.strip_prefix(table).unwrap_or(rule).trim_start_matches('_');
            rule.strip_suffix("_key").unwrap_or(rule).to_owned()
        }
        _ => about.message().rsplit('.').next().unwrap_or_default().to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nul_is_told_in_every_language() {
        let refused = |message: &str| DatabaseError(DatabaseErrorKind::Unknown, Box::new(message.to_owned())).into();
        for nul in [
            "invalid byte sequence for encoding \"UTF8\": 0x00",
            "ungültige Byte-Sequenz für Kodierung »UTF8«: 0x00",
            "séquence d'octets invalide pour l'encodage « UTF8 » : 0x00",
            "secuencia de bytes no válida para codificación «UTF8»: 0x00",
        ] {
            assert!(matches!(refused(nul), Error::NoSuchText), "{nul}");
        }
        for other in ["invalid byte sequence for encoding \"UTF8\": 0xe2 0x28", "deadlock detected"] {
            assert!(matches!(refused(other), Error::Statement(_)), "{other}");
        }
    }
}
