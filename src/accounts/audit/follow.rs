//! The audit as it grows.
//!
//! Rows don't appear in the order of their ids: each id has the time of its node, whose clock may be some seconds off,
//! and is made a while before the commit that shows it. So each look goes back a little, and leaves out what was there.

use std::collections::BTreeSet;

use chrono::Duration;

use super::list::Row;
use super::search::{Found, Order, Search, page};
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
    /// Begins with the latest rows, so many at most, the earliest of them first.
    ///
    /// # Errors
    /// As [`page`].
    pub async fn begin(accounts: &Accounts, search: Search, most: u32) -> Result<(Following, Vec<Row>), user::Error> {
        let search = Search { order: Order::EarliestFirst, after: None, ..search };
        let mut following = Following { search: search.clone(), there: BTreeSet::new(), from: String::new() };
        if let Some(row) = latest(accounts, &search, 1).await?.first() {
            following.from = late(&row.id);
            following.next(accounts).await?;
        }
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
        let mut new = Vec::new();
        let mut after = Some(self.from.clone());
        while after.is_some() {
            let Found { rows, next } = page(accounts, Search { after, ..self.search.clone() }).await?;
            new.extend(rows.into_iter().filter(|row| self.there.insert(row.id.clone())));
            after = next;
        }
        self.forget();
        Ok(new)
    }

    /// Forgets what is too old to come again.
    fn forget(&mut self) {
        if let Some(latest) = self.there.last() {
            self.from = late(latest).max(std::mem::take(&mut self.from));
            self.there = self.there.split_off(&self.from);
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

/// What sorts before every id whose row may appear after that of this id, or from now on.
fn late(id: &str) -> String {
    let now = db::now();
    db::first_id_of(db::made_at(id).map_or(now, |made| made.min(now)) - LATE)
}
