//! What the audit tells someone about their own logins: the one before this, and failures since.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::accounts::audit::{Event, Refusal};
use crate::accounts::session::Identity;
use crate::db::{self, DbConnection, direct, schema::audit_events};

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

/// Reads it for the person of a session. Whoever has logged in before, and whose password nobody has tried since, costs
/// one query: where a part of it compares with the login before, it names that row, since each moment that is bound
/// takes longer to write for the database than a row takes to find.
pub fn of(connection: &mut DbConnection, identity: &Identity) -> db::Result<LoginHistory> {
    let user = identity.user.id.as_str();
    let (logins, failed) = diesel::alias!(audit_events as logins, audit_events as failed);
    let before = logins
        .filter(logins.field(audit_events::target).eq(user))
        .filter(logins.field(audit_events::event).eq(Event::LoginSucceeded.as_str()))
        .filter(logins.field(audit_events::at).lt(identity.session.created_at))
        .order(logins.field(audit_events::at).desc())
        .select(logins.field(audit_events::id))
        .single_value()
        .assume_not_null();
    let since = failed
        .filter(failed.field(audit_events::event).eq(Refusal::LoginFailed.as_str()))
        .filter(failed.field(audit_events::target).eq(audit_events::target))
        .filter(failed.field(audit_events::at).gt(audit_events::at))
        .count()
        .single_value();
    let last = audit_events::table
        .filter(audit_events::id.eq(before))
        .select(((audit_events::at, audit_events::address), since));
    let last: Option<(Occasion, Option<i64>)> = direct::get_result(connection, last).optional()?;
    let ever = audit_events::table
        .filter(audit_events::target.eq(user))
        .filter(audit_events::event.eq(Refusal::LoginFailed.as_str()));
    let (last, failures) = match last {
        Some((last, failures)) => (Some(last), failures.unwrap_or_default()),
        None => (None, direct::get_result(connection, ever.count())?),
    };
    let last_failure = match failures {
        0 => None,
        _ => ever
            .order(audit_events::at.desc())
            .select((audit_events::at, audit_events::address))
            .first(connection)
            .optional()?,
    };
    Ok(LoginHistory { last, failures, last_failure })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::session::{Kind, Lifetimes, find_by_id};
    use crate::accounts::{audit::Source, recognised::Recognised, session, work::Work};
    use crate::config::Settings;
    use crate::db::tests::{insert_user, queries, temporary};

    /// A row of the audit, some minutes past midnight.
    fn happened(connection: &mut DbConnection, event: &str, target: &str, minute: i64, address: Option<&str>) {
        diesel::insert_into(audit_events::table)
            .values((
                audit_events::id.eq(db::new_id()),
                audit_events::at.eq(at(minute)),
                audit_events::event.eq(event),
                audit_events::target.eq(target),
                audit_events::address.eq(address),
                audit_events::request_id.eq("-"),
            ))
            .execute(connection)
            .unwrap();
    }

    fn at(minute: i64) -> NaiveDateTime {
        chrono::DateTime::UNIX_EPOCH.naive_utc() + chrono::Duration::minutes(1_000_000 + minute)
    }

    #[test]
    fn two_queries_that_need_no_scan_tell_of_the_last_login_and_of_failures_since() {
        let (_folder, db) = temporary();
        let story = |work: &mut Work<'_>| -> db::Result<()> {
            let anna = insert_user(work.connection(), "anna");
            let begun = session::begin(work, &anna, Kind::Token, &Lifetimes::new(&Settings::default()))?;
            let connection = work.connection();
            let identity = find_by_id(connection, &begun.session.id)?.unwrap();
            let look = |connection: &mut DbConnection| of(connection, &identity).unwrap();
            assert_eq!(look(connection), LoginHistory { last: None, failures: 0, last_failure: None });

            let (good, bad) = (Event::LoginSucceeded.as_str(), Refusal::LoginFailed.as_str());
            happened(connection, bad, &anna, 1, Some("192.0.2.1"));
            happened(connection, bad, "ben", 2, Some("192.0.2.2"));
            let first = look(connection);
            assert_eq!((first.last, first.failures), (None, 1));
            let failure = Occasion { at: at(1), address: Some("192.0.2.1".into()) };
            assert_eq!(first.last_failure, Some(failure));

            happened(connection, good, &anna, 3, Some("192.0.2.3"));
            happened(connection, good, "ben", 4, None);
            let last = Some(Occasion { at: at(3), address: Some("192.0.2.3".into()) });
            assert_eq!(look(connection), LoginHistory { last: last.clone(), failures: 0, last_failure: None });

            for minute in [5, 7, 6] {
                happened(connection, bad, &anna, minute, None);
            }
            let last_failure = Some(Occasion { at: at(7), address: None });
            let queries = queries(connection, |connection| {
                assert_eq!(look(connection), LoginHistory { last, failures: 3, last_failure });
            });
            assert_eq!(queries.len(), 2, "{queries:?}");
            for query in queries {
                assert_eq!(query.scans(connection), Vec::<String>::new());
            }
            Ok(())
        };
        Work::run(&db, &Recognised::new(), Source::operator(), story).unwrap();
    }
}
