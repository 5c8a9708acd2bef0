//! The target's half: batches of rows in one statement each.

use std::time::Instant;

#[cfg(feature = "postgres")]
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;
use serde_json::{Map, Value};

#[cfg(feature = "postgres")]
use crate::db::tables::Holds;
use crate::db::tables::Table;
use crate::db::write_lock::take_write_lock;
use crate::db::{DbConnection, Engine, engine};

/// Keeps everyone else from writing until the end of the transaction, which may take longer than any that people wait for.
pub(super) fn prepare(connection: &mut DbConnection, deadline: Instant) -> QueryResult<()> {
    take_write_lock(connection, deadline)?;
    match engine(connection) {
        Engine::Sqlite(_) => Ok(()),
        #[cfg(feature = "postgres")]
        // And the commit waits for the disk, unlike that of a change, which does so by itself behind the lock.
        Engine::Postgres(postgres) => postgres.batch_execute(
            "SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0; \
             SET LOCAL synchronous_commit TO DEFAULT",
        ),
    }
}

/// Removes all rows of all tables, which nobody else may use until the end of the transaction.
#[cfg(feature = "postgres")]
pub(super) fn empty(connection: &mut PgConnection, tables: &[Table]) -> QueryResult<()> {
    let names = tables.iter().map(|table| table.name.as_str()).collect::<Vec<_>>().join(", ");
    connection.batch_execute(&format!("TRUNCATE {names}"))
}

/// Inserts rows.
pub(super) fn insert(connection: &mut DbConnection, table: &Table, rows: &[Map<String, Value>]) -> QueryResult<()> {
    let rows = serde_json::to_string(rows).map_err(|error| diesel::result::Error::SerializationError(error.into()))?;
    let (name, columns) = (&table.name, names(table));
    match engine(connection) {
        Engine::Sqlite(sqlite) => {
            let values = table.columns.iter().map(|column| format!("json_extract(value, '$.{}')", column.name));
            let values = values.collect::<Vec<_>>().join(", ");
            let insert = format!("INSERT INTO {name} ({columns}) SELECT {values} FROM json_each(?)");
            diesel::sql_query(insert).bind::<Text, _>(rows).execute(sqlite)?;
        }
        #[cfg(feature = "postgres")]
        Engine::Postgres(postgres) => {
            let types = table.columns.iter().map(|column| format!("{} {}", column.name, type_of(column.holds)));
            let types = types.collect::<Vec<_>>().join(", ");
            let insert = format!(
                "INSERT INTO {name} ({columns}) SELECT {columns} FROM json_to_recordset($1::json) AS rows ({types})"
            );
            diesel::sql_query(insert).bind::<Text, _>(rows).execute(postgres)?;
        }
    }
    Ok(())
}

fn names(table: &Table) -> String {
    table.columns.iter().map(|column| column.name.as_str()).collect::<Vec<_>>().join(", ")
}

#[cfg(feature = "postgres")]
fn type_of(holds: Holds) -> &'static str {
    match holds {
        Holds::Text => "text",
        Holds::Number => "bigint",
        Holds::Switch => "boolean",
        Holds::Moment => "timestamp",
        Holds::Day => "date",
    }
}

#[cfg(test)]
#[cfg(feature = "postgres")]
mod tests {
    use super::*;
    use crate::db::{Result, deadline, tests::temporary};

    #[test]
    fn the_commit_of_a_copy_waits_for_the_disk() {
        let (_place, db) = temporary();
        db.write(deadline(), |connection| -> Result<()> {
            prepare(connection, deadline())?;
            if let DbConnection::Postgres(postgres) = connection {
                let setting = diesel::dsl::sql::<Text>("current_setting('synchronous_commit')");
                assert_eq!(diesel::select(setting).get_result::<String>(postgres)?, "on");
            }
            Ok(())
        })
        .unwrap();
    }
}
