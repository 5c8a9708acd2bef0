//! The piece of data that an app keeps for a user: any JSON value.

use diesel::prelude::*;
use serde_json::Value;

use crate::accounts::Accounts;
use crate::accounts::audit::{self, Event, Source};
use crate::accounts::user::Error;
use crate::accounts::version::{Expected, Version};
use crate::accounts::work::Work;
use crate::db::{self, DbConnection, schema::user_data};

/// The most bytes that it may have, as JSON text.
pub const MAX_BYTES: usize = 16 * 1024;

/// A value of bounded size.
#[derive(Debug, Clone, PartialEq)]
pub struct UserData(Value);

/// A value that is too large, said to whoever sent it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("The data is too large: at most 16 KiB as JSON.")]
pub struct TooLarge;

impl UserData {
    /// Takes a value.
    ///
    /// # Errors
    /// When its JSON text has more than 16 KiB.
    pub fn new(value: Value) -> Result<UserData, TooLarge> {
        if value.to_string().len() > MAX_BYTES { Err(TooLarge) } else { Ok(UserData(value)) }
    }

    /// Which version of it this is.
    pub fn version(&self) -> Version {
        Version::of(&self.0.to_string())
    }

    /// The value.
    pub fn into_value(self) -> Value {
        self.0
    }
}

/// What is kept for a user, if anything.
///
/// # Errors
/// When the database does not answer.
pub async fn get(accounts: &Accounts, user_id: &str) -> db::Result<Option<UserData>> {
    let user_id = user_id.to_owned();
    accounts.read(move |connection| kept(connection, &user_id)).await
}

fn kept(connection: &mut DbConnection, user_id: &str) -> db::Result<Option<UserData>> {
    let kept = user_data::table.filter(user_data::user_id.eq(user_id)).select(user_data::data);
    let text: Option<String> = kept.get_result(connection).optional()?;
    // Only `keep` writes here, so the text is JSON.
    Ok(text.and_then(|text| serde_json::from_str(&text).ok()).map(UserData))
}

/// Refuses a change that is for another version than there is now.
fn check(work: &mut Work<'_>, user_id: &str, expected: &Expected) -> Result<(), Error> {
    if *expected == Expected::default() {
        return Ok(());
    }
    let version = kept(work.connection(), user_id)?.map(|data| data.version());
    Ok(expected.check(version.as_ref())?)
}

/// Keeps a value for a user, in place of the one before.
///
/// # Errors
/// [`Error::Stale`], and when the database does not answer.
pub async fn put(
    accounts: &Accounts,
    source: &Source,
    user_id: &str,
    data: UserData,
    expected: Expected,
) -> Result<(), Error> {
    let user_id = user_id.to_owned();
    let put = move |work: &mut Work<'_>| -> Result<(), Error> {
        check(work, &user_id, &expected)?;
        Ok(keep(work, &user_id, &data)?)
    };
    accounts.write(source, put).await
}

/// [`put`], inside a transaction.
pub(in crate::accounts) fn keep(work: &mut Work<'_>, user_id: &str, data: &UserData) -> db::Result<()> {
    let (text, now) = (data.0.to_string(), db::now());
    let changed = diesel::update(user_data::table)
        .filter(user_data::user_id.eq(user_id))
        .set((user_data::data.eq(&text), user_data::updated_at.eq(now)))
        .execute(work.connection())?;
    if changed == 0 {
        diesel::insert_into(user_data::table)
            .values((user_data::user_id.eq(user_id), user_data::data.eq(&text), user_data::updated_at.eq(now)))
            .execute(work.connection())?;
    }
    audit::record(work, Event::UserDataChanged, Some(user_id), None)
}

/// Forgets what is kept for a user.
///
/// # Errors
/// [`Error::Stale`], and when the database does not answer.
pub async fn remove(accounts: &Accounts, source: &Source, user_id: &str, expected: Expected) -> Result<(), Error> {
    let user_id = user_id.to_owned();
    let remove = move |work: &mut Work<'_>| -> Result<(), Error> {
        check(work, &user_id, &expected)?;
        let kept = user_data::table.filter(user_data::user_id.eq(&user_id));
        if diesel::delete(kept).execute(work.connection())? > 0 {
            audit::record(work, Event::UserDataChanged, Some(&user_id), Some("removed"))?;
        }
        Ok(())
    };
    accounts.write(source, remove).await
}
