//! A database of its own for each test, in the cluster that the environment names, and how it plans a query.

use std::sync::atomic::{AtomicU32, Ordering};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;

/// A database that is removed when the test has ended.
pub(crate) struct Database {
    cluster: String,
    name: String,
}

static NUMBER: AtomicU32 = AtomicU32::new(0);

impl Database {
    /// None when no cluster is named. Its order of texts is that of a language, so that it shows where bytes should count.
    pub(crate) fn make() -> Option<Database> {
        let cluster = std::env::var("VESTIBULE_TEST_POSTGRES").ok()?;
        let name = format!("unit_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        let database = Database { cluster, name };
        database.on_cluster(&format!(
            "CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER icu ICU_LOCALE 'en-US' LOCALE 'C.UTF-8'",
            database.name
        ));
        Some(database)
    }

    pub(crate) fn url(&self) -> String {
        let (server, _) = self.cluster.rsplit_once('/').unwrap();
        format!("{server}/{}", self.name)
    }

    fn on_cluster(&self, statement: &str) {
        PgConnection::establish(&self.cluster).unwrap().batch_execute(statement).unwrap();
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        self.on_cluster(&format!("DROP DATABASE {} WITH (FORCE)", self.name));
    }
}

/// The steps of a plan that read a whole table although there is an index: of few rows PostgreSQL does that otherwise.
pub(super) fn scans(connection: &mut PgConnection, query: &str) -> Vec<String> {
    #[derive(QueryableByName)]
    struct Step {
        #[diesel(sql_type = Text, column_name = "QUERY PLAN")]
        step: String,
    }
    connection.batch_execute("SET enable_seqscan = off; SET plan_cache_mode = force_generic_plan").unwrap();
    connection.batch_execute(&format!("PREPARE asked AS {query}")).unwrap();
    let numbers = (1..).take_while(|number| query.contains(&format!("${number}")));
    let binds = numbers.map(|_| "NULL").collect::<Vec<_>>().join(", ");
    let binds = if binds.is_empty() { binds } else { format!("({binds})") };
    let steps: Vec<Step> = diesel::sql_query(format!("EXPLAIN EXECUTE asked{binds}")).load(connection).unwrap();
    connection.batch_execute("DEALLOCATE asked; RESET enable_seqscan; RESET plan_cache_mode").unwrap();
    steps.into_iter().map(|step| step.step).filter(|step| step.contains("Seq Scan")).collect()
}
