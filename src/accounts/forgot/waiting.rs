//! The requests that wait to be answered: a row each, encrypted.

use std::net::IpAddr;

use chrono::{Duration, NaiveDateTime};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use crate::accounts::Accounts;
use crate::accounts::batches::BATCH;
use crate::accounts::sealed;
use crate::accounts::source::{Actor, Source};
use crate::accounts::work::Work;
use crate::config::SecretKey;
use crate::db::{self, DbConnection, schema::reset_requests};

/// The purpose from which the encryption key of requests is derived.
const PURPOSE: &str = "reset requests";

/// More than this don't wait: they are answered within seconds, so there are so many only when the database is slow.
const MOST: i64 = 1000;

/// How long a request may wait, such as for a server that is off, before it is removed.
const KEPT: Duration = Duration::hours(24);

/// A request as it is stored.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = reset_requests)]
pub(super) struct Row {
    id: String,
    request: String,
    asked_at: NaiveDateTime,
}

/// What someone typed, and who they were.
#[derive(Serialize, Deserialize)]
pub(super) struct Request {
    pub name: String,
    address: Option<IpAddr>,
    user_agent: Option<String>,
    request_id: String,
}

impl Request {
    /// Where it came from.
    pub fn source(&self) -> Source {
        Source {
            actor: Actor::Visitor(None),
            address: self.address,
            user_agent: self.user_agent.clone(),
            request_id: self.request_id.clone(),
        }
    }
}

/// The row of a request.
pub(super) fn sealed(accounts: &Accounts, name: &str, source: &Source) -> Row {
    let Source { address, user_agent, request_id, .. } = source.clone();
    let id = db::new_id();
    let plain = serde_json::to_vec(&Request { name: name.to_owned(), address, user_agent, request_id });
    let request = sealed::seal(&accounts.key, PURPOSE, &id, &plain.unwrap_or_default())
        .expect("the operating system gives random bytes");
    Row { id, request, asked_at: db::now() }
}

/// Adds a request to those that wait.
pub(super) fn add(work: &mut Work<'_>, row: &Row) -> db::Result<()> {
    let waiting: i64 = reset_requests::table.count().get_result(work.connection())?;
    if waiting >= MOST {
        return Err(db::Error::Busy);
    }
    diesel::insert_into(reset_requests::table)
        .values((
            reset_requests::id.eq(&row.id),
            reset_requests::request.eq(&row.request),
            reset_requests::asked_at.eq(row.asked_at),
        ))
        .execute(work.connection())?;
    Ok(())
}

/// Whether any waits.
pub(super) fn is_any(connection: &mut DbConnection) -> db::Result<bool> {
    Ok(diesel::select(diesel::dsl::exists(reset_requests::table.select(reset_requests::id))).get_result(connection)?)
}

/// Takes the oldest requests, each of which one server gets; without what they say when they can't be read, because they
/// were encrypted with another secret key.
pub(super) fn take(work: &mut Work<'_>, key: &SecretKey, most: i64) -> db::Result<Vec<Option<Request>>> {
    let rows: Vec<Row> =
        reset_requests::table.order(reset_requests::id).limit(most).select(Row::as_select()).load(work.connection())?;
    let mut requests = Vec::new();
    for Row { id, request, .. } in rows {
        let gone =
            diesel::delete(reset_requests::table.filter(reset_requests::id.eq(&id))).execute(work.connection())?;
        if gone > 0 {
            let plain = sealed::open(key, PURPOSE, &id, &request);
            requests.push(plain.and_then(|plain| serde_json::from_slice(&plain).ok()));
        }
    }
    Ok(requests)
}

/// Removes requests that nobody has answered for long, as many as a batch has. Answers how many.
pub(in crate::accounts) fn sweep(work: &mut Work<'_>) -> db::Result<usize> {
    let old: Vec<String> = reset_requests::table
        .filter(reset_requests::asked_at.le(db::now() - KEPT))
        .select(reset_requests::id)
        .limit(BATCH)
        .load(work.connection())?;
    Ok(diesel::delete(reset_requests::table).filter(reset_requests::id.eq_any(old)).execute(work.connection())?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::recognised::Recognised;
    use crate::db::tests::temporary;

    fn row(asked_at: NaiveDateTime) -> Row {
        Row { id: db::new_id(), request: "sealed".to_owned(), asked_at }
    }

    #[test]
    fn only_so_many_wait_and_each_is_taken_once_or_removed_after_a_day() {
        let (_folder, db) = temporary();
        let key = SecretKey::parse(&("B".repeat(85) + "A==")).expect("64 bytes");
        let story = |work: &mut Work<'_>| -> db::Result<()> {
            for _ in 0..MOST {
                add(work, &row(db::now()))?;
            }
            assert!(matches!(add(work, &row(db::now())), Err(db::Error::Busy)));
            assert_eq!(sweep(work)?, 0);
            let taken = take(work, &key, 10)?;
            assert_eq!((taken.len(), taken.iter().flatten().count()), (10, 0), "none of it can be read");
            add(work, &row(db::now() - KEPT))?;
            assert_eq!(sweep(work)?, 1);
            let mut left = 0;
            while is_any(work.connection())? {
                left += take(work, &key, 100)?.len();
            }
            assert_eq!(left, MOST as usize - 10);
            Ok(())
        };
        Work::run(&db, &Recognised::new(), Source::operator(), story).unwrap();
    }
}
