//! Texts are compared byte by byte, as SQLite does: so lists have one order on both, a page goes on where the one before
//! ended, and LIKE finds the beginning of a text by an index.
//!
//! Migrations are for both engines and can't say so; this is done behind them.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;

/// Columns of our tables that are compared in another way. What else is in the schema is none of ours: our tables are
/// those that the program knows, by their names.
const OTHERWISE: &str = "SELECT quote_ident(table_name) AS table_name, quote_ident(column_name) AS column_name \
                         FROM information_schema.columns \
                         WHERE table_schema = current_schema() AND data_type = 'text' \
                         AND collation_name IS DISTINCT FROM 'C' AND table_name = ANY($1) \
                         ORDER BY table_name, ordinal_position";

#[derive(QueryableByName)]
struct Column {
    #[diesel(sql_type = Text)]
    table_name: String,
    #[diesel(sql_type = Text)]
    column_name: String,
}

/// Gives all texts of these tables the order of their bytes. Does nothing where they have it.
pub(in crate::db) fn compare_by_bytes(connection: &mut PgConnection, tables: &[String]) -> QueryResult<()> {
    let columns: Vec<Column> =
        diesel::sql_query(OTHERWISE).bind::<diesel::sql_types::Array<Text>, _>(tables).load(connection)?;
    for Column { table_name, column_name } in columns {
        let change = format!("ALTER TABLE {table_name} ALTER COLUMN {column_name} TYPE TEXT COLLATE \"C\"");
        connection.batch_execute(&change)?;
    }
    Ok(())
}
