//! What a row of each table takes, with its indexes.

use crate::fill;
use crate::report::{Figure, Group, Unit};
use crate::support::Server;

const HOW: &str = "\
    By `pg_total_relation_size` before and after so many rows were written by one statement: the row, its indexes, and \
    what they leave free. In use, tables grow by what changes leave behind until it is vacuumed; reckon with half as \
    much again.";

const USER_AGENT: &str = "'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'";

/// Bytes that each of these takes.
pub struct Sizes {
    pub account: f64,
    pub session: f64,
    pub device: f64,
    pub refresh_token: f64,
    pub event: f64,
    rows: usize,
}

impl Sizes {
    /// Fills an empty database, and looks.
    pub fn of_filling(server: &Server, rows: usize) -> Sizes {
        let id = fill::id(server);
        let token = fill::unknown_token(server);
        let (now, second) = (server.time("0 days"), "interval '1 millisecond'");
        let into = |table: &str, columns: &str, values: &str| {
            let statement = format!("INSERT INTO {table} ({columns}) SELECT {values} FROM n");
            each(server, table, rows, || fill::in_one_go(server, rows, &statement))
        };
        Sizes {
            account: each(server, "users", rows, || fill::accounts(server, rows)),
            // All times differ: an index has each value once, with what has it.
            session: into(
                "sessions",
                "id, token_hash, user_id, remembered, created_at, authenticated_at, last_seen_at, idle_expires_at, \
                 expires_at, address, user_agent, kind",
                &format!(
                    "{id}, {token}, {id}, FALSE, {now}, {now}, {now}, {now} + interval '59 minutes' - i * {second}, \
                     {now} + interval '11 hours' - i * {second}, '192.0.2.1', {USER_AGENT}, 'browser'"
                ),
            ),
            device: into(
                "devices",
                "id, user_id, token_hash, created_at, expires_at, kind",
                &format!("{id}, {id}, {token}, {now}, {now} + interval '365 days' - i * {second}, 'browser'"),
            ),
            refresh_token: into(
                "refresh_tokens",
                "token_hash, session_id, created_at, spent_at",
                &format!("{token}, {id}, {now}, {now}"),
            ),
            event: into(
                "audit_events",
                "id, at, event, actor, target, address, user_agent, request_id, detail",
                &format!(
                    "{id}, {now} - i * {second}, 'login.succeeded', {id}, {id}, '192.0.' || i / 250 % 250 || '.' || \
                     i % 250, {USER_AGENT}, md5(i::text), {id}"
                ),
            ),
            rows,
        }
    }

    pub fn group(&self) -> Group {
        let row = |what: &str, size| Figure::new(what, Unit::Bytes, [size], None);
        let figures = vec![
            row("An account", self.account),
            row("A session", self.session),
            row("A known device", self.device),
            row("A refresh token", self.refresh_token),
            row("An event of the audit", self.event),
            Figure::new("Rows of each", Unit::Count, [self.rows as f64], None),
        ];
        Group { title: "What a row takes, with its indexes", how: HOW, figures }
    }
}

fn each(server: &Server, table: &str, rows: usize, fill: impl FnOnce()) -> f64 {
    let size = || {
        let size = server.sql(&format!("SELECT pg_total_relation_size('{table}')"));
        size[0].parse::<f64>().expect("a number")
    };
    let before = size();
    fill();
    (size() - before) / rows as f64
}
