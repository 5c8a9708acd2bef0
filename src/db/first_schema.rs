//! Completes a database of the first days. The first migration was changed after it had run on some: it makes a column
//! of `users` that those lack, and no migration can add a column only where it is missing.

use diesel::prelude::*;
use diesel::sql_types::BigInt;

/// Adds the column where there is a table of users without it. When someone chose their password is not known there, as
/// of accounts whose hash was imported.
pub(super) fn complete(connection: &mut SqliteConnection) -> QueryResult<()> {
    #[derive(QueryableByName)]
    struct Columns {
        #[diesel(sql_type = BigInt)]
        all: i64,
        #[diesel(sql_type = BigInt)]
        wanted: i64,
    }
    let columns: Columns = diesel::sql_query(
        "SELECT count(*) AS \"all\", count(*) FILTER (WHERE name = 'password_set_at') AS wanted \
         FROM pragma_table_info('users')",
    )
    .get_result(connection)?;
    if columns.all > 0 && columns.wanted == 0 {
        diesel::sql_query("ALTER TABLE users ADD COLUMN password_set_at TIMESTAMP").execute(connection)?;
    }
    Ok(())
}
