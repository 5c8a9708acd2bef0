//! Browsers and programs that someone has logged in with before. Their attempts have a budget of their own, so that
//! nobody can keep the owner of an account out by failing in the owner's name.
//!
//! A browser shows its cookie, a program one of the refresh tokens that it had. They are known for as long as the
//! password stays the same, whatever becomes of their sessions.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::accounts::Accounts;
use crate::accounts::secret::Secret;
use crate::accounts::work::Work;
use crate::db::{self, DbConnection, schema::devices};

/// How long a device stays known without a login; browsers keep no cookie longer than 400 days.
const LIFETIME: chrono::Duration = chrono::Duration::days(365);

/// The most known browsers of an account, and the most known programs: those that logged in last. A program that never
/// shows that it is known would add another one with every login.
const MOST: i64 = 100;

/// The token of a known device. It opens nothing.
#[derive(Debug, Clone)]
pub struct DeviceToken(Secret);

impl DeviceToken {
    /// Reads the text of a cookie, or the part of a refresh token; none when it was never one of ours.
    pub fn parse(text: &str) -> Option<DeviceToken> {
        Secret::parse(text).map(DeviceToken)
    }

    /// The text for the cookie or the refresh token.
    pub fn to_text(&self) -> String {
        self.0.to_text()
    }

    /// For how long the browser should keep it.
    pub fn lifetime() -> chrono::Duration {
        LIFETIME
    }
}

/// What is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeviceKind {
    /// A browser, by its cookie.
    Browser,
    /// A program, by its refresh tokens.
    Program,
}

/// A browser or program that an account knows.
#[derive(Debug, Clone)]
pub struct Device {
    /// Which of the two.
    pub kind: DeviceKind,
    /// Since when, in UTC.
    pub created_at: NaiveDateTime,
    /// Until when, without another login, in UTC.
    pub expires_at: NaiveDateTime,
}

impl DeviceKind {
    /// The name of the kind: `browser` or `program`.
    pub fn as_str(self) -> &'static str {
        match self {
            DeviceKind::Browser => "browser",
            DeviceKind::Program => "program",
        }
    }
}

/// The devices that an account knows, the latest first.
///
/// # Errors
/// When the database does not answer.
pub async fn list(accounts: &Accounts, user_id: &str) -> db::Result<Vec<Device>> {
    let user_id = user_id.to_owned();
    let list = move |connection: &mut DbConnection| {
        let rows: Vec<(String, NaiveDateTime, NaiveDateTime)> = devices::table
            .filter(devices::user_id.eq(user_id))
            .filter(devices::expires_at.gt(db::now()))
            .order((devices::created_at.desc(), devices::id.desc()))
            .select((devices::kind, devices::created_at, devices::expires_at))
            .load(connection)?;
        let kinds = [DeviceKind::Browser, DeviceKind::Program];
        let known = rows.into_iter().filter_map(|(kind, created_at, expires_at)| {
            let kind = kinds.into_iter().find(|known| known.as_str() == kind)?;
            Some(Device { kind, created_at, expires_at })
        });
        Ok(known.collect())
    };
    accounts.read(list).await
}

/// The id of the device, if its token is of this user's.
pub(in crate::accounts) fn find(
    connection: &mut DbConnection,
    token: &DeviceToken,
    user_id: &str,
) -> db::Result<Option<String>> {
    Ok(devices::table
        .filter(devices::token_hash.eq(token.0.digest()))
        .filter(devices::user_id.eq(user_id))
        .filter(devices::expires_at.gt(db::now()))
        .select(devices::id)
        .get_result(connection)
        .optional()?)
}

/// Whose device this is, by the id of the account; none when it is not known.
pub(in crate::accounts) fn owner(connection: &mut DbConnection, token: &DeviceToken) -> db::Result<Option<String>> {
    Ok(devices::table
        .filter(devices::token_hash.eq(token.0.digest()))
        .filter(devices::expires_at.gt(db::now()))
        .select(devices::user_id)
        .get_result(connection)
        .optional()?)
}

/// Keeps a known device known from a login of this user's on, and makes one known that was not.
pub(in crate::accounts) fn keep(
    work: &mut Work<'_>,
    user_id: &str,
    kind: DeviceKind,
    known: Option<DeviceToken>,
) -> db::Result<DeviceToken> {
    let expires_at = db::now() + LIFETIME;
    if let Some(token) = known {
        let this = devices::table.filter(devices::token_hash.eq(token.0.digest()));
        let renewed = diesel::update(this.filter(devices::user_id.eq(user_id)))
            .set(devices::expires_at.eq(expires_at))
            .execute(work.connection())?;
        if renewed > 0 {
            return Ok(token);
        }
    }
    let token = DeviceToken(Secret::generate());
    diesel::insert_into(devices::table)
        .values((
            devices::id.eq(db::new_id()),
            devices::user_id.eq(user_id),
            devices::token_hash.eq(token.0.digest()),
            devices::created_at.eq(db::now()),
            devices::expires_at.eq(expires_at),
            devices::kind.eq(kind.as_str()),
        ))
        .execute(work.connection())?;
    forget_the_oldest(work, user_id, kind)?;
    Ok(token)
}

fn forget_the_oldest(work: &mut Work<'_>, user_id: &str, kind: DeviceKind) -> db::Result<()> {
    let too_many: Vec<String> = devices::table
        .filter(devices::user_id.eq(user_id))
        .filter(devices::kind.eq(kind.as_str()))
        .order((devices::expires_at.desc(), devices::id.desc()))
        .offset(MOST)
        .limit(MOST)
        .select(devices::id)
        .load(work.connection())?;
    if !too_many.is_empty() {
        diesel::delete(devices::table).filter(devices::id.eq_any(too_many)).execute(work.connection())?;
    }
    Ok(())
}
