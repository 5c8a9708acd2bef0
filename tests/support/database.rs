//! The database of a server, read and changed behind its back.

use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text};

use super::Server;

/// The first column of what a query answers.
pub fn first_column(connection: &mut SqliteConnection, query: &str) -> Vec<String> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Nullable<Text>)]
        value: Option<String>,
    }
    let query = format!("WITH answer(value) AS ({query}) SELECT CAST(value AS TEXT) AS value FROM answer");
    let rows: Vec<Row> = diesel::sql_query(query).load(connection).expect("the query works");
    rows.into_iter().map(|row| row.value.unwrap_or_else(|| "NULL".into())).collect()
}

impl Server {
    /// The first column of what a query answers.
    pub fn sql(&self, query: &str) -> Vec<String> {
        self.sql_at("data/vestibule.db", query)
    }

    /// The same of a database somewhere else in the folder.
    pub fn sql_at(&self, file: &str, query: &str) -> Vec<String> {
        first_column(&mut self.connection_to(file), query)
    }

    /// Changes the database behind the server's back. Answers the number of rows.
    pub fn execute(&self, statement: &str) -> usize {
        diesel::sql_query(statement).execute(&mut self.connection()).expect("the statement works")
    }

    /// A connection of our own to the server's database.
    pub fn connection(&self) -> SqliteConnection {
        self.connection_to("data/vestibule.db")
    }

    fn connection_to(&self, file: &str) -> SqliteConnection {
        let file = self.folder().join(file);
        let mut connection = SqliteConnection::establish(file.to_str().unwrap()).expect("the database opens");
        diesel::sql_query("PRAGMA busy_timeout = 5000").execute(&mut connection).expect("it is set");
        connection
    }
}
