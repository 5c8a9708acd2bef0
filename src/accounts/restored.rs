//! A database that comes from a backup: nobody is logged in on it. What had ended since then would be valid again, and
//! so would what was logged in with a secret that has leaked. Links that were used up would work once more, and letters
//! that were sent would be sent again.

use diesel::prelude::*;

use super::Accounts;
use super::audit::{self, Event, Source};
use super::token::signing_key;
use super::work::Work;
use crate::db::{
    self, schema::invitations, schema::mail_queue, schema::one_time_links, schema::reset_requests, schema::sessions,
    schema::sign_ups, schema::users,
};

/// Ends every session with its tokens, every key that signs tokens, every one-time link, invitation and sign-up that waits
/// for its link, every letter that waits and every request for one, and records where the database comes from. Answers how many accounts there are. For
/// callers that may block.
///
/// # Errors
/// When the database can't be written.
pub fn end_everything(accounts: &Accounts, source: Source, backup: &str) -> db::Result<i64> {
    Work::run_until(&accounts.db, &accounts.recognised, &accounts.outbox, db::deadline(), source, |work| {
        diesel::delete(sessions::table).execute(work.connection()).map_err(db::Error::from)?;
        diesel::delete(one_time_links::table).execute(work.connection()).map_err(db::Error::from)?;
        // Without its link, an invitation is of no use.
        diesel::delete(invitations::table).execute(work.connection()).map_err(db::Error::from)?;
        diesel::delete(mail_queue::table).execute(work.connection()).map_err(db::Error::from)?;
        diesel::delete(reset_requests::table).execute(work.connection()).map_err(db::Error::from)?;
        diesel::delete(sign_ups::table).execute(work.connection()).map_err(db::Error::from)?;
        signing_key::end_all(work)?;
        audit::record(work, Event::DatabaseRestored, None, Some(backup))?;
        users::table.count().get_result(work.connection()).map_err(db::Error::from)
    })
}
