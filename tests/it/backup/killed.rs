//! A backup or a restore that is killed at any moment leaves what was there or what was to be, whole.

use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use super::{accounts, back_up, names, restore};
use crate::support::{Client, Server, kill_within};

const ROUNDS: usize = 20;

/// Makes a database that takes a while to copy.
fn heavy(server: &Server) {
    server.execute(
        "INSERT INTO todos (id, user_id, title, description, done, due, created_at, updated_at)
         WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 5000)
         SELECT 'heavy-' || n, users.id, 'Todo ' || n, 'with a description of some length', TRUE, '2030-01-31',
                '2026-01-01 00:00:00', '2026-01-01 00:00:00'
         FROM numbers, users WHERE username = 'roy'",
    );
}

/// How long a command takes that nobody kills, and a little more.
fn time_of(server: &Server, arguments: &[&str]) -> Duration {
    let started = Instant::now();
    assert_eq!(server.cli(arguments).code, 0, "{arguments:?}");
    started.elapsed().mul_f64(1.4)
}

/// Runs a command and kills it at a random moment. Answers whether it was done before that.
fn killed(server: &Server, arguments: &[&str], most: Duration) -> bool {
    let child = server.command(arguments).stdout(Stdio::null()).stdin(Stdio::null()).spawn().unwrap();
    kill_within(child, most)
}

fn is_sound(server: &Server) {
    assert_eq!(server.sql("SELECT integrity_check FROM pragma_integrity_check"), ["ok"]);
    assert_eq!(server.sql("SELECT \"table\" FROM pragma_foreign_key_check"), [""; 0]);
}

#[test]
fn a_backup_that_is_killed_is_whole_or_not_there() {
    let server = Server::on_sqlite().and_seed();
    heavy(&server);
    let most = time_of(&server, &["backup", "first.db"]);
    let mut whole = 0;
    for round in 0..ROUNDS {
        let name = format!("{round}.db");
        killed(&server, &["backup", &name], most);
        if server.folder().join(&name).exists() {
            whole += 1;
            let other = Server::on_sqlite();
            restore(&other, &server.folder().join(&name));
            assert_eq!(other.sql("SELECT count(*) FROM todos WHERE id LIKE 'heavy-%'"), ["5000"], "{name}");
        }
        back_up(&server, &format!("{round}.db.again"));
        killed(&server, &["backup", "first.db", "--force"], most);
        assert_eq!(server.sql_at("first.db", "SELECT count(*) FROM vestibule_backup"), ["1"], "the old or the new one");
    }
    eprintln!("{whole} of {ROUNDS} were done before they were killed");
    assert_eq!(server.cli(&["backup", "first.db", "--force"]).code, 0);
    let left = names(server.folder()).into_iter().filter(|name| name.starts_with("first.db"));
    assert_eq!(left.collect::<Vec<_>>(), ["first.db"], "drafts are removed by the next one");
    is_sound(&server);
}

/// A copy of the data folder without what a process left in it.
fn copy(from: &Path, to: &Path) {
    let _ = fs::remove_dir_all(to);
    fs::create_dir(to).unwrap();
    for name in ["vestibule.db", "secret_key"] {
        fs::copy(from.join(name), to.join(name)).unwrap();
    }
}

#[test]
fn a_restore_that_is_killed_leaves_the_one_or_the_other_and_its_key() {
    // Two servers with different accounts, keys, and logins.
    let other = Server::on_sqlite().and_seed();
    heavy(&other);
    other.add_user("restored");
    back_up(&other, "all.db");
    let backup = other.folder().join("all.db");
    let mut server = Server::on_sqlite().and_seed().and_start();
    heavy(&server);
    server.add_user("former");
    let browser = server.signed_in("roy", "roy");
    assert_eq!(server.terminate(), 0);
    let (data, saved) = (server.folder().join("data"), server.folder().join("saved"));
    copy(&data, &saved);
    let arguments = ["restore", backup.to_str().unwrap()];
    let most = time_of(&server, &arguments);
    let mut done = [0, 0];
    for round in 0..ROUNDS {
        copy(&saved, &data);
        // What the former database has in its log must not get into the other one.
        server.execute("UPDATE users SET display_name = 'In the log'");
        killed(&server, &arguments, most);
        server.start(&["serve"]);
        let left: Vec<String> = names(&data)
            .into_iter()
            .filter(|name| name.contains("restor") || name.starts_with("secret_key."))
            .collect();
        assert_eq!(left, [""; 0], "round {round}");
        is_sound(&server);
        let is_former = accounts(&server).contains(&"former".to_owned());
        done[usize::from(!is_former)] += 1;
        let from = if is_former { &saved } else { &other.folder().join("data") };
        assert_eq!(fs::read(data.join("secret_key")).unwrap(), fs::read(from.join("secret_key")).unwrap());
        assert_eq!(server.sessions(), usize::from(is_former), "round {round}");
        let mut client: Client = server.client();
        client.jar = browser.jar.clone();
        assert_eq!(client.is_signed_in(), is_former, "round {round}");
        assert_eq!(accounts(&server).contains(&"restored".to_owned()), !is_former);
        let named = server.sql("SELECT count(*) FROM users WHERE display_name = 'In the log'").remove(0);
        assert_eq!(named != "0", is_former, "round {round}");
        assert_eq!(server.sql("SELECT count(*) FROM todos WHERE id LIKE 'heavy-%'"), ["5000"]);
        assert_eq!(server.terminate(), 0);
    }
    eprintln!("former and restored: {done:?}");
}
