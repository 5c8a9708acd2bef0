//! The database of a server, read and changed behind its back, in the SQL of whichever engine it is.

use diesel::Connection as _;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text};

use super::{Server, wait_for};

/// A connection of a test's own.
pub enum Connection {
    Sqlite(SqliteConnection),
    #[cfg(feature = "postgres")]
    Postgres(PgConnection),
}

impl Connection {
    /// Opens a file.
    pub fn to_sqlite(file: &std::path::Path) -> Connection {
        let mut connection = SqliteConnection::establish(file.to_str().unwrap()).expect("the database opens");
        connection.batch_execute("PRAGMA busy_timeout = 5000; PRAGMA foreign_keys = ON").expect("they are set");
        Connection::Sqlite(connection)
    }

    /// Connects to a server.
    #[cfg(feature = "postgres")]
    pub fn to_postgres(url: &str) -> Connection {
        let mut connection = PgConnection::establish(url).expect("PostgreSQL can be reached");
        connection.batch_execute("SET client_min_messages = warning").expect("it is set");
        Connection::Postgres(connection)
    }

    /// Connects to a server.
    #[cfg(not(feature = "postgres"))]
    pub fn to_postgres(url: &str) -> Connection {
        panic!("without the feature postgres nothing can connect to {url}")
    }

    /// The first column of what a query answers, as text; true and false are `1` and `0`.
    pub fn sql(&mut self, query: &str) -> Vec<String> {
        const BOOLEAN: &str = "CASE CAST(value AS TEXT) WHEN 'true' THEN '1' ELSE '0' END";
        #[derive(QueryableByName)]
        struct Row {
            #[diesel(sql_type = Nullable<Text>)]
            value: Option<String>,
        }
        let value = match self {
            Connection::Sqlite(_) => "CAST(value AS TEXT)".to_owned(),
            #[cfg(feature = "postgres")]
            Connection::Postgres(_) => format!(
                "CASE WHEN pg_typeof(value) = 'boolean'::regtype AND value IS NOT NULL THEN {BOOLEAN} \
                 ELSE CAST(value AS TEXT) END"
            ),
        };
        let whole = format!("WITH answer(value) AS ({query}) SELECT {value} AS value FROM answer");
        let rows: QueryResult<Vec<Row>> = match self {
            Connection::Sqlite(connection) => diesel::sql_query(whole).load(connection),
            #[cfg(feature = "postgres")]
            Connection::Postgres(connection) => diesel::sql_query(whole).load(connection),
        };
        let rows = rows.unwrap_or_else(|error| panic!("{error}: {query}"));
        rows.into_iter().map(|row| row.value.unwrap_or_else(|| "NULL".into())).collect()
    }

    /// Runs a statement. Answers the number of rows.
    pub fn execute(&mut self, statement: &str) -> usize {
        let rows = match self {
            Connection::Sqlite(connection) => diesel::sql_query(statement).execute(connection),
            #[cfg(feature = "postgres")]
            Connection::Postgres(connection) => diesel::sql_query(statement).execute(connection),
        };
        rows.unwrap_or_else(|error| panic!("{error}: {statement}"))
    }

    /// Begins a transaction that keeps everybody else from writing, until [`Connection::commit`] or
    /// [`Connection::roll_back`].
    pub fn lock(&mut self) {
        match self {
            Connection::Sqlite(_) => self.batch("BEGIN IMMEDIATE"),
            // What our program takes before it writes.
            #[cfg(feature = "postgres")]
            Connection::Postgres(_) => {
                self.batch(&format!("BEGIN; SELECT pg_advisory_xact_lock({})", super::postgres::WRITE_LOCK));
            }
        }
    }

    pub fn commit(&mut self) {
        self.batch("COMMIT");
    }

    pub fn roll_back(&mut self) {
        self.batch("ROLLBACK");
    }

    /// Runs statements that answer nothing.
    pub fn batch(&mut self, statements: &str) {
        let done = match self {
            Connection::Sqlite(connection) => connection.batch_execute(statements),
            #[cfg(feature = "postgres")]
            Connection::Postgres(connection) => connection.batch_execute(statements),
        };
        done.unwrap_or_else(|error| panic!("{error}: {statements}"));
    }
}

impl Server {
    /// The first column of what a query answers.
    pub fn sql(&self, query: &str) -> Vec<String> {
        self.connection().sql(query)
    }

    /// The same of a SQLite database somewhere else in the folder.
    pub fn sql_at(&self, file: &str, query: &str) -> Vec<String> {
        Connection::to_sqlite(&self.folder().join(file)).sql(query)
    }

    /// Changes the database behind the server's back. Answers the number of rows.
    pub fn execute(&self, statement: &str) -> usize {
        self.connection().execute(statement)
    }

