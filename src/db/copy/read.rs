//! The source's half: rows in batches, all as they were at one moment.

#[cfg(feature = "postgres")]
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use super::error::CopyError;
#[cfg(feature = "postgres")]
use crate::db::tables::Holds;
use crate::db::tables::Table;
use crate::db::{DbConnection, Engine, Result, engine};

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    place: i64,
    #[diesel(sql_type = Text)]
    told: String,
}

/// Says, at the beginning of a transaction, that everything in it sees the same state. On SQLite that is so anyway.
#[cfg_attr(not(feature = "postgres"), expect(unused_variables))]
pub(super) fn hold_still(connection: &mut DbConnection, tables: &[Table]) -> QueryResult<()> {
    match engine(connection) {
        Engine::Sqlite(_) => Ok(()),
        // The tables are locked before the first query, whose moment counts: no migration changes them from then on.
        #[cfg(feature = "postgres")]
        Engine::Postgres(postgres) => {
            let names = tables.iter().map(|table| table.name.as_str()).collect::<Vec<_>>().join(", ");
            postgres.batch_execute(&format!(
                "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY; \
                 SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0; \
                 LOCK TABLE {names} IN ACCESS SHARE MODE"
            ))
        }
    }
}

/// How many rows a table has.
pub(super) fn count(connection: &mut DbConnection, table: &str) -> Result<i64> {
    let count = format!("SELECT count(*) AS place, '' AS told FROM {table}");
    Ok(rows(connection, &count)?.first().map_or(0, |row| row.place))
}

/// Hands on all rows of a table, each as a JSON object, so many at a time.
pub(super) fn batches(
    connection: &mut DbConnection,
    table: &Table,
    size: usize,
    mut take: impl FnMut(Vec<String>) -> std::result::Result<(), CopyError>,
) -> std::result::Result<(), CopyError> {
    let names = table.columns.iter().map(|column| format!("'{0}', {0}", column.name)).collect::<Vec<_>>().join(", ");
    let mut after = i64::MIN;
    #[cfg(feature = "postgres")]
    if let DbConnection::Postgres(postgres) = connection {
        declare(postgres, table)?;
    }
    loop {
        let next = match engine(connection) {
            Engine::Sqlite(_) => format!(
                "SELECT rowid AS place, json_object({names}) AS told FROM {} WHERE rowid > {after} ORDER BY rowid \
                 LIMIT {size}",
                table.name
            ),
            #[cfg(feature = "postgres")]
            Engine::Postgres(_) => format!("FETCH {size} FROM {}_rows", table.name),
        };
        let batch = rows(connection, &next)?;
        let Some(last) = batch.last() else { return Ok(()) };
        after = last.place;
        take(batch.into_iter().map(|row| row.told).collect())?;
    }
}

/// A cursor: a page that begins behind a row would need an order that every table has.
#[cfg(feature = "postgres")]
fn declare(connection: &mut PgConnection, table: &Table) -> QueryResult<()> {
    let told = table.columns.iter().map(|column| match column.holds {
        Holds::Moment => format!("'{0}', to_char({0}, 'YYYY-MM-DD HH24:MI:SS.US')", column.name),
        _ => format!("'{0}', {0}", column.name),
    });
    let told = told.collect::<Vec<_>>().join(", ");
    let name = &table.name;
    connection.batch_execute(&format!(
        "DECLARE {name}_rows NO SCROLL CURSOR FOR \
         SELECT 0::bigint AS place, json_build_object({told})::text AS told FROM {name}"
    ))
}

fn rows(connection: &mut DbConnection, query: &str) -> QueryResult<Vec<Row>> {
    match engine(connection) {
        Engine::Sqlite(sqlite) => diesel::sql_query(query).load(sqlite),
        #[cfg(feature = "postgres")]
        Engine::Postgres(postgres) => diesel::sql_query(query).load(postgres),
    }
}
