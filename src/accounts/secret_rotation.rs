//! Another secret key in the place of the present one: what the database holds that only the former key could use ends.

use diesel::prelude::*;

use super::Accounts;
use super::audit::{self, Event, Source};
use super::one_time_link;
use super::token::signing_key;
use super::work::Work;
use crate::db::{
    self, schema::devices, schema::mail_queue, schema::reset_requests, schema::sessions, schema::sign_ups,
};

/// Ends the sessions of browsers, whose cookies nobody can read any more, makes the browsers unknown, and ends the keys
/// that sign tokens: if the former secret key has leaked, they may have leaked with it. So may the links in letters that
/// wait or were given up, which end with them; the letters, and the requests for one, can't be read any more. Programs go
/// on with their refresh tokens, which no key protects. It can be done again. Answers how many sessions ended. For callers
/// that may block.
///
/// # Errors
/// When the database can't be written.
pub fn settle(accounts: &Accounts, source: Source) -> db::Result<usize> {
    Work::run_until(&accounts.db, &accounts.recognised, &accounts.outbox, db::deadline(), source, |work| {
        let browsers = sessions::table.filter(sessions::kind.eq("browser"));
        let ended = diesel::delete(browsers).execute(work.connection()).map_err(db::Error::from)?;
        let known = devices::table.filter(devices::kind.eq("browser"));
        diesel::delete(known).execute(work.connection()).map_err(db::Error::from)?;
        signing_key::end_all(work)?;
        one_time_link::end_mailed(work)?;
        diesel::delete(mail_queue::table).execute(work.connection()).map_err(db::Error::from)?;
        diesel::delete(reset_requests::table).execute(work.connection()).map_err(db::Error::from)?;
        // Nobody can use one without its link.
        diesel::delete(sign_ups::table).execute(work.connection()).map_err(db::Error::from)?;
        audit::record(work, Event::SecretRotated, None, Some(&format!("{ended} sessions of browsers")))?;
        Ok(ended)
    })
}
