//! What a look at a database finds wrong with it, for an operator who asks. Nothing is changed.

use chrono::NaiveDateTime;
use diesel::connection::SimpleConnection;
use diesel::dsl::max;
use diesel::prelude::*;
use diesel_migrations::MigrationHarness;

use super::backup::{damage, open};
use super::schema::{audit_events, key_checks};
use super::{DatabaseUrl, Error, MIGRATIONS, refuse_newer};
#[cfg(feature = "postgres")]
use super::{DbConnection, PostgresUrl, Result, now, postgres};

/// What was found.
#[derive(Debug, Default)]
pub struct Condition {
    /// Sentences about what is wrong.
    pub wrong: Vec<String>,
    /// Whether there is nothing in it, not even tables, as on a server that was just prepared.
    pub is_blank: bool,
    /// Whether there are migrations that have not run yet.
    pub is_older: bool,
    /// When the newest event of the audit was recorded, in UTC.
    pub newest_event: Option<NaiveDateTime>,
    /// When the newest backup of a server's database was recorded, in UTC. Those of a file are found beside it.
    pub newest_backup: Option<NaiveDateTime>,
    /// What it keeps of the secret key that it was used with.
    pub key_check: Option<String>,
}

/// Looks at a database that is there: whether it can be read and written, is whole, and is of this version. Backups of a
/// server's are recorded as this event.
#[cfg_attr(not(feature = "postgres"), allow(unused_variables, reason = "a file has no such records"))]
pub fn look(database: &DatabaseUrl, backed_up: &str) -> Condition {
    let mut condition = Condition::default();
    match database {
        DatabaseUrl::Sqlite(path) => match open(path, "mode=rw") {
            Ok(mut connection) => examine(&mut connection, &mut condition),
            Err(error) => condition.wrong.push(error.to_string()),
        },
        #[cfg(feature = "postgres")]
        DatabaseUrl::Postgres(url) => {
            if let Err(error) = examine_server(url, backed_up, &mut condition) {
                condition.wrong.push(error.to_string());
            }
        }
    }
    condition
}

fn examine(connection: &mut SqliteConnection, condition: &mut Condition) {
    match damage(connection) {
        Ok(None) => {}
        Ok(Some(damage)) => {
            return condition
                .wrong
                .push(format!("it is damaged ({damage}): restore a backup with `vestibule restore`"));
        }
        Err(error) => return condition.wrong.push(error.to_string()),
    }
    if let Err(error) = refuse_newer(connection) {
        return condition.wrong.push(error.to_string());
    }
    condition.is_older = connection.has_pending_migration(MIGRATIONS).unwrap_or(true);
    // As any change does: it takes the write lock, and gives it back.
    if let Err(error) = connection.batch_execute("BEGIN IMMEDIATE; ROLLBACK") {
        let error = Error::from(error).to_string();
        condition.wrong.push(match error.contains("locked") {
            true => {
                "another program has locked it for longer than five seconds, so that nothing can be written: end what \
                     has it open (`fuser` and `lsof` tell)"
                    .to_owned()
            }
            false => format!("it can't be written: {error}"),
        });
    }
    if !condition.is_older {
        condition.newest_event = audit_events::table.select(max(audit_events::at)).first(connection).ok().flatten();
        condition.key_check = key_checks::table.select(key_checks::value).first(connection).ok();
    }
}

/// The same of a server, which looks after its own files.
#[cfg(feature = "postgres")]
fn examine_server(url: &PostgresUrl, backed_up: &str, condition: &mut Condition) -> Result<()> {
    let DbConnection::Postgres(mut connection) = postgres::open(url)? else { return Ok(()) };
    postgres::refuse_other_encoding(&mut connection)?;
    if !postgres::can_write(&mut connection)? {
        // Diesel can't be asked what has run, since it makes the table of that first.
        condition.wrong.push("it can't be written: it is read-only, as a standby is".to_owned());
        return Ok(());
    }
    if postgres::migrations(&mut connection)?.is_empty() {
        condition.is_blank = true;
        return Ok(());
    }
    refuse_newer(&mut connection)?;
    condition.is_older = connection.has_pending_migration(MIGRATIONS).map_err(Error::Migration)?;
    if !condition.is_older {
        condition.newest_event = audit_events::table.select(max(audit_events::at)).first(&mut connection)?;
        // What a clock that was ahead has recorded does not count, as among the files.
        let backups = audit_events::table.filter(audit_events::event.eq(backed_up)).filter(audit_events::at.le(now()));
        condition.newest_backup = backups.select(max(audit_events::at)).first(&mut connection)?;
        condition.key_check = key_checks::table.select(key_checks::value).first(&mut connection).optional()?;
    }
    Ok(())
}