    /// A connection of our own to the server's database.
    pub fn connection(&self) -> Connection {
        match self.postgres() {
            Some(database) => Connection::to_postgres(database.url()),
            None => Connection::to_sqlite(&self.folder().join("data/vestibule.db")),
        }
    }

    /// Waits until nobody is connected to its database of PostgreSQL any more.
    pub fn wait_until_left(&self) {
        if let Some(database) = self.postgres() {
            wait_for("the connections to be gone", || (database.connections() == 0).then_some(()));
        }
    }

    /// The names of all tables.
    pub fn tables(&self) -> Vec<String> {
        self.sql(match self.postgres() {
            Some(_) => "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename",
            None => "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name",
        })
    }

    /// Every value in every table, as text.
    pub fn all_values(&self) -> Vec<String> {
        let mut connection = self.connection();
        let mut values = Vec::new();
        for table in self.tables() {
            let columns = match self.postgres() {
                Some(_) => format!("SELECT column_name FROM information_schema.columns WHERE table_name = '{table}'"),
                None => format!("SELECT name FROM pragma_table_info('{table}')"),
            };
            for column in connection.sql(&columns) {
                let all = format!("SELECT DISTINCT \"{column}\" FROM \"{table}\" WHERE \"{column}\" IS NOT NULL");
                values.extend(connection.sql(&all));
            }
        }
        assert!(values.len() > 30, "{values:?}");
        values
    }

    /// Lets a statement run for each row that is written, such as `BEFORE INSERT ON todos`.
    pub fn trigger(&self, name: &str, when: &str, statement: &str) {
        self.connection().batch(&match self.postgres() {
            Some(_) => format!(
                "CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN {}; RETURN NEW; END';
                 CREATE TRIGGER {name} {when} FOR EACH ROW EXECUTE FUNCTION {name}()",
                statement.replace('\'', "''")
            ),
            None => format!("CREATE TRIGGER {name} {when} BEGIN {statement}; END"),
        });
    }

    /// An expression of SQL for the time this long before or after now, such as `-11 minutes`.
    pub fn time(&self, shift: &str) -> String {
        match self.postgres() {
            Some(_) => format!("(now() AT TIME ZONE 'UTC' + interval '{shift}')"),
            None => format!("strftime('%Y-%m-%d %H:%M:%f', 'now', '{shift}')"),
        }
    }

    /// An expression of SQL for the time so many seconds after another one, by an expression.
    pub fn seconds_after(&self, time: &str, seconds: &str) -> String {
        match self.postgres() {
            Some(_) => format!("(TIMESTAMP '{time}' + {seconds} * interval '1 second')"),
            None => format!("strftime('%Y-%m-%d %H:%M:%f', '{time}', {seconds} || ' seconds')"),
        }
    }

    /// An expression of SQL for the time in a column, moved by so much.
    pub fn moved(&self, column: &str, shift: &str) -> String {
        match self.postgres() {
            Some(_) => format!("({column} + interval '{shift}')"),
            None => format!("strftime('%Y-%m-%d %H:%M:%f', {column}, '{shift}')"),
        }
    }

    /// An expression of SQL for the whole minutes from one time to another.
    pub fn minutes(&self, from: &str, to: &str) -> String {
        match self.postgres() {
            Some(_) => format!("CAST(round(extract(epoch FROM {to} - {from}) / 60) AS BIGINT)"),
            None => format!("CAST(round((julianday({to}) - julianday({from})) * 1440) AS INTEGER)"),
        }
    }

    /// An expression of SQL for the values of a column in their order, with commas between them.
    pub fn joined(&self, column: &str, from: &str) -> String {
        match self.postgres() {
            Some(_) => format!("(SELECT string_agg({column}, ',' ORDER BY {column}) FROM {from})"),
            None => format!("(SELECT group_concat({column}) FROM (SELECT {column} FROM {from} ORDER BY {column}))"),
        }
    }

    /// How many connections to a database of PostgreSQL wait for a lock.
    pub fn waiting(&self) -> usize {
        let waiting = "SELECT DISTINCT pid FROM pg_locks JOIN pg_stat_activity USING (pid) \
                       WHERE NOT granted AND datname = current_database()";
        self.sql(waiting).len()
    }

    /// Waits until these processes, which want to write while a test holds the lock, have come as far as they can.
    pub fn wait_until_they_wait(&self, processes: &[u32]) {
        match self.postgres() {
            Some(_) => {
                wait_for("the commands to wait for the lock", || (self.waiting() == processes.len()).then_some(()))
            }
            None => processes.iter().for_each(|process| {
                wait_for("the command to open the database", || {
                    super::has_open(*process, "vestibule.db-wal").then_some(())
                });
            }),
        }
    }
}
