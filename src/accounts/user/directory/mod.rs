//! The accounts in pages for people who look after them. A page takes as long among a million accounts as among ten:
//! each part of the list is read along an index, from where the page before ended.
//!
//! What no index tells, such as the state of those whose names begin so, is looked at row by row. Where few rows fit, a
//! page ends after a thousand, and the next one goes on from there.

mod place;
mod read;

use super::role::{self, RoleName};
use super::{Account, MAX_QUERY, State};
use crate::accounts::Accounts;
use crate::accounts::names::canonical;
use crate::db::{self, DbConnection};

pub use place::Place;

/// How many rows are read at a time once those of the first look were too few.
const AT_ONCE: usize = 250;

/// The most times that rows are read for one page.
const MOST_READS: usize = 5;

/// What to list.
#[derive(Debug, Clone, Default)]
pub struct Search {
    /// The beginning of a username, an email address or a display name, in any case.
    pub start: Option<String>,
    /// A role that they have.
    pub role: Option<RoleName>,
    /// What they are just now.
    pub state: Option<State>,
    /// Where the page begins.
    pub after: Option<Place>,
    /// The most accounts on a page.
    pub limit: usize,
}

/// One page: those whose usernames begin so, then the others by their addresses, then by their display names. Those of a
/// role come by their ids, which for most is in the order in which they were made; all others by their usernames.
#[derive(Debug)]
pub struct Listed {
    /// The accounts.
    pub users: Vec<Account>,
    /// Where the next page begins; none on the last page.
    pub next: Option<Place>,
}

impl Search {
    /// The beginning to look for, as names are compared; none when there is nothing in it.
    fn start(&self) -> Option<String> {
        let start: String = self.start.as_deref().unwrap_or_default().chars().take(MAX_QUERY).collect();
        Some(canonical(&start)).filter(|start| !start.is_empty())
    }
}

/// Finds accounts.
///
/// # Errors
/// When the database does not answer.
pub async fn page(accounts: &Accounts, search: Search) -> db::Result<Listed> {
    accounts.read(move |connection| list(connection, &search)).await
}

fn list(connection: &mut DbConnection, search: &Search) -> db::Result<Listed> {
    let start = search.start();
    let by_role = search.role.as_ref().filter(|_| start.is_none());
    let first = if by_role.is_some() { Place::first_of_role() } else { Place::first() };
    // A place in another list than this one is none.
    let mut place =
        search.after.clone().filter(|place| place.fits(start.is_some(), by_role.is_some())).unwrap_or(first);
    let mut found: Vec<(Account, Place)> = Vec::new();
    for read in 0..MOST_READS {
        let most = if read == 0 { search.limit + 1 } else { AT_ONCE };
        let rows = read::behind(connection, &place, start.as_deref(), by_role, search.state, most)?;
        let is_end = rows.len() < most;
        let (users, keys): (Vec<_>, Vec<_>) = rows.into_iter().map(|row| (row.user, row.keys)).unzip();
        for (account, keys) in role::with_roles(connection, users)?.into_iter().zip(keys) {
            place = place.of(&account.user, &keys);
            let is_first_time = start.as_deref().is_none_or(|start| place.is_first_of(&account.user, &keys, start));
            let has_role = search.role.as_ref().is_none_or(|role| account.has(role));
            let has_state = search.state.is_none_or(|state| State::of(&account.user) == state);
            if is_first_time && has_role && has_state {
                found.push((account, place.clone()));
            }
            if found.len() > search.limit {
                return Ok(whole_page(found, search.limit));
            }
        }
        if is_end {
            match place.next_part().filter(|_| start.is_some()) {
                Some(part) => place = part,
                None => return Ok(Listed { users: users_of(found), next: None }),
            }
        }
    }
    Ok(Listed { users: users_of(found), next: Some(place) })
}

/// As many as a page has, of which there are more.
fn whole_page(mut found: Vec<(Account, Place)>, limit: usize) -> Listed {
    found.truncate(limit);
    let next = found.last().map(|(_, place)| place.clone());
    Listed { users: users_of(found), next }
}

fn users_of(found: Vec<(Account, Place)>) -> Vec<Account> {
    found.into_iter().map(|(account, _)| account).collect()
}

#[cfg(test)]
mod tests;
