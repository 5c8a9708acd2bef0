//! The audit along one of its indexes, in the order of ids, which is that of time. Whatever is asked for is read from a
//! few of these, so that no page of a long audit sorts or reads through all of it.

use std::ops::Bound;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::db::{self, DbConnection, schema::audit_events};

/// The most names that a group of events has; there are a few dozen in all.
const MOST_NAMES: usize = 200;

/// In which order rows come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// As they happened.
    EarliestFirst,
    /// The other way round.
    LatestFirst,
}

/// What the rows of a stream have in common, by an index.
#[derive(Debug, Clone)]
pub(super) enum Along {
    Everything,
    Event(String),
    Actor(String),
    Target(String),
    Address(String),
}

/// What rows have to be beyond that, which no index tells.
#[derive(Debug, Clone, Default)]
pub(super) struct Only {
    pub events: Option<Vec<String>>,
    pub address: Option<String>,
}

impl Only {
    /// Whether every row will do, so that a page is full after as many rows as it has.
    pub fn is_everything(&self) -> bool {
        self.events.is_none() && self.address.is_none()
    }
}

/// Between which ids and times.
#[derive(Debug, Clone)]
pub(super) struct Part {
    pub above: Bound<String>,
    pub below: Bound<String>,
    pub from: Option<NaiveDateTime>,
    pub until: Option<NaiveDateTime>,
}

/// The ids of a stream that come first.
pub(super) fn ids(
    connection: &mut DbConnection,
    along: &Along,
    part: &Part,
    only: &Only,
    order: Order,
    limit: i64,
) -> db::Result<Vec<String>> {
    let mut query = boxed(along, part, order).limit(limit);
    if let Some(from) = part.from {
        query = query.filter(audit_events::at.ge(from));
    }
    if let Some(until) = part.until {
        query = query.filter(audit_events::at.lt(until));
    }
    // With nothing behind it, a column is one that no index has. Otherwise SQLite would read all rows of one event, or of
    // one address, for a person who has a few.
    if let Some(events) = &only.events {
        query = query.filter(audit_events::event.concat("").eq_any(events.clone()));
    }
    if let Some(address) = &only.address {
        query = query.filter(audit_events::address.concat("").eq(address.clone()));
    }
    Ok(query.load(connection)?)
}

/// The id of the row at this place of a stream, counted from one; none when it is shorter.
pub(super) fn at_place(
    connection: &mut DbConnection,
    along: &Along,
    part: &Part,
    order: Order,
    place: i64,
) -> db::Result<Option<String>> {
    Ok(boxed(along, part, order).offset(place - 1).limit(1).get_result(connection).optional()?)
}

type Ids<'a> = diesel::dsl::IntoBoxed<
    'a,
    diesel::dsl::Select<audit_events::table, audit_events::id>,
    <DbConnection as diesel::Connection>::Backend,
>;

fn boxed(along: &Along, part: &Part, order: Order) -> Ids<'static> {
    let query: Ids<'static> = audit_events::table.select(audit_events::id).into_boxed();
    let query = match along.clone() {
        Along::Everything => query,
        Along::Event(event) => query.filter(audit_events::event.eq(event)),
        Along::Actor(id) => query.filter(audit_events::actor.eq(id)),
        Along::Target(id) => query.filter(audit_events::target.eq(id)),
        Along::Address(address) => query.filter(audit_events::address.eq(address)),
    };
    let query = match part.above.clone() {
        Bound::Unbounded => query,
        Bound::Included(id) => query.filter(audit_events::id.ge(id)),
        Bound::Excluded(id) => query.filter(audit_events::id.gt(id)),
    };
    let query = match part.below.clone() {
        Bound::Unbounded => query,
        Bound::Included(id) => query.filter(audit_events::id.le(id)),
        Bound::Excluded(id) => query.filter(audit_events::id.lt(id)),
    };
    match order {
        Order::EarliestFirst => query.order(audit_events::id.asc()),
        Order::LatestFirst => query.order(audit_events::id.desc()),
    }
}

/// The names of events that there are rows of, and that are this one or belong to this group: `login` is all that begin
/// with `login.`. Each is one step through an index, however many rows it has. Without a group: all.
pub(super) fn names(connection: &mut DbConnection, group: Option<&str>) -> db::Result<Vec<String>> {
    let mut names: Vec<String> = group.into_iter().map(str::to_owned).collect();
    let prefix = group.map(|group| format!("{group}.")).unwrap_or_default();
    let mut last = prefix.clone();
    while names.len() < MOST_NAMES {
        let next: Option<String> = audit_events::table
            .filter(audit_events::event.gt(&last))
            .order(audit_events::event.asc())
            .select(audit_events::event)
            .limit(1)
            .get_result(connection)
            .optional()?;
        match next.filter(|next| next.starts_with(&prefix)) {
            Some(next) => {
                last.clone_from(&next);
                names.push(next);
            }
            None => break,
        }
    }
    Ok(names)
}
