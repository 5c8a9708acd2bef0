//! The move from SQLite to PostgreSQL, of many accounts with sessions and todos.

use std::time::Instant;

use crate::client::{self, ANYWHERE, Connection};
use crate::fill;
use crate::plan::Plan;
use crate::report::{Figure, Group, Unit};
use crate::seal::Seal;
use crate::support::Server;

const HOW: &str = "\
    `vestibule db copy` from a file of SQLite, in which each account has a session and a todo, into an empty database. \
    Afterwards every table has as many rows as before, and those whose cookies are known are still logged in; else the \
    measurement fails. Of one round.";

/// Sessions whose cookies are known.
const KNOWN: usize = 1000;

pub fn measure(plan: &Plan) -> Group {
    let server = Server::on_sqlite().and_seed();
    fill::accounts(&server, plan.accounts);
    fill::unknown_sessions(&server, plan.accounts - KNOWN);
    let known = fill::sessions(&server, plan.accounts - KNOWN..plan.accounts);
    let (id, now) = (fill::id(&server), server.time("0 days"));
    fill::in_one_go(
        &server,
        plan.accounts,
        &format!(
            "INSERT INTO todos (id, user_id, title, description, due, done, created_at, updated_at)
             SELECT {id}, {id}, 'Todo ' || i, '', '2030-01-31', FALSE, {now}, {now} FROM n"
        ),
    );
    let there = server.another_node().without("VESTIBULE_DATABASE_URL");
    let url = there.postgres().expect("it is on PostgreSQL").url();
    let began = Instant::now();
    let copied = server.cli(&["db", "copy", "--to", url]);
    let took = began.elapsed().as_secs_f64();
    assert_eq!(copied.code, 0, "{copied:?}");
    let contents = |server: &Server| {
        let counts = server.row_counts();
        counts.into_iter().filter(|(table, _)| !table.starts_with("__diesel")).collect::<Vec<_>>()
    };
    assert_eq!(contents(&there), contents(&server), "every table is as long as before");
    let there = there.and_start();
    let seal = Seal::of(&server);
    let cookies: Vec<String> = known.iter().map(|session| seal.cookie("session", session)).collect();
    let logged_in = client::runtime().block_on(async {
        let mut connection = Connection::open(ANYWHERE, there.port).await.expect("the server listens");
        let mut logged_in = 0;
        for cookie in &cookies {
            let headers = ["Accept: application/json".to_owned(), format!("Cookie: {cookie}")];
            let request = client::get(there.port, "/", &headers);
            logged_in += usize::from(connection.ask(&request).await.expect("an answer") == 200);
        }
        logged_in
    });
    assert_eq!(logged_in, known.len(), "all are still logged in");
    let what = format!("Accounts in a second, of {}", plan.accounts);
    let figures = vec![Figure::new(&what, Unit::PerSecond, [plan.accounts as f64 / took], None)];
    Group { title: "The move from SQLite", how: HOW, figures }
}
