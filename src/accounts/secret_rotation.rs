//! Another secret key in the place of the present one: what the database holds that only the former key could use ends.

use diesel::prelude::*;

use super::Accounts;
use super::audit::{self, Event, Source};
use super::token::signing_key;
use super::work::Work;
use crate::db::{self, schema::devices, schema::sessions};

/// Ends the sessions of browsers, whose cookies nobody can read any more, makes the browsers unknown, and ends the keys
/// that sign tokens: if the former secret key has leaked, they may have leaked with it. Programs go on with their refresh
/// tokens, which no key protects. It can be done again. Answers how many sessions ended.
///
/// # Errors
/// When the database can't be written.
pub async fn settle(accounts: &Accounts, source: &Source) -> db::Result<usize> {
    let settle = |work: &mut Work<'_>| -> db::Result<usize> {
        let browsers = sessions::table.filter(sessions::kind.eq("browser"));
        let ended = diesel::delete(browsers).execute(work.connection())?;
        diesel::delete(devices::table.filter(devices::kind.eq("browser"))).execute(work.connection())?;
        signing_key::end_all(work)?;
        audit::record(work, Event::SecretRotated, None, Some(&format!("{ended} sessions of browsers")))?;
        Ok(ended)
    };
    accounts.write_for_anyone(source, settle).await
}
