//! Databases for tests, what queries they get and by which plans; and two processes with one database.

mod alike;
mod copied;
#[cfg(feature = "postgres")]
mod deadlocks;
#[cfg(feature = "postgres")]
mod migrated;
#[cfg(feature = "postgres")]
mod server;

use diesel::prelude::*;

use super::*;

/// A database that lasts as long as the first half of the answer: a SQLite file, or one in the cluster that
/// `VESTIBULE_TEST_POSTGRES` names.
pub(crate) fn temporary() -> (Place, Db) {
    let place = Place::new();
    let db = Db::open(&place.url()).unwrap();
    db.migrate().unwrap();
    (place, db)
}

/// Works on a connection that may write.
pub(crate) fn on(db: &Db, work: impl FnOnce(&mut DbConnection)) {
    let work = |connection: &mut DbConnection| -> Result<()> {
        work(connection);
        Ok(())
    };
    db.write(deadline(), work).unwrap();
}

/// On a full disk the last connection to a file, once it is closed, could not be opened again.
#[test]
fn connections_to_a_file_stay_open() {
    let place = Place::on_sqlite();
    let db = Db::open(&place.url()).unwrap();
    for pool in [&db.writer, &db.readers] {
        assert_eq!((pool.max_lifetime(), pool.idle_timeout()), (None, None));
    }
}

/// Where a database of a test is.
pub(crate) enum Place {
    Folder(tempfile::TempDir),
    #[cfg(feature = "postgres")]
    Server(server::Database),
}

impl Place {
    /// On the engine that is tested.
    pub(crate) fn new() -> Place {
        #[cfg(feature = "postgres")]
        if let Some(database) = server::Database::make() {
            return Place::Server(database);
        }
        assert!(
            cfg!(feature = "postgres") || std::env::var_os("VESTIBULE_TEST_POSTGRES").is_none(),
            "VESTIBULE_TEST_POSTGRES is set: run the tests with --features postgres"
        );
        Place::on_sqlite()
    }

    /// In a file, for what only files have.
    pub(crate) fn on_sqlite() -> Place {
        Place::Folder(tempfile::tempdir().unwrap())
    }

    pub(crate) fn url(&self) -> DatabaseUrl {
        match self {
            Place::Folder(folder) => format!("sqlite:{}/test.db", folder.path().display()).parse().unwrap(),
            #[cfg(feature = "postgres")]
            Place::Server(database) => database.url().parse().unwrap(),
        }
    }
}

/// An account of which only the id matters. Answers the id.
pub(crate) fn insert_user(connection: &mut DbConnection, id: &str) -> String {
    use schema::users;
    diesel::insert_into(users::table)
        .values((users::id.eq(id), users::username.eq(id), users::display_name.eq(id), users::created_at.eq(now())))
        .execute(connection)
        .unwrap();
    id.to_owned()
}

/// The text of a query that was asked.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Asked(String);

/// What a look at the database asks it.
pub(crate) fn queries(connection: &mut DbConnection, look: impl FnOnce(&mut DbConnection)) -> Vec<Asked> {
    let asked = listen(connection);
    look(connection);
    connection.set_instrumentation(|_: diesel::connection::InstrumentationEvent<'_>| {});
    std::mem::take(&mut *asked.lock().unwrap())
}

/// What a connection is asked from now on.
pub(crate) fn listen(connection: &mut DbConnection) -> std::sync::Arc<std::sync::Mutex<Vec<Asked>>> {
    use diesel::connection::InstrumentationEvent;
    let asked = std::sync::Arc::<std::sync::Mutex<Vec<Asked>>>::default();
    let list = std::sync::Arc::clone(&asked);
    connection.set_instrumentation(move |event: InstrumentationEvent<'_>| {
        if let InstrumentationEvent::StartQuery { query, .. } = event {
            let text = query.to_string();
            let text = text.split(" -- binds").next().unwrap_or_default().to_owned();
            list.lock().unwrap().push(Asked(text));
        }
    });
    asked
}

impl Asked {
    /// The steps of its plan that read a whole table.
    pub(crate) fn scans(&self, connection: &mut DbConnection) -> Vec<String> {
        #[cfg_attr(not(feature = "postgres"), allow(clippy::infallible_destructuring_match, reason = "only then"))]
        let connection = match engine(connection) {
            Engine::Sqlite(connection) => connection,
            #[cfg(feature = "postgres")]
            Engine::Postgres(connection) => return server::scans(connection, &self.0),
        };
        let whole = |step: &String| step.starts_with("SCAN") && step != "SCAN CONSTANT ROW";
        self.steps(connection).into_iter().filter(whole).collect()
    }

    /// The steps of its plan that sort what was found, where no index has the order; on SQLite, whose plans tell.
    pub(crate) fn sorts(&self, connection: &mut DbConnection) -> Vec<String> {
        match engine(connection) {
            Engine::Sqlite(connection) => {
                self.steps(connection).into_iter().filter(|step| step.contains("TEMP B-TREE")).collect()
            }
            #[cfg(feature = "postgres")]
            Engine::Postgres(_) => Vec::new(),
        }
    }

    /// The steps of its plan that look something up in a table or an index; on SQLite.
    pub(crate) fn searches(&self, connection: &mut DbConnection) -> Vec<String> {
        match engine(connection) {
            Engine::Sqlite(connection) => {
                self.steps(connection).into_iter().filter(|step| step.starts_with("SEARCH")).collect()
            }
            #[cfg(feature = "postgres")]
            Engine::Postgres(_) => Vec::new(),
        }
    }

    fn steps(&self, connection: &mut SqliteConnection) -> Vec<String> {
        use diesel::sql_types::{Integer, Text};
        let plan = diesel::dsl::sql::<(Integer, Integer, Integer, Text)>(&format!("EXPLAIN QUERY PLAN {}", self.0));
        let steps: Vec<(i32, i32, i32, String)> = plan.load(connection).unwrap();
        steps.into_iter().map(|(.., step)| step).collect()
    }
}

#[test]
fn two_processes_that_read_and_then_write_wait_for_each_other() {
    let place = Place::new();
    let url = place.url();
    let databases = [Db::open(&url).unwrap(), Db::open(&url).unwrap()];
    databases[0].migrate().unwrap();
    std::thread::scope(|scope| {
        for db in &databases {
            scope.spawn(move || {
                for _ in 0..50 {
                    db.write(deadline(), |connection| -> Result<()> {
                        let seen: i64 = schema::user_roles::table.count().get_result(connection)?;
                        std::thread::sleep(std::time::Duration::from_micros(200));
                        let user = insert_user(connection, &new_id());
                        diesel::insert_into(schema::user_roles::table)
                            .values((
                                schema::user_roles::user_id.eq(user),
                                schema::user_roles::role.eq(seen.to_string()),
                            ))
                            .execute(connection)?;
                        Ok(())
                    })
                    .unwrap();
                }
            });
        }
    });
    let numbers: Vec<String> = databases[0]
        .read(|connection| -> Result<Vec<String>> {
            Ok(schema::user_roles::table.select(schema::user_roles::role).load(connection)?)
        })
        .unwrap();
    let distinct: std::collections::HashSet<_> = numbers.iter().collect();
    assert_eq!(distinct.len(), 100, "each transaction saw all that were before it");
}
