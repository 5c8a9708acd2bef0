//! A reader and a migration that wait for each other.

use std::sync::atomic::{AtomicUsize, Ordering};

use diesel::connection::SimpleConnection;
use diesel::dsl::sql;
use diesel::sql_types::BigInt;

use super::*;

const WAITING: &str = "count(*) FROM pg_locks WHERE NOT granted AND relation = 'users'::regclass";

#[test]
fn a_reader_that_postgresql_ends_because_of_a_migration_reads_once_more() {
    let (place, db) = temporary();
    let Place::Server(_) = place else { return };
    let other = Db::open(&place.url()).unwrap();
    let (reads, asked) = (AtomicUsize::new(0), &reads_of(&db));
    assert_eq!(asked(&reads).unwrap(), 0);
    reads.store(0, Ordering::Relaxed);
    std::thread::scope(|scope| {
        // Takes its tables in the other order than the reader. It is patient, so the reader is the one that is ended.
        other
            .on_one_connection(|migration| -> Result<()> {
                migration.batch_execute(
                    "SET deadlock_timeout = '1h'; SET statement_timeout = '25s'; BEGIN; LOCK TABLE users",
                )?;
                let reader = scope.spawn(|| asked(&reads));
                while waiting(migration)? == 0 && !reader.is_finished() {
                    std::thread::sleep(std::time::Duration::from_millis(5));
                }
                migration.batch_execute("LOCK TABLE todos; COMMIT")?;
                assert_eq!(reader.join().unwrap().unwrap(), 0);
                Ok(())
            })
            .unwrap();
    });
    assert_eq!(reads.load(Ordering::Relaxed), 2);
}

#[test]
fn a_migration_that_postgresql_ends_because_of_somebody_else_runs_once_more() {
    let (place, db) = temporary();
    let Place::Server(_) = place else { return };
    let other = Db::open(&place.url()).unwrap();
    std::thread::scope(|scope| {
        other
            .on_one_connection(|other| -> Result<()> {
                other.batch_execute(
                    "DELETE FROM __diesel_schema_migrations WHERE version = '20261122000006'; DROP TABLE todos",
                )?;
                other.batch_execute(
                    "SET deadlock_timeout = '1h'; SET statement_timeout = '25s'; BEGIN; LOCK TABLE users",
                )?;
                let migrated = scope.spawn(|| db.migrate());
                while waiting(other)? == 0 && !migrated.is_finished() {
                    std::thread::sleep(std::time::Duration::from_millis(5));
                }
                other.batch_execute("LOCK TABLE __diesel_schema_migrations; COMMIT")?;
                assert_eq!(migrated.join().unwrap().unwrap().len(), 1);
                Ok(())
            })
            .unwrap();
    });
    assert!(db.is_up_to_date().unwrap());
}

/// Reads two tables in one query, and counts how often.
fn reads_of(db: &Db) -> impl Fn(&AtomicUsize) -> Result<i64> + Sync {
    |reads| {
        db.read(|connection| {
            reads.fetch_add(1, Ordering::Relaxed);
            Ok(diesel::select(sql::<BigInt>("count(*) FROM todos, users")).get_result(connection)?)
        })
    }
}

fn waiting(connection: &mut DbConnection) -> QueryResult<i64> {
    diesel::select(sql::<BigInt>(WAITING)).get_result(connection)
}
