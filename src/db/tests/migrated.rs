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
