//! Which tables there are, with their columns, as the migrations make them: asked of a SQLite database in memory, so
//! that no list has to be kept beside them.

use std::collections::BTreeSet;

#[cfg(feature = "postgres")]
use diesel::migration::{Migration, MigrationSource};
use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text};
#[cfg(feature = "postgres")]
use diesel::sqlite::Sqlite;
use diesel_migrations::MigrationHarness;

use super::migrations::MIGRATIONS;
use super::{Error, Result};

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Table {
    pub name: String,
    pub columns: Vec<Column>,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Column {
    pub name: String,
    pub holds: Holds,
}

/// What a column holds: the types that the migrations of all engines share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    Text,
    Number,
    Switch,
    Moment,
    Day,
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    table: String,
    #[diesel(sql_type = Text)]
    column: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Nullable<Text>)]
    needs: Option<String>,
}

const COLUMNS: &str = "SELECT t.name AS 'table', c.name AS 'column', c.type AS kind, f.'table' AS needs \
                       FROM sqlite_schema t JOIN pragma_table_info(t.name) c \
                       LEFT JOIN pragma_foreign_key_list(t.name) f ON f.'from' = c.name \
                       WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' \
                       AND t.name <> '__diesel_schema_migrations' ORDER BY t.name, c.cid";

/// All tables, each behind those that its rows belong to.
///
/// # Errors
/// When the migrations don't run, or make what this does not know.
pub(super) fn tables() -> Result<Vec<Table>> {
    let opened = SqliteConnection::establish(":memory:");
    let mut memory = opened.map_err(|error| Error::Unreachable(error.to_string()))?;
    memory.run_pending_migrations(MIGRATIONS).map_err(Error::Migration)?;
    tables_of(&mut memory)
}

/// Makes the tables in an empty database as they were when these migrations had run and no others. Answers them.
///
/// # Errors
/// When they can't be made.
#[cfg(feature = "postgres")]
pub(super) fn make_tables(database: &mut SqliteConnection, versions: &[String]) -> Result<Vec<Table>> {
    let all: Vec<Box<dyn Migration<Sqlite>>> = MIGRATIONS.migrations().map_err(Error::Migration)?;
    let mut ran: Vec<_> = all.iter().filter(|one| versions.contains(&one.name().version().to_string())).collect();
    ran.sort_by_key(|one| one.name().version());
    // Whoever asks makes the table of what has run.
    database.applied_migrations().map_err(Error::Migration)?;
    for migration in ran {
        database.run_migration(migration).map_err(Error::Migration)?;
    }
    tables_of(database)
}

fn tables_of(database: &mut SqliteConnection) -> Result<Vec<Table>> {
    let rows: Vec<Row> = diesel::sql_query(COLUMNS).load(database)?;
    let mut found: Vec<(Table, BTreeSet<String>)> = Vec::new();
    for Row { table, column, kind, needs } in rows {
        if found.last().is_none_or(|(last, _)| last.name != table) {
            found.push((Table { name: table.clone(), columns: Vec::new() }, BTreeSet::new()));
        }
        let column = Column { holds: holds(&kind, &table, &column)?, name: column };
        if let Some((last, needed)) = found.last_mut() {
            last.columns.push(column);
            needed.extend(needs.filter(|other| *other != table));
        }
    }
    Ok(in_order(found))
}

fn holds(kind: &str, table: &str, column: &str) -> Result<Holds> {
    Ok(match kind {
        "TEXT" => Holds::Text,
        "BIGINT" => Holds::Number,
        "BOOLEAN" => Holds::Switch,
        "TIMESTAMP" => Holds::Moment,
        "DATE" => Holds::Day,
        other => {
            let wrong = format!("the column {column} of {table} is {other}, which the engines don't share");
            return Err(Error::Migration(wrong.into()));
        }
    })
}

/// Those first whose rows belong to no other's.
fn in_order(mut left: Vec<(Table, BTreeSet<String>)>) -> Vec<Table> {
    let mut ordered: Vec<Table> = Vec::new();
    while !left.is_empty() {
        let is_placed = |name: &String| ordered.iter().any(|table| table.name == *name);
        // In a circle nobody is first; then the order of names is as good as any.
        let next = left.iter().position(|(_, needs)| needs.iter().all(is_placed)).unwrap_or(0);
        ordered.push(left.remove(next).0);
    }
    ordered
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_table_comes_behind_those_that_its_rows_belong_to() {
        let tables = tables().unwrap();
        let place = |name: &str| tables.iter().position(|table| table.name == name).unwrap();
        assert!(place("users") < place("sessions") && place("sessions") < place("refresh_tokens"), "{tables:?}");
        assert!(place("users") < place("todos"));
        assert!(!tables.iter().any(|table| table.name.contains("diesel")));
        let todos = &tables[place("todos")];
        let column = |name: &str| todos.columns.iter().find(|column| column.name == name).unwrap().holds;
        assert_eq!([column("title"), column("done"), column("due")], [Holds::Text, Holds::Switch, Holds::Day]);
        assert_eq!(column("created_at"), Holds::Moment);
    }
}
