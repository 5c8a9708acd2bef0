//! What those who run the server want to see first: how many log in, who waits, and what mail does.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::Accounts;
use super::audit::days::{self, Day};
use super::user::WaitsFor;
use crate::db::{self, DbConnection, schema::mail_queue, schema::users};

/// How far is counted: past it there are simply many.
pub const COUNTED: usize = 1_000;

/// How many of those who wait are named.
const NAMED: i64 = 5;

/// What there is to see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overview {
    /// Logins and failures of the last days.
    pub days: Vec<Day>,
    /// How many accounts wait for approval, up to [`COUNTED`].
    pub waiting: usize,
    /// A few of them, by username.
    pub first_waiting: Vec<Person>,
    /// The mail queue; none when no mail is sent.
    pub mail: Option<Mail>,
}

/// Somebody who waits.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Person {
    /// The id of the account.
    pub id: String,
    /// The name to log in with.
    pub username: String,
    /// The name to show.
    pub name: String,
}

/// The mail queue in short.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// How many letters wait to be sent, up to [`COUNTED`].
    pub waiting: usize,
    /// When the oldest of these was written, in UTC.
    pub oldest: Option<NaiveDateTime>,
    /// How many letters were given up and are kept for a look, up to [`COUNTED`].
    pub given_up: usize,
}

/// Reads it.
///
/// # Errors
/// When the database does not answer.
pub async fn read(accounts: &Accounts) -> db::Result<Overview> {
    let sends_mail = accounts.sends_mail();
    let look = move |connection: &mut DbConnection| {
        let (waiting, first_waiting) = waiting(connection)?;
        let mail = if sends_mail { Some(mail(connection)?) } else { None };
        Ok(Overview { days: days::read(connection, db::now())?, waiting, first_waiting, mail })
    };
    accounts.read(look).await
}

/// Each count ends at a number, by an index, however many there are.
fn waiting(connection: &mut DbConnection) -> db::Result<(usize, Vec<Person>)> {
    let waiting = users::table
        .filter(users::waits_for.eq(WaitsFor::Approval.as_str()))
        .filter(users::disabled_at.is_null())
        .order(users::username);
    let first = waiting.select((users::id, users::username, users::display_name)).limit(NAMED).load(connection)?;
    let all: Vec<String> = waiting.select(users::username).limit(COUNTED as i64).load(connection)?;
    Ok((all.len(), first))
}

fn mail(connection: &mut DbConnection) -> db::Result<Mail> {
    let waiting = mail_queue::table.filter(mail_queue::next_try_at.is_not_null());
    let given_up = mail_queue::table.filter(mail_queue::next_try_at.is_null());
    let written: Vec<NaiveDateTime> = waiting.select(mail_queue::created_at).limit(COUNTED as i64).load(connection)?;
    let gone: Vec<String> = given_up.select(mail_queue::id).limit(COUNTED as i64).load(connection)?;
    Ok(Mail { waiting: written.len(), oldest: written.into_iter().min(), given_up: gone.len() })
}
