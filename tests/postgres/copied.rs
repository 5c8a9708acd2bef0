//! A server moves from its file to PostgreSQL, and back, and nobody who was logged in notices.

use std::fmt::Write;

use serde_json::{Value, json};

use crate::support::{Client, Server};

/// Half of them log in with a browser, the others with a program.
const PEOPLE: usize = 200;

/// The password of all, and its hash in the cheapest form.
const PASSWORD: &str = "correct horse battery staple";

/// A server on SQLite with so many people, all with a todo.
fn peopled() -> Server {
    let server = Server::on_sqlite();
    server.add_user("first");
    let hash = server.sql("SELECT password_hash FROM users").remove(0);
    let people = (0..PEOPLE).fold("username;password_hash\n".to_owned(), |mut csv, number| {
        writeln!(csv, "person{number};{hash}").expect("it is written");
        csv
    });
    let imported = server.cli_with_stdin(&["user", "import", "-", "--format", "csv"], &people);
    assert_eq!(imported.code, 0, "{imported:?}");
    server.execute(
        "INSERT INTO todos (id, user_id, title, description, due, done, created_at, updated_at) \
         SELECT 'of-' || id, id, 'Todo of ' || username, '', '2030-01-31', FALSE, created_at, created_at FROM users",
    );
    server.and_start()
}

/// What each table holds, in any order.
fn contents(server: &Server) -> Vec<(String, String)> {
    let counts = server.row_counts();
    counts.into_iter().filter(|(table, _)| !table.starts_with("__diesel")).collect()
}

#[test]
fn everybody_stays_logged_in_on_the_way_there_and_back() {
    let mut server = peopled();
    let name = |number: usize| format!("person{number}");
    let browsers: Vec<Client> = (0..PEOPLE / 2).map(|number| server.signed_in(&name(number), PASSWORD)).collect();
    let pairs: Vec<Value> = (PEOPLE / 2..PEOPLE).map(|number| server.client().pair(&name(number), PASSWORD)).collect();
    assert_eq!(server.terminate(), 0);
    let before = contents(&server);

    let there = server.another_node().without("VESTIBULE_DATABASE_URL");
    let url = there.postgres().expect("it is on PostgreSQL").url().to_owned();
    let copied = server.cli(&["db", "copy", "--to", &url]);
    assert!(copied.code == 0 && copied.stderr.contains(&format!("{} users", PEOPLE + 1)), "{copied:?}");
    let there = there.and_start();
    assert_eq!(contents(&there), before, "the counts of every table");
    for (number, browser) in browsers.iter().enumerate() {
        let mut browser = there.client().browsing().having(browser);
        assert!(browser.get("/todos").says(&format!("Todo of {}", name(number))), "{number} is logged in");
    }
    let mut latest = Vec::new();
    for pair in &pairs {
        let mut program = there.client().bearing(pair["access_token"].as_str().expect("a token"));
        assert_eq!(program.get("/api/v1/me").status, 200);
        let used = json!({ "refresh_token": pair["refresh_token"] });
        latest.push(there.client().call("POST", "/api/v1/tokens/refresh", &used).json());
    }
    let mut there = there;
    assert_eq!(there.terminate(), 0);

    let back = there.cli(&["db", "copy", "--to", "sqlite:back.db"]);
    assert_eq!(back.code, 0, "{back:?}");
    let file = format!("sqlite:{}", there.folder().join("back.db").display());
    let back = server.another_node().with("VESTIBULE_DATABASE_URL", &file).and_start();
    for (browser, pair) in browsers.iter().zip(&latest) {
        assert!(back.client().browsing().having(browser).is_signed_in());
        let used = json!({ "refresh_token": pair["refresh_token"] });
        assert_eq!(back.client().call("POST", "/api/v1/tokens/refresh", &used).status, 200);
    }
}
