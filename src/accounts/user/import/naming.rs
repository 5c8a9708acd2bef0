//! Makes usernames for accounts that had no valid one, and for which no free one was found while the file was read.

use std::collections::HashMap;

use diesel::dsl::exists;
use diesel::prelude::*;

use super::step::{Error, Step};
use crate::accounts::names::Username;
use crate::accounts::work::Work;
use crate::db::{self, DbConnection, schema::staged_logins, schema::staged_users, schema::users};

/// How many accounts get a name in one transaction.
const PAGE: i64 = 100;

/// For no more names than this, the last number that was tried is remembered.
const MOST_REMEMBERED: usize = 10_000;

/// Gives each of these accounts a name: `anna`, `anna2`, `anna3` …
pub(super) fn name_all(step: &Step) -> Result<(), Error> {
    let (mut after, mut last_tried) = (0, HashMap::new());
    loop {
        let nameless: Vec<(i64, i64, Option<String>)> = step.read(|connection| {
            Ok(staged_users::table
                .filter(staged_users::username.is_null())
                .filter(staged_users::existing.is_null())
                .filter(staged_users::place.gt(after))
                .order(staged_users::place)
                .limit(PAGE)
                .select((staged_users::place, staged_users::line, staged_users::username_from))
                .load(connection)?)
        })?;
        let Some(last) = nameless.last().map(|(place, ..)| *place) else { return Ok(()) };
        step.write(|work| {
            for (place, line, from) in &nameless {
                let from = from.as_deref().and_then(|from| Username::parse(from).ok());
                let from = from.unwrap_or_else(Username::neutral);
                name(work, *place, *line, &from, &mut last_tried)?;
            }
            Ok(())
        })?;
        after = last;
    }
}

fn name(
    work: &mut Work<'_>,
    place: i64,
    line: i64,
    from: &Username,
    last_tried: &mut HashMap<String, u64>,
) -> Result<(), Error> {
    let connection = work.connection();
    if last_tried.len() > MOST_REMEMBERED {
        last_tried.clear();
    }
    let number = last_tried.entry(from.as_str().to_owned()).or_insert(0);
    let username = loop {
        *number += 1;
        let name = if *number == 1 { from.clone() } else { from.with_suffix(&number.to_string()) };
        if is_free(connection, name.as_str())? {
            break name;
        }
    };
    diesel::insert_into(staged_logins::table)
        .values((
            staged_logins::login.eq(username.as_str()),
            staged_logins::place.eq(place),
            staged_logins::line.eq(line),
            staged_logins::is_made.eq(true),
            staged_logins::is_unproven.eq(false),
        ))
        .execute(connection)?;
    diesel::update(staged_users::table.find(place))
        .set(staged_users::username.eq(username.as_str()))
        .execute(connection)?;
    Ok(())
}

fn is_free(connection: &mut DbConnection, name: &str) -> db::Result<bool> {
    let staged = staged_logins::table.find(name);
    let taken = users::table.filter(users::username.eq(name));
    Ok(!diesel::select(exists(staged)).get_result::<bool>(connection)?
        && !diesel::select(exists(taken)).get_result::<bool>(connection)?)
}
