//! The queue for operators: listing, retrying and dropping letters.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::given_up::DAY;
use crate::accounts::Accounts;
use crate::accounts::audit::{self, Event, Source};
use crate::accounts::names::EmailAddress;
use crate::accounts::user;
use crate::accounts::work::Work;
use crate::db::{self, DbConnection, schema::mail_queue};

/// A letter in the queue, without its text.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = mail_queue)]
pub struct Row {
    /// Its id, which is also in the header `Message-ID`.
    pub id: String,
    /// The account that it is about.
    pub user_id: Option<String>,
    /// The kind of letter.
    pub kind: String,
    /// The address that it goes to.
    pub recipient: String,
    /// When it was written, in UTC.
    pub created_at: NaiveDateTime,
    /// When it is tried next, in UTC; none once it was given up.
    pub next_try_at: Option<NaiveDateTime>,
    /// When it was given up, in UTC.
    pub given_up_at: Option<NaiveDateTime>,
    /// How often sending it was tried.
    pub tries: i64,
    /// Why the last try failed.
    pub last_error: Option<String>,
    claim: Option<String>,
}

/// The state of a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It waits for its next try.
    Waiting,
    /// A worker is sending it, or was killed while it did.
    Sending,
    /// It is no longer tried.
    GivenUp,
}

impl State {
    /// The state in words.
    pub fn as_str(self) -> &'static str {
        match self {
            State::Waiting => "waiting",
            State::Sending => "sending",
            State::GivenUp => "given up",
        }
    }
}

impl Row {
    /// The state of this letter.
    pub fn state(&self) -> State {
        match (&self.given_up_at, &self.claim) {
            (Some(_), _) => State::GivenUp,
            (None, Some(_)) => State::Sending,
            (None, None) => State::Waiting,
        }
    }
}

/// Which letters are meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Which {
    /// The one of this id, or all to this address.
    Named(String),
    /// All.
    All,
}

/// A page of the queue, the oldest letters first, starting after the letter of this id.
///
/// # Errors
/// When the database can't be read.
pub async fn page(accounts: &Accounts, after: Option<String>, limit: u32) -> db::Result<Vec<Row>> {
    let look = move |connection: &mut DbConnection| {
        let mut rows =
            mail_queue::table.order(mail_queue::id).limit(limit.into()).select(Row::as_select()).into_boxed();
        if let Some(after) = after {
            rows = rows.filter(mail_queue::id.gt(after));
        }
        Ok(rows.load(connection)?)
    };
    accounts.read(look).await
}

/// Makes letters due now, including those that were given up, and tries them for another day. Returns how many.
///
/// # Errors
/// When the database can't be written.
pub async fn retry(accounts: &Accounts, source: &Source, which: Which) -> Result<usize, user::Error> {
    let retry = move |work: &mut Work<'_>| -> Result<usize, user::Error> {
        work.demand_admin()?;
        let now = db::now();
        // Not those that are being sent: a second worker would send them too.
        let idle = mail_queue::claim.is_null().or(mail_queue::next_try_at.le(now));
        let due = (
            mail_queue::next_try_at.eq(now),
            mail_queue::give_up_at.eq(now + DAY),
            mail_queue::given_up_at.eq(None::<NaiveDateTime>),
        );
        let letters = mail_queue::table.filter(idle);
        let count = match &which {
            Which::All => diesel::update(letters).set(due).execute(work.connection())?,
            Which::Named(name) => {
                let named = mail_queue::id.eq(name).or(mail_queue::recipient.eq(address(name)));
                diesel::update(letters.filter(named)).set(due).execute(work.connection())?
            }
        };
        note(work, Event::MailRetried, count)?;
        Ok(count)
    };
    accounts.write(source, retry).await
}

/// Removes letters that were not sent. Returns how many.
///
/// # Errors
/// When the database can't be written.
pub async fn drop(accounts: &Accounts, source: &Source, which: Which) -> Result<usize, user::Error> {
    let drop = move |work: &mut Work<'_>| -> Result<usize, user::Error> {
        work.demand_admin()?;
        let count = match &which {
            Which::All => diesel::delete(mail_queue::table).execute(work.connection())?,
            Which::Named(name) => {
                let named = mail_queue::id.eq(name).or(mail_queue::recipient.eq(address(name)));
                diesel::delete(mail_queue::table.filter(named)).execute(work.connection())?
            }
        };
        note(work, Event::MailDropped, count)?;
        Ok(count)
    };
    accounts.write(source, drop).await
}

/// An address as the queue stores it; anything else as it is.
fn address(name: &str) -> String {
    EmailAddress::parse(name).map_or_else(|_| name.to_owned(), |address| address.for_mail())
}

fn note(work: &mut Work<'_>, event: Event, count: usize) -> db::Result<()> {
    if count == 0 {
        return Ok(());
    }
    audit::record(work, event, None, Some(&format!("{count} {}", if count == 1 { "letter" } else { "letters" })))
}
