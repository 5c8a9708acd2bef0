//! Claims a letter, so that only one worker sends it, and records the result.

use std::future::Future;
use std::pin::pin;

use chrono::{Duration, NaiveDateTime};
use diesel::prelude::*;

use crate::accounts::Accounts;
use crate::accounts::audit::Source;
use crate::accounts::work::Work;
use crate::db::{self, DbConnection, schema::mail_queue};

/// How long a claim lasts. A worker that takes longer renews it in time; if it was killed, another one takes the letter
/// after this.
pub(super) const LEASE: Duration = Duration::seconds(30);

/// How often a worker renews its claim.
const RENEW_EVERY: std::time::Duration = std::time::Duration::from_secs(10);

/// How many times a worker looks for another letter after it lost one to another worker.
const LOOKS: u32 = 8;

/// A letter that only this worker may send until the claim expires.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = mail_queue)]
pub(super) struct Claimed {
    pub(super) id: String,
    pub(super) user_id: Option<String>,
    pub(super) kind: String,
    pub(super) recipient: String,
    pub(super) letter: String,
    pub(super) created_at: NaiveDateTime,
    pub(super) give_up_at: NaiveDateTime,
    /// How often it was tried, including this time.
    pub(super) tries: i64,
    pub(super) claim: Option<String>,
}

/// Whether any letter is due.
pub(super) fn is_any_due(connection: &mut DbConnection) -> db::Result<bool> {
    let due = mail_queue::table.filter(mail_queue::next_try_at.le(db::now()));
    Ok(diesel::select(diesel::dsl::exists(due)).get_result(connection)?)
}

/// Which of the due letters comes first.
#[derive(Debug, Clone, Copy)]
pub(super) enum First {
    /// The one that has been due the longest.
    Oldest,
    /// The one that became due last.
    Newest,
}

/// Claims a letter that is due.
pub(super) fn claim(work: &mut Work<'_>, first: First) -> db::Result<Option<Claimed>> {
    for _ in 0..LOOKS {
        let now = db::now();
        let due = mail_queue::table.filter(mail_queue::next_try_at.le(now));
        let one = due.limit(1).select(mail_queue::id);
        let found: Option<String> = match first {
            First::Oldest => one.order(mail_queue::next_try_at.asc()).get_result(work.connection()),
            First::Newest => one.order(mail_queue::next_try_at.desc()).get_result(work.connection()),
        }
        .optional()?;
        let Some(id) = found else { return Ok(None) };
        // The statement that claims repeats the condition: of two workers, only one finds it still true.
        let claimed = diesel::update(due.filter(mail_queue::id.eq(&id)))
            .set((
                mail_queue::next_try_at.eq(now + LEASE),
                mail_queue::claim.eq(db::new_id()),
                mail_queue::tries.eq(mail_queue::tries + 1),
            ))
            .execute(work.connection())?;
        if claimed > 0 {
            let this = mail_queue::table.filter(mail_queue::id.eq(&id)).select(Claimed::as_select());
            return Ok(this.get_result(work.connection()).optional()?);
        }
    }
    Ok(None)
}

/// Waits for a letter to be sent, and renews the claim until then.
pub(super) async fn hold<T>(accounts: &Accounts, claimed: &Claimed, sending: impl Future<Output = T>) -> T {
    let mut sending = pin!(sending);
    loop {
        if let Ok(sent) = tokio::time::timeout(RENEW_EVERY, &mut sending).await {
            return sent;
        }
        let letter = claimed.clone();
        let renewed = accounts.write_for_anyone(&Source::system(), move |work| renew(work, &letter)).await;
        if let Err(error) = renewed {
            error.log("a letter may be sent twice");
        }
    }
}

/// Renews the claim on a letter.
fn renew(work: &mut Work<'_>, claimed: &Claimed) -> db::Result<()> {
    set_next_try(work, claimed, db::now() + LEASE, claimed.claim.as_deref(), None)
}

/// Removes a letter that the mail server has accepted.
pub(super) fn sent(work: &mut Work<'_>, claimed: &Claimed) -> db::Result<()> {
    diesel::delete(mail_queue::table.filter(mail_queue::id.eq(&claimed.id))).execute(work.connection())?;
    Ok(())
}

/// Postpones a letter until this time, and records why.
pub(super) fn put_off(work: &mut Work<'_>, claimed: &Claimed, until: NaiveDateTime, why: &str) -> db::Result<()> {
    set_next_try(work, claimed, until, None, Some(why))
}

/// Does nothing if another worker has claimed the letter since.
fn set_next_try(
    work: &mut Work<'_>,
    claimed: &Claimed,
    at: NaiveDateTime,
    claim: Option<&str>,
    why: Option<&str>,
) -> db::Result<()> {
    let this = mail_queue::table.filter(mail_queue::id.eq(&claimed.id)).filter(mail_queue::claim.eq(&claimed.claim));
    diesel::update(this)
        .set((mail_queue::next_try_at.eq(at), mail_queue::claim.eq(claim)))
        .execute(work.connection())?;
    if let Some(why) = why {
        let this = mail_queue::table.filter(mail_queue::id.eq(&claimed.id));
        diesel::update(this).set(mail_queue::last_error.eq(why)).execute(work.connection())?;
    }
    Ok(())
}
