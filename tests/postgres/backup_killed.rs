//! A backup or a restore on PostgreSQL that is killed at any moment leaves what was there or what was to be, whole.

use std::fs;
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::backup::{back_up, restore};
use crate::support::{Server, kill_within};

const ROUNDS: usize = 7;

/// Adds what takes a while to copy.
fn heavy(server: &Server) {
    server.execute(
        "INSERT INTO todos (id, user_id, title, description, done, due, created_at, updated_at)
         WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 5000)
         SELECT 'heavy-' || n, users.id, 'Todo ' || n, 'with a description of some length', TRUE, '2030-01-31',
                '2026-01-01 00:00:00', '2026-01-01 00:00:00'
         FROM numbers, users WHERE username = 'roy'",
    );
}

/// Runs a command and kills it at a random moment. Answers whether it was done before that.
fn killed(server: &Server, arguments: &[&str], most: Duration) -> bool {
    let child = server.command(arguments).stdout(Stdio::null()).stdin(Stdio::null()).spawn().unwrap();
    kill_within(child, most)
}

fn names(folder: &std::path::Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_backup_is_whole_or_not_there() {
    let server = Server::prepare().and_seed();
    heavy(&server);
    let started = Instant::now();
    back_up(&server, "first.db");
    let most = started.elapsed().mul_f64(1.4);
    let mut done = 0;
    for round in 0..ROUNDS {
        let name = format!("{round}.db");
        killed(&server, &["backup", &name], most);
        if server.folder().join(&name).exists() {
            done += 1;
            let other = Server::on_sqlite();
            restore(&other, &server.folder().join(&name));
            assert_eq!(other.sql("SELECT count(*) FROM todos WHERE id LIKE 'heavy-%'"), ["5000"], "{name}");
        }
        killed(&server, &["backup", "first.db", "--force"], most);
        assert_eq!(server.sql_at("first.db", "SELECT count(*) FROM vestibule_backup"), ["1"], "the old or the new one");
    }
    eprintln!("{done} of {ROUNDS} were done before they were killed");
    assert_eq!(server.cli(&["backup", "first.db", "--force"]).code, 0);
    let left = names(server.folder()).into_iter().filter(|name| name.starts_with("first.db"));
    assert_eq!(left.collect::<Vec<_>>(), ["first.db"], "drafts are removed by the next one");
}

#[test]
fn a_restore_leaves_the_one_or_the_other_and_its_key() {
    let other = Server::on_sqlite().and_seed();
    heavy(&other);
    other.add_user("restored");
    back_up(&other, "all.db");
    let file = other.folder().join("all.db");
    let mut server = Server::prepare().and_seed();
    heavy(&server);
    server.add_user("former");
    back_up(&server, "former.db");
    let former = server.folder().join("former.db");
    let key = |server: &Server| fs::read_to_string(server.folder().join("data/secret_key")).unwrap();
    let keys = [key(&server), key(&other)];
    let arguments = ["restore", file.to_str().unwrap()];
    let started = Instant::now();
    restore(&server, &file);
    let most = started.elapsed().mul_f64(1.2);
    let mut done = [0, 0];
    for round in 0..ROUNDS {
        restore(&server, &former);
        server.wait_until_left();
        killed(&server, &arguments, most);
        server.start(&["serve"]);
        let is_restored = server.sql("SELECT username FROM users").contains(&"restored".to_owned());
        done[usize::from(is_restored)] += 1;
        assert_eq!(server.sql("SELECT count(*) FROM users WHERE username = 'former'") == ["1"], !is_restored);
        assert_eq!(server.sql("SELECT count(*) FROM todos WHERE id LIKE 'heavy-%'"), ["5000"], "round {round}");
        assert_eq!(key(&server), keys[usize::from(is_restored)], "round {round}");
        let left = names(&server.folder().join("data"));
        let left: Vec<_> = left.iter().filter(|n| n.contains("restor") || n.starts_with("secret_key.")).collect();
        assert!(left.is_empty(), "round {round}: {left:?}");
        assert!(server.signed_in("roy", "roy").is_signed_in(), "round {round}");
        assert_eq!(server.terminate(), 0);
    }
    eprintln!("former and restored: {done:?}");
}
