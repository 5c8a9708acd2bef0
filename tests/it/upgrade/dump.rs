//! The dump of the present schema, without which the next upgrade could not be tried.

use std::fs;
use std::path::Path;

use super::{columns, migrated, schemas, with_database_of};
use crate::support::Connection;

#[test]
fn the_present_schema_has_one() {
    let wanted = columns(&mut migrated().connection());
    let newest = schemas().pop().unwrap();
    let has_it = |dump: &Path| columns(&mut with_database_of(dump).connection()) == wanted;
    if !has_it(&newest) && std::env::var_os("UPDATE_SCHEMAS").is_some() {
        let server = with_database_of(&newest);
        assert_eq!(server.cli(&["migrate"]).code, 0);
        let version = server.sql("SELECT max(version) FROM __diesel_schema_migrations").remove(0);
        let name = format!("{:02}_{version}.sql", schemas().len() + 1);
        fs::write(newest.with_file_name(name), dump(&mut server.connection())).unwrap();
    }
    assert!(
        has_it(&schemas().pop().unwrap()),
        "there is no dump of the schema that the migrations make now. To write it: UPDATE_SCHEMAS=1 cargo test --test it \
         upgrade; then add a few rows for its new tables"
    );
}

/// The SQL that makes a database.
fn dump(connection: &mut Connection) -> String {
    let of =
        |kind: &str| format!("SELECT sql FROM sqlite_schema WHERE type = '{kind}' AND sql IS NOT NULL ORDER BY name");
    let mut statements = connection.sql(&of("table"));
    for table in connection.sql("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name") {
        let names = connection.sql(&format!("SELECT name FROM pragma_table_info('{table}')"));
        let values: Vec<String> = names.iter().map(|name| format!("quote({name})")).collect();
        let (names, values) = (names.join(", "), values.join(" || ', ' || "));
        let rows = format!("SELECT 'INSERT INTO {table} ({names}) VALUES (' || {values} || ')' FROM {table}");
        statements.extend(connection.sql(&rows));
    }
    statements.extend(connection.sql(&of("index")));
    format!("BEGIN TRANSACTION;\n{};\nCOMMIT;\n", statements.join(";\n"))
}
