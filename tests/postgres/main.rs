//! What only a server of PostgreSQL can do to a program: be away, end connections in the midst of a change, be frozen,
//! demand TLS, and serve more than one program. Runs in the cluster that `scripts/postgres` starts, by its name:
//! `scripts/postgres cargo test --features postgres --test postgres`.

#[path = "../support/mod.rs"]
mod support;

mod away;
mod backup;
mod backup_killed;
mod cluster;
mod copied;
mod cut;
mod ending;
mod made;
mod nodes;
mod operation;
mod restarted;
mod start;
mod stuck;
mod tls;
mod upgraded;

use support::{Server, postgres};

/// A server with the sample accounts, and its database.
fn seeded() -> Server {
    assert!(postgres::cluster().is_some(), "run this by scripts/postgres, which starts a cluster for it");
    Server::seeded()
}

fn database(server: &Server) -> &postgres::Database {
    server.postgres().expect("it is on PostgreSQL")
}
