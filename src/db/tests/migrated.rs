//! How a server is migrated while others use it, and what a server tells that only answers.

use diesel::connection::SimpleConnection;

use super::*;

#[test]
fn a_migration_waits_for_those_who_write_and_says_what_to_do_when_it_takes_too_long() {
    let place = Place::new();
    let Place::Server(_) = place else { return };
    let [node, starting] = [(); 2].map(|()| Db::open(&place.url()).unwrap());
    let failed = node.write(deadline(), |_| -> Result<String> { Ok(starting.migrate().unwrap_err().to_string()) });
    let failed = failed.unwrap();
    assert!(failed.contains("Nothing was changed") && failed.contains("try again"), "{failed}");
    assert!(node.is_blank().unwrap());
    assert!(!starting.migrate().unwrap().is_empty());
    // Nothing is pending, so nobody has to wait.
    node.write(deadline(), |_| -> Result<()> { starting.migrate().map(drop) }).unwrap();
}

#[test]
fn a_server_that_only_answers_is_up_to_date() {
    let (place, db) = temporary();
    let Place::Server(_) = place else { return };
    db.on_one_connection(|connection| -> Result<()> {
        Ok(connection.batch_execute(
            "DO $$ BEGIN EXECUTE 'ALTER DATABASE ' || current_database() || ' SET default_transaction_read_only = on'; \
             END $$",
        )?)
    })
    .unwrap();
    let reader = Db::open(&place.url()).unwrap();
    assert!(
        reader
            .write(deadline(), |connection| -> Result<()> { Ok(connection.batch_execute("CREATE TABLE t ()")?) })
            .is_err()
    );
    assert!(reader.is_up_to_date().unwrap());
    assert!(!reader.is_blank().unwrap());
}

/// Makes the next start run the last migration once more.
fn forget_the_last_one(db: &Db) {
    db.on_one_connection(|connection| -> Result<()> {
        Ok(connection.batch_execute(
            "DELETE FROM __diesel_schema_migrations WHERE version = '20261128000600'; DROP TABLE key_checks",
        )?)
    })
    .unwrap();
}

fn tables_and_versions(db: &Db) -> Vec<String> {
    let all = "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public' UNION ALL \
               SELECT version FROM __diesel_schema_migrations ORDER BY 1";
    db.read(|connection| -> Result<Vec<String>> {
        Ok(diesel::dsl::sql::<diesel::sql_types::Text>(all).load(connection)?)
    })
    .unwrap()
}

#[test]
fn a_migration_that_fails_says_what_is_true_whenever_it_fails() {
    // In its midst, at its end, and when nobody answers any more whether it was done.
    for (failing, says) in [
        ("CREATE TABLE key_checks ()", "Nothing was changed"),
        (
            "CREATE CONSTRAINT TRIGGER t AFTER INSERT ON __diesel_schema_migrations INITIALLY DEFERRED \
          FOR EACH ROW EXECUTE FUNCTION refuse()",
            "Nothing was changed",
        ),
        (
            "CREATE CONSTRAINT TRIGGER t AFTER INSERT ON __diesel_schema_migrations INITIALLY DEFERRED \
          FOR EACH ROW EXECUTE FUNCTION cut()",
            "either all of it was done or nothing",
        ),
    ] {
        let (place, db) = temporary();
        let Place::Server(_) = place else { return };
        forget_the_last_one(&db);
        let functions =
            [("refuse", "RAISE EXCEPTION 'not now'"), ("cut", "PERFORM pg_terminate_backend(pg_backend_pid())")];
        for (name, what) in functions {
            db.on_one_connection(|connection| -> Result<()> {
                Ok(connection.batch_execute(&format!(
                    "CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {what}; RETURN NULL; END $$"
                ))?)
            })
            .unwrap();
        }
        db.on_one_connection(|connection| -> Result<()> { Ok(connection.batch_execute(failing)?) }).unwrap();
        let before = tables_and_versions(&db);
        let failed = db.migrate().unwrap_err().to_string();
        assert!(failed.starts_with("a migration failed: ") && failed.contains(says), "{failing}: {failed}");
        assert_eq!(tables_and_versions(&db), before, "{failing}");
        assert!(!db.is_up_to_date().unwrap());
    }
}
