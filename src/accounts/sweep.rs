//! Removes what has expired, in small batches, so that no sweep keeps writers waiting. Puts right what a clock that was
//! ahead has left, and looks through the stored hashes.

use diesel::prelude::*;

use super::audit::{days, refusals};
use super::batches::{BATCH, in_batches};
use super::password::survey;
use super::source::Source;
use super::user::{deletion, import};
use super::work::Work;
use super::{Accounts, forgot, invitation, mail_queue, one_time_link, session, sign_up, throttle};
use crate::db::{
    self, schema::audit_events, schema::devices, schema::sessions, schema::spent_captchas, schema::throttles,
};

/// Finishes an import that was decided and left alone, so that nobody sees a part of it for long, and removes one that
/// was not. Answers how many rows went. Cheap when there is none.
///
/// # Errors
/// When the database does not answer; the next one goes on.
pub async fn imports(accounts: &Accounts) -> db::Result<usize> {
    import::sweep(accounts).await
}

/// Removes ended sessions, old audit rows, attempts that have come back, devices that nobody used, captchas that are
/// over, one-time links and invitations whose time is over, requests for links that nobody answered, sign-ups whose links nobody
/// opened, accounts whose owners
/// wanted it and did not come back, letters that were given up long ago, what a killed import has left, and budgets and
/// refusals past their number; counts the logins of days that are over; then surveys the stored hashes. Answers how many
/// rows went.
///
/// # Errors
/// When the database can't be written; the next sweep goes on where this one stopped.
pub async fn sweep(accounts: &Accounts) -> db::Result<usize> {
    accounts.recognised.sweep();
    let lifetimes = accounts.lifetimes.clone();
    let settle = move |work: &mut Work<'_>| -> db::Result<usize> {
        throttle::settle(work)?;
        mail_queue::settle(work)?;
        session::settle(work, &lifetimes)
    };
    let settled = accounts.write_for_anyone(&Source::system(), settle).await?;
    let oldest = db::now() - accounts.audit_kept;
    let sessions = in_batches(accounts, move |work| {
        let now = db::now();
        let ended: Vec<String> = sessions::table
            .filter(sessions::expires_at.le(now).or(sessions::idle_expires_at.le(now)))
            .select(sessions::id)
            .limit(BATCH)
            .load(work.connection())?;
        Ok(diesel::delete(sessions::table).filter(sessions::id.eq_any(ended)).execute(work.connection())?)
    });
    let audit = in_batches(accounts, move |work| {
        let old: Vec<String> = audit_events::table
            .filter(audit_events::at.lt(oldest))
            .select(audit_events::id)
            .limit(BATCH)
            .load(work.connection())?;
        Ok(diesel::delete(audit_events::table).filter(audit_events::id.eq_any(old)).execute(work.connection())?)
    });
    let throttles = in_batches(accounts, move |work| {
        let now = db::now();
        let forgotten: Vec<String> = throttles::table
            .filter(throttles::spent_until.le(now))
            .filter(throttles::next_at.le(now))
            .filter(throttles::day_started_at.le(now - chrono::Duration::hours(24)))
            .select(throttles::subject)
            .limit(BATCH)
            .load(work.connection())?;
        Ok(diesel::delete(throttles::table).filter(throttles::subject.eq_any(forgotten)).execute(work.connection())?)
    });
    let limits = accounts.limits.clone();
    let crowd = in_batches(accounts, move |work| throttle::make_room(work, &limits));
    let devices = in_batches(accounts, move |work| {
        let unknown: Vec<String> = devices::table
            .filter(devices::expires_at.le(db::now()))
            .select(devices::id)
            .limit(BATCH)
            .load(work.connection())?;
        Ok(diesel::delete(devices::table).filter(devices::id.eq_any(unknown)).execute(work.connection())?)
    });
    let captchas = in_batches(accounts, move |work| {
        let over: Vec<String> = spent_captchas::table
            .filter(spent_captchas::expires_at.le(db::now()))
            .select(spent_captchas::nonce)
            .limit(BATCH)
            .load(work.connection())?;
        Ok(diesel::delete(spent_captchas::table)
            .filter(spent_captchas::nonce.eq_any(over))
            .execute(work.connection())?)
    });
    let links = in_batches(accounts, one_time_link::sweep);
    let invitations = in_batches(accounts, invitation::sweep);
    let gone =
        settled + sessions.await? + audit.await? + throttles.await? + crowd.await? + devices.await? + captchas.await?;
    let links = links.await? + invitations.await? + in_batches(accounts, forgot::sweep).await?;
    let sign_ups = in_batches(accounts, sign_up::sweep).await?;
    let removed = deletion::remove_due(accounts).await?;
    let refusals = refusals::sweep(accounts).await?;
    let counts = days::sweep(accounts).await?;
    let letters = mail_queue::sweep(accounts).await?;
    let staged = imports(accounts).await?;
    survey::survey(accounts).await?;
    Ok(gone + links + sign_ups + removed + refusals + counts + letters + staged)
}
