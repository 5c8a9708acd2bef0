//! Who else is connected to the database.

use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

/// A connection that was closed is listed for a moment longer.
const PATIENCE: Duration = Duration::from_secs(5);

/// Nodes connect by one role, and by one name unless their address says another one. Who looks after the cluster, such as
/// a monitoring, has another role.
///
/// Of a connection of another role a server tells the role and the name of the program, but neither where it comes from
/// nor of what kind it is, unless the own role may read that (`pg_read_all_stats`).
const OTHERS: &str = "SELECT CASE WHEN backend_type IS NULL THEN coalesce('the role ' || usename, 'a dropped role') \
                                  ELSE coalesce(host(client_addr), 'this machine') END AS place, \
                             coalesce(application_name, '') AS program, count(*) AS connections \
                      FROM pg_stat_activity \
                      WHERE datname = current_database() \
                        AND coalesce(backend_type, 'client backend') = 'client backend' \
                        AND pid <> pg_backend_pid() AND (usename = current_user OR application_name = 'vestibule') \
                      GROUP BY 1, 2 ORDER BY 1, 2";

#[derive(QueryableByName)]
struct Other {
    #[diesel(sql_type = Text)]
    place: String,
    #[diesel(sql_type = Text)]
    program: String,
    #[diesel(sql_type = BigInt)]
    connections: i64,
}

/// Who they are, in words; none when there is nobody else.
pub(in crate::db) fn others(connection: &mut PgConnection) -> QueryResult<Option<String>> {
    let give_up = Instant::now() + PATIENCE;
    loop {
        // Within a transaction the first answer would be given each time.
        connection.batch_execute("SELECT pg_stat_clear_snapshot()")?;
        let others: Vec<Other> = diesel::sql_query(OTHERS).load(connection)?;
        if others.is_empty() {
            return Ok(None);
        }
        if Instant::now() >= give_up {
            let told = |other: Other| format!("{} from {} ({})", other.connections, other.place, other.program);
            return Ok(Some(others.into_iter().map(told).collect::<Vec<_>>().join(", ")));
        }
        std::thread::sleep(Duration::from_millis(50));
    }
}
