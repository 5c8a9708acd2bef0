//! The sweep of refusals: writes down what was only counted, and makes room.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::counts;
use crate::accounts::Accounts;
use crate::accounts::batches::{BATCH, in_batches};
use crate::accounts::source::Source;
use crate::accounts::work::Work;
use crate::db::{self, DbConnection, schema::audit_events};

/// Writes down what was only counted in memory, removes the oldest refusals of each kind past their number, and counts
/// of days that the audit does not go back to. Answers how many rows went.
pub(in crate::accounts) async fn sweep(accounts: &Accounts) -> db::Result<usize> {
    for kind in accounts.refusals.tally.kinds() {
        let untold = accounts.refusals.tally.take(kind);
        let write = move |work: &mut Work<'_>| {
            counts::add(work, kind, untold.count())?;
            work.after_commit(|| untold.settle());
            Ok(())
        };
        accounts.write_for_anyone::<_, db::Error, _>(&Source::system(), write).await?;
    }
    let first_day = (db::now() - accounts.audit_kept).date();
    let mut gone =
        accounts.write_for_anyone(&Source::system(), move |work| counts::remove_before(work, first_day)).await?;
    for (event, about_account) in accounts.read(counts::kinds).await? {
        let (in_all, kind) = (accounts.refusals.in_all, Stored { event, about_account });
        let oldest = {
            let kind = kind.clone();
            accounts.read(move |connection| oldest_that_stays(connection, &kind, in_all)).await?
        };
        if let Some(oldest) = oldest {
            gone += in_batches(accounts, move |work| remove_before(work, &kind, oldest)).await?;
        }
    }
    Ok(gone)
}

/// A kind of refusals that there are rows of. This version need not know the event.
#[derive(Clone)]
struct Stored {
    event: String,
    about_account: bool,
}

/// When the oldest happened of those that stay; none when all do.
fn oldest_that_stays(connection: &mut DbConnection, kind: &Stored, in_all: i64) -> db::Result<Option<NaiveDateTime>> {
    Ok(audit_events::table
        .filter(audit_events::event.eq(&kind.event))
        .filter(is_about_account().eq(kind.about_account))
        .order(audit_events::at.desc())
        .offset(in_all - 1)
        .select(audit_events::at)
        .first(connection)
        .optional()?)
}

fn remove_before(work: &mut Work<'_>, kind: &Stored, oldest: NaiveDateTime) -> db::Result<usize> {
    let old: Vec<String> = audit_events::table
        .filter(audit_events::event.eq(&kind.event))
        .filter(audit_events::at.lt(oldest))
        .filter(is_about_account().eq(kind.about_account))
        .select(audit_events::id)
        .limit(BATCH)
        .load(work.connection())?;
    Ok(diesel::delete(audit_events::table).filter(audit_events::id.eq_any(old)).execute(work.connection())?)
}

/// Whether a row concerns an account.
#[diesel::dsl::auto_type]
fn is_about_account() -> _ {
    audit_events::actor.is_not_null().or(audit_events::target.is_not_null())
}
