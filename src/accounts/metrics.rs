//! What monitoring hears of accounts: logins, sessions, the queues before hashing, the database and mail.

use std::time::Duration;

use chrono::NaiveDateTime;
use diesel::dsl::{count_star, min};
use diesel::prelude::*;

use super::Accounts;
use super::session::Kind;
use crate::db::{self, DbConnection, schema::mail_queue, schema::sessions};
use crate::metrics::Page;

/// How long the database is waited for, so that the other numbers come in time when it does not answer.
const PATIENCE: Duration = Duration::from_secs(3);

/// What is counted in the database.
struct Counted {
    /// Open sessions by kind.
    sessions: Vec<(String, i64)>,
    waiting: i64,
    oldest: Option<NaiveDateTime>,
    given_up: i64,
}

/// Writes all of it. What can't be counted, because the database does not answer, is left out.
pub async fn write(accounts: &Accounts, page: &mut Page) {
    let mut family = page.counter("vestibule_logins_total", "Logins on pages and by programs, by how they ended.");
    for (ended, number) in accounts.logins.all() {
        family.value(&[("outcome", ended.as_str())], number);
    }
    let queue = accounts.hasher.queue();
    page.gauge("vestibule_password_queue_length", "Passwords that wait to be checked or hashed.")
        .value(&[], queue.waiting());
    page.histogram("vestibule_password_queue_wait_seconds", "How long passwords waited for their turn.")
        .durations(&[], queue.waits());
    write_usage(accounts, page);
    let counted = tokio::time::timeout(PATIENCE, accounts.read(count)).await;
    let counted = counted.ok().and_then(Result::ok);
    page.gauge("vestibule_database_up", "Whether the database answers.").value(&[], u8::from(counted.is_some()));
    if let Some(counted) = counted {
        write_counted(page, &counted);
    }
}

fn write_usage(accounts: &Accounts, page: &mut Page) {
    let all = accounts.db.usage();
    let of = |usage: &db::Usage| [("purpose", usage.purpose)];
    let mut family = page.gauge("vestibule_database_connections_max", "Connections to the database that there may be.");
    all.iter().for_each(|usage| family.value(&of(usage), usage.most));
    let mut family = page.gauge("vestibule_database_connections_in_use", "Connections to the database at work.");
    all.iter().for_each(|usage| family.value(&of(usage), usage.in_use));
    let mut family = page.gauge("vestibule_database_waiting", "Requests that wait for a connection to the database.");
    all.iter().for_each(|usage| family.value(&of(usage), usage.waiting));
    let help = "Requests that were turned away, because too many waited for the database.";
    let mut family = page.counter("vestibule_database_refused_total", help);
    all.iter().for_each(|usage| family.value(&of(usage), usage.refused));
}

fn write_counted(page: &mut Page, counted: &Counted) {
    let mut family = page.gauge("vestibule_sessions", "Open sessions, of browsers and of programs.");
    for kind in [Kind::Browser { remembered: false }, Kind::Token] {
        let number = counted.sessions.iter().find(|(known, _)| known == kind.as_str()).map_or(0, |(_, number)| *number);
        family.value(&[("kind", kind.as_str())], number);
    }
    let mut family = page.gauge("vestibule_mail_queue_length", "Letters that wait to be sent, or were given up.");
    family.value(&[("state", "waiting")], counted.waiting);
    family.value(&[("state", "given_up")], counted.given_up);
    let age = counted.oldest.map_or(0, |written| (db::now() - written).num_seconds().max(0));
    page.gauge("vestibule_mail_queue_oldest_seconds", "How long the oldest letter has waited.").value(&[], age);
}

fn count(connection: &mut DbConnection) -> db::Result<Counted> {
    let now = db::now();
    let sessions = sessions::table
        .filter(sessions::expires_at.gt(now))
        .filter(sessions::idle_expires_at.gt(now))
        .group_by(sessions::kind)
        .select((sessions::kind, count_star()))
        .load(connection)?;
    let (waiting, oldest) = mail_queue::table
        .filter(mail_queue::given_up_at.is_null())
        .select((count_star(), min(mail_queue::created_at)))
        .get_result(connection)?;
    let given_up = mail_queue::table.filter(mail_queue::given_up_at.is_not_null()).count().get_result(connection)?;
    Ok(Counted { sessions, waiting, oldest, given_up })
}
