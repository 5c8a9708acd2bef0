//! Looks through all stored password hashes for the dearest: failed logins have to cost as much, whoever they name.
//!
//! Those that cost what a new one does need no look, and usually these are nearly all. The others are looked at when the
//! server starts and with every sweep: another process may have stored a dearer one, and the dear ones go one by one.

use crate::accounts::Accounts;
use crate::accounts::password::Survey;
use crate::accounts::user;
use crate::db;

/// How many hashes are read at once. No connection is held while one of them is measured.
const PAGE: usize = 1000;

/// Reads all hashes and adjusts what failures cost, on a blocking thread.
///
/// # Errors
/// When the database does not answer; nothing is changed then.
pub async fn survey(accounts: &Accounts) -> db::Result<()> {
    let owned = accounts.clone();
    accounts.db.on_blocking_thread(move |_| survey_blocking(&owned)).await
}

fn survey_blocking(accounts: &Accounts) -> db::Result<()> {
    let (mut survey, mut last) = (Survey::default(), String::new());
    let usual = accounts.hasher.pattern();
    loop {
        let page = accounts.read_blocking(|connection| user::stored_hashes(connection, &usual, &last, PAGE))?;
        for stored in &page {
            accounts.hasher.look_at(&mut survey, &stored.username, stored.hash.as_deref().unwrap_or_default());
        }
        match page.last() {
            Some(stored) if page.len() == PAGE => last.clone_from(&stored.id),
            _ => break,
        }
    }
    accounts.hasher.learn(&survey);
    Ok(())
}
