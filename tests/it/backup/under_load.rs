//! Backups while people and programs write: each holds what was acknowledged before it began.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use serde_json::json;

use super::restore;
use crate::support::{Server, wait_for};

const BACKUPS: usize = 20;
const WRITERS: usize = 20;

#[test]
fn each_of_twenty_holds_every_write_that_was_acknowledged_before() {
    let server = Server::prepare().with("VESTIBULE_OPEN_TODOS_PER_ACCOUNT", "1000000").and_seed().and_start();
    let (counts, stop) = ([const { AtomicUsize::new(0) }; WRITERS], AtomicBool::new(false));
    let roy = server.client().program("roy", "roy");
    std::thread::scope(|scope| {
        for (writer, count) in counts.iter().enumerate() {
            let (mut roy, stop) = (roy.clone(), &stop);
            scope.spawn(move || {
                let mut number = 0;
                while !stop.load(Ordering::Relaxed) {
                    let todo = json!({ "title": format!("{writer}: {number}") });
                    match roy.call("POST", "/api/v1/todos", &todo).status {
                        201 => number += 1,
                        // Nothing is acknowledged, whether it was written or not; on a slow machine that may happen.
                        503 => {}
                        status => panic!("{status}"),
                    }
                    count.store(number, Ordering::Relaxed);
                }
            });
        }
        let backups = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            let mut before = 0;
            for backup in 0..BACKUPS {
                let all = || counts.iter().map(|count| count.load(Ordering::Relaxed)).sum::<usize>();
                wait_for("more writes", || (all() > before).then_some(()));
                before = all();
                let acknowledged: Vec<usize> = counts.iter().map(|count| count.load(Ordering::Relaxed)).collect();
                super::back_up(&server, &format!("{backup}.db"));
                let other = Server::prepare();
                restore(&other, &server.folder().join(format!("{backup}.db")));
                for (writer, count) in acknowledged.iter().enumerate() {
                    let todos = format!("SELECT count(DISTINCT title) FROM todos WHERE title LIKE '{writer}: %'");
                    let number = format!("CAST(substr(title, {}) AS INTEGER)", writer.to_string().len() + 3);
                    let before = other.sql(&format!("{todos} AND {number} < {count}"));
                    assert_eq!(before, [count.to_string()], "backup {backup}, writer {writer}");
                }
            }
        }));
        stop.store(true, Ordering::Relaxed);
        backups.unwrap();
    });
}
