//! The audit in pages, narrowed down, for those who run the server.

use std::ops::Bound;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::filter::Filter;
use super::row::{self, Row};
use super::stream::{self, Along, Only, Part};
use crate::accounts::Accounts;
use crate::accounts::user::{self, Which};
use crate::db::{self, DbConnection, schema::audit_events};

pub use super::stream::Order;

/// How many rows a page looks through at most when no index knows what is asked for. A page that found less than it has
/// room for says where to go on.
const LOOKS_AT: i64 = 5_000;

/// By how much the time of an id may differ from that of its row: they are read from one clock, one after the other.
const DIFFERENCE: chrono::Duration = chrono::Duration::minutes(1);

/// Which rows a page is of.
#[derive(Debug, Clone)]
pub struct Search {
    /// Which part of the audit.
    pub filter: Filter,
    /// In which order.
    pub order: Order,
    /// The id of the row after which the page begins, or what the page before said.
    pub after: Option<String>,
    /// The most rows on a page.
    pub limit: u32,
}

/// A page.
#[derive(Debug)]
pub struct Found {
    /// The rows; there may be fewer than there is room for, or none, although there is a next page.
    pub rows: Vec<Row>,
    /// Where the next page begins; none on the last one.
    pub next: Option<String>,
}

/// A page of the audit.
///
/// # Errors
/// [`user::Error::NotFound`] when there is no such user and never was, and when the database does not answer.
pub async fn page(accounts: &Accounts, search: Search) -> Result<Found, user::Error> {
    accounts.read(move |connection| read(connection, &search)).await
}

/// The names of all events that there are rows of, in their order.
///
/// # Errors
/// When the database does not answer.
pub async fn events(accounts: &Accounts) -> db::Result<Vec<String>> {
    accounts.read(|connection| stream::names(connection, None)).await
}

/// When the newest event was recorded, in UTC; none when there is none.
///
/// # Errors
/// When the database does not answer.
pub async fn newest(accounts: &Accounts) -> db::Result<Option<NaiveDateTime>> {
    accounts
        .read(|connection| Ok(audit_events::table.select(diesel::dsl::max(audit_events::at)).get_result(connection)?))
        .await
}

/// Puts the id in place of whatever somebody is meant by, for who reads many pages.
///
/// # Errors
/// As [`page`].
pub async fn settle(accounts: &Accounts, filter: Filter) -> Result<Filter, user::Error> {
    let Some(which) = filter.whose.clone() else { return Ok(filter) };
    let id = accounts.read(move |connection| id_of(connection, &which)).await?;
    Ok(Filter { whose: Some(Which::Id(id)), ..filter })
}

fn read(connection: &mut DbConnection, search: &Search) -> Result<Found, user::Error> {
    let (streams, only) = streams(connection, &search.filter)?;
    let mut part = part(search);
    let mut end: Option<String> = None;
    if !only.is_everything() {
        for along in &streams {
            let last = stream::at_place(connection, along, &part, search.order, LOOKS_AT)?;
            end = match (end, last, search.order) {
                (Some(one), Some(other), Order::EarliestFirst) => Some(one.min(other)),
                (Some(one), Some(other), Order::LatestFirst) => Some(one.max(other)),
                (one, other, _) => one.or(other),
            };
        }
    }
    match (&end, search.order) {
        (Some(end), Order::EarliestFirst) => part.below = Bound::Included(end.clone()),
        (Some(end), Order::LatestFirst) => part.above = Bound::Included(end.clone()),
        (None, _) => {}
    }
    let limit = usize::try_from(search.limit).unwrap_or(usize::MAX);
    let mut ids = Vec::new();
    for along in &streams {
        ids.extend(stream::ids(connection, along, &part, &only, search.order, i64::from(search.limit) + 1)?);
    }
    ids.sort_unstable();
    // What someone did to themselves comes from two streams.
    ids.dedup();
    if search.order == Order::LatestFirst {
        ids.reverse();
    }
    let next = if ids.len() > limit { ids.get(limit.saturating_sub(1)).cloned() } else { end };
    ids.truncate(limit);
    let rows = if ids.is_empty() { Vec::new() } else { row::load(connection, row::Which::These(ids, search.order))? };
    Ok(Found { rows, next })
}

/// By which indexes the rows are found, and what they have to be beside that. A person comes first, because most have
/// few rows, then an address.
fn streams(connection: &mut DbConnection, filter: &Filter) -> Result<(Vec<Along>, Only), user::Error> {
    let events = filter.event.as_deref().map(|event| stream::names(connection, Some(event))).transpose()?;
    let person = filter.whose.as_ref().map(|which| id_of(connection, which)).transpose()?;
    let address = filter.address.map(|address| address.to_string());
    Ok(match (person, address, events) {
        (Some(id), address, events) => (vec![Along::Actor(id.clone()), Along::Target(id)], Only { events, address }),
        (None, Some(address), events) => (vec![Along::Address(address)], Only { events, address: None }),
        (None, None, Some(events)) => (events.into_iter().map(Along::Event).collect(), Only::default()),
        (None, None, None) => (vec![Along::Everything], Only::default()),
    })
}

/// Between which ids the rows are. Times become ids, since only these are in every index.
fn part(search: &Search) -> Part {
    let Filter { from, until, .. } = search.filter;
    let (mut above, mut below) =
        (from.map(|from| db::first_id_of(from - DIFFERENCE)), until.map(|until| db::first_id_of(until + DIFFERENCE)));
    match search.order {
        Order::EarliestFirst => above = above.into_iter().chain(search.after.clone()).max(),
        Order::LatestFirst => below = below.into_iter().chain(search.after.clone()).min(),
    }
    let bound = |id: Option<String>| id.map_or(Bound::Unbounded, Bound::Excluded);
    Part { above: bound(above), below: bound(below), from, until }
}

/// The id of a user who is there, or of one that the audit remembers; `operator` and `system` are remembered too.
fn id_of(connection: &mut DbConnection, which: &Which) -> Result<String, user::Error> {
    let (Which::Id(name) | Which::Named(name)) = which;
    match user::get(connection, which) {
        Ok(user) => Ok(user.id),
        Err(user::Error::NotFound(unknown)) => {
            let as_target = audit_events::table.filter(audit_events::target.eq(name));
            let as_actor = audit_events::table.filter(audit_events::actor.eq(name));
            let is_remembered: bool = diesel::select(diesel::dsl::exists(as_target)).get_result(connection)?
                || diesel::select(diesel::dsl::exists(as_actor)).get_result(connection)?;
            if is_remembered { Ok(name.clone()) } else { Err(user::Error::NotFound(unknown)) }
        }
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests;
