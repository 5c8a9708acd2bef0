//! The table of spent attempts: strangers can make up any number of names.

use crate::support::{Server, wait_for};

/// Puts this many rows into the table, each with this number of attempts today.
fn crowd(server: &Server, name: &str, rows: u32, attempts: u32) {
    let (now, later) = (server.time("0 seconds"), server.time("+15 minutes"));
    server.execute(&format!(
        "WITH RECURSIVE numbers (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM numbers WHERE number < {rows})
         INSERT INTO throttles (subject, spent_until, next_at, day_started_at, day_count)
         SELECT '{name}' || number, {later}, {now}, {now}, {attempts}
         FROM numbers"
    ));
}

fn rows(server: &Server, condition: &str) -> usize {
    server.sql(&format!("SELECT count(*) FROM throttles WHERE {condition}"))[0].parse().unwrap()
}

const THOSE_THAT_MATTER: &str = "subject LIKE '%:guessed' OR subject LIKE '%:waits'";

/// Rows of an account and of a name with many attempts, of an account that waits for a minute, and of a browser that
/// waits. By the number of their attempts these two would go first.
fn those_that_matter(server: &Server) {
    for (subject, spent_until, next_at, attempts) in [
        ("user:guessed", "+15 minutes", "+0 seconds", 40),
        ("user:waits", "+90 minutes", "+60 seconds", 0),
        ("name:guessed", "+15 minutes", "+0 seconds", 100),
        ("device:waits", "+60 minutes", "+0 seconds", 0),
    ] {
        let (now, spent_until, next_at) = (server.time("0 seconds"), server.time(spent_until), server.time(next_at));
        server.execute(&format!(
            "INSERT INTO throttles (subject, spent_until, next_at, day_started_at, day_count)
             VALUES ('{subject}', {spent_until}, {next_at}, {now}, {attempts})"
        ));
    }
}

#[test]
fn names_past_a_hundred_thousand_give_way_at_the_next_attempt_but_none_that_waits() {
    let server = Server::prepare().with_real_limits().with("VESTIBULE_NETWORK_LOGINS", "1000").and_seed().and_start();
    server.client().log_in("roy", "wrong");
    those_that_matter(&server);
    crowd(&server, "name:crowd", 100_500, 1);
    // The rows are counted at the first attempt and then at every 64th.
    for number in 0..64 {
        server.client().log_in(&format!("nobody{}", number % 4), "wrong");
    }
    let left = rows(&server, "TRUE");
    assert!((98_000..=100_000).contains(&left), "{left}");
    assert_eq!(rows(&server, THOSE_THAT_MATTER), 4);
}

#[test]
fn the_sweep_makes_room_too() {
    let mut server = Server::prepare().with_real_limits().and_seed();
    server.start(&["serve"]);
    assert_eq!(server.terminate(), 0);
    those_that_matter(&server);
    crowd(&server, "user:crowd", 51_000, 1);
    crowd(&server, "name:crowd", 51_000, 2);
    server.start(&["serve"]);
    wait_for("room", || (rows(&server, "TRUE") <= 100_000).then_some(()));
    assert_eq!(rows(&server, THOSE_THAT_MATTER), 4);
    assert_eq!(rows(&server, "subject LIKE 'name:crowd%'"), 51_000, "those with the fewest attempts went first");
}
