//! What the audit tells someone about their own logins: the one before this, and failures since.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::accounts::audit::{Event, Refusal};
use crate::accounts::session::Identity;
use crate::db::{self, DbConnection, schema::audit_events};

/// A moment and where it came from.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Occasion {
    /// When, in UTC.
    pub at: NaiveDateTime,
    /// The address of the client, when it is known.
    pub address: Option<String>,
}

/// What someone should see after logging in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoginHistory {
    /// The login before the one of this session; none the first time.
    pub last: Option<Occasion>,
    /// How many attempts failed since then.
    pub failures: i64,
    /// The last of these failures.
    pub last_failure: Option<Occasion>,
}

/// Reads it for the person of a session.
pub fn of(connection: &mut DbConnection, identity: &Identity) -> db::Result<LoginHistory> {
    let user = identity.user.id.as_str();
    let last: Option<Occasion> = audit_events::table
        .filter(audit_events::target.eq(user))
        .filter(audit_events::event.eq(Event::LoginSucceeded.as_str()))
        .filter(audit_events::at.lt(identity.session.created_at))
        .order(audit_events::at.desc())
        .select((audit_events::at, audit_events::address))
        .first(connection)
        .optional()?;
    let since = last.as_ref().map_or(NaiveDateTime::MIN, |last| last.at);
    // A year that every engine can compare; there is nothing before it.
    let since = since.max(chrono::DateTime::UNIX_EPOCH.naive_utc());
    let failed = audit_events::table
        .filter(audit_events::target.eq(user))
        .filter(audit_events::event.eq(Refusal::LoginFailed.as_str()))
        .filter(audit_events::at.gt(since));
    let failures: i64 = failed.count().get_result(connection)?;
    let last_failure: Option<Occasion> = failed
        .order(audit_events::at.desc())
        .select((audit_events::at, audit_events::address))
        .first(connection)
        .optional()?;
    Ok(LoginHistory { last, failures, last_failure })
}
