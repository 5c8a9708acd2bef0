//! The audit as it grows.
//!
//! Rows don't appear in the order of their ids: each id has the time of its node, whose clock may be some seconds off,
//! and is made a while before the commit that shows it. So each look goes back a little, and leaves out what was there.

use std::collections::BTreeSet;

use chrono::Duration;

use super::filter::Filter;
use super::list::Row;
use super::search::{Found, Order, Search, page, settle};
use crate::accounts::{Accounts, user};
use crate::db;

/// How much later than its id's time a row may appear, by the clocks of all nodes and of this process.
const LATE: Duration = Duration::seconds(30);

/// Who looks again and again for rows that were not there before.
#[derive(Debug)]
pub struct Following {
    search: Search,
    /// The ids of rows that were there, from `from` on.
    there: BTreeSet<String>,
    /// Rows with lower ids are not looked for any more.
    from: String,
}

impl Following {
    /// Begins with the latest rows, so many at most, the earliest of them first. Whoever is followed stays the same,
    /// whatever their name is later on.
    ///
    /// # Errors
    /// As [`page`].
    pub async fn begin(accounts: &Accounts, search: Search, most: u32) -> Result<(Following, Vec<Row>), user::Error> {
        let filter = settle(accounts, search.filter).await?;
        let search = Search { filter, order: Order::EarliestFirst, after: None, ..search };
        let from = begin_of_late(accounts).await?;
        let mut following = Following { search: search.clone(), there: BTreeSet::new(), from };
        following.next(accounts).await?;
        let mut rows = latest(accounts, &search, most).await?;
        rows.reverse();
        following.there.extend(rows.iter().map(|row| row.id.clone()));
        Ok((following, rows))
    }

    /// The rows that were not there before, the earliest first.
    ///
    /// # Errors
    /// As [`page`].
    pub async fn next(&mut self, accounts: &Accounts) -> Result<Vec<Row>, user::Error> {
        // Asked before the rows are read: what comes after that is not passed over, however long the reading takes.
        let from = begin_of_late(accounts).await?;
        let mut new = Vec::new();
        let mut after = Some(self.from.clone());
        while after.is_some() {
            let Found { rows, next } = page(accounts, Search { after, ..self.search.clone() }).await?;
            new.extend(rows.into_iter().filter(|row| self.there.insert(row.id.clone())));
            after = next;
        }
        self.forget(from);
        Ok(new)
    }

    /// Forgets what is too old to come again.
    fn forget(&mut self, from: String) {
        if from > self.from {
            self.there = self.there.split_off(&from);
            self.from = from;
        }
    }
}

/// The latest rows, so many at most, the latest first.
async fn latest(accounts: &Accounts, search: &Search, most: u32) -> Result<Vec<Row>, user::Error> {
    let mut search = Search { order: Order::LatestFirst, after: None, limit: most, ..search.clone() };
    let mut latest = Vec::new();
    loop {
        let Found { rows, next } = page(accounts, search.clone()).await?;
        latest.extend(rows);
        search.limit = most.saturating_sub(u32::try_from(latest.len()).unwrap_or(u32::MAX));
        if next.is_none() || search.limit == 0 {
            return Ok(latest);
        }
        search.after = next;
    }
}

/// What sorts before every id whose row may still appear. The whole audit says it, so that it moves on although nothing
/// happens to who is followed.
async fn begin_of_late(accounts: &Accounts) -> Result<String, user::Error> {
    let everything = Search { filter: Filter::default(), order: Order::LatestFirst, after: None, limit: 1 };
    Ok(page(accounts, everything).await?.rows.first().map(|row| late(&row.id)).unwrap_or_default())
}

/// What sorts before every id whose row may appear after that of this id, or from now on.
fn late(id: &str) -> String {
    let now = db::now();
    db::first_id_of(db::made_at(id).map_or(now, |made| made.min(now)) - LATE)
}

#[cfg(test)]
mod tests;
