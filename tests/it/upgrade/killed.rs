//! An upgrade that is killed at any moment is finished by the next start.

use std::fs;
use std::time::{Duration, Instant};

use super::{columns, migrated, open, schemas, with_database_of};
use crate::support::kill_within;

const ROUNDS: usize = 20;

#[test]
fn the_next_start_goes_on_and_the_backup_is_whole() {
    let new = migrated();
    let wanted = columns(&mut new.connection());
    let oldest = schemas().remove(0);
    let started = Instant::now();
    assert_eq!(with_database_of(&oldest).cli(&["migrate"]).code, 0);
    let most: Duration = started.elapsed().mul_f64(1.4);
    let mut halfway = 0;
    for round in 0..ROUNDS {
        let server = with_database_of(&oldest);
        let was = columns(&mut server.connection());
        let done = kill_within(server.command(&["migrate"]).spawn().unwrap(), most);
        halfway += usize::from(!done);
        let server = server.and_start();
        assert_eq!(columns(&mut server.connection()), wanted, "round {round}");
        assert_eq!(server.sql("SELECT integrity_check FROM pragma_integrity_check"), ["ok"], "round {round}");
        assert!(server.signed_in("roy", "roy").is_signed_in(), "round {round}");
        let files = fs::read_dir(server.folder().join("data/backups")).unwrap();
        let backups: Vec<_> = files
            .map(|file| file.unwrap().path())
            .filter(|path| path.extension().is_some_and(|end| end == "db"))
            .collect();
        assert!(!backups.is_empty(), "round {round}");
        for backup in backups {
            assert_eq!(columns(&mut open(&backup)), was, "round {round}: {backup:?} is as it was");
        }
    }
    eprintln!("{halfway} of {ROUNDS} were killed before their end");
}
