//! Creates the accounts of a committed import, a few at a time. The process may be killed at any moment: what is still
//! staged is what is left to do.

use diesel::prelude::*;
use diesel::sql_types::Timestamp;

use super::changed::change;
use super::clash;
use super::reserved::APPLYING;
use crate::accounts::audit::{self, Event};
use crate::accounts::user::role::RoleName;
use crate::accounts::work::Work;
use crate::db::{self, DbConnection, schema::imports, schema::staged_logins, schema::staged_roles};
use crate::db::{schema::staged_users, schema::user_data, schema::user_roles, schema::users};

/// The most accounts that one transaction creates.
const AT_ONCE: i64 = 300;

/// The most accounts that one transaction changes: changes take longer.
const CHANGED_AT_ONCE: usize = 30;

/// The result of an import.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Applied {
    /// What the accounts came from.
    pub source: String,
    /// How many were made.
    pub imported: u64,
    /// How many were changed.
    pub updated: u64,
}

/// The progress of a committed import.
pub(super) enum Progress {
    Nothing,
    GoesOn(u64),
    /// All accounts are created; the import only has to be ended.
    AllMade,
}

/// A committed import.
#[derive(Queryable)]
struct Decided {
    id: String,
    source: String,
    imported: i64,
    updated: i64,
}

fn decided(work: &mut Work<'_>) -> db::Result<Option<Decided>> {
    let decided = imports::table.filter(imports::state.eq(APPLYING));
    let columns = (imports::id, imports::source, imports::imported, imports::updated);
    Ok(decided.select(columns).get_result(work.connection()).optional()?)
}

/// Ends the import after all accounts were created. None if another process has ended it.
pub(super) fn end(work: &mut Work<'_>) -> db::Result<Option<Applied>> {
    let Some(Decided { id, source, imported, updated }) = decided(work)? else { return Ok(None) };
    let detail = format!("{imported} made, {updated} changed, from {source}");
    audit::record(work, Event::UsersImported, None, Some(&detail))?;
    diesel::delete(imports::table.find(id)).execute(work.connection())?;
    let count = |count: i64| u64::try_from(count).unwrap_or_default();
    Ok(Some(Applied { source, imported: count(imported), updated: count(updated) }))
}

/// Creates the next accounts of the committed import, if there is one.
pub(super) fn next(work: &mut Work<'_>) -> db::Result<Progress> {
    let Some(Decided { id, imported, updated, .. }) = decided(work)? else { return Ok(Progress::Nothing) };
    let next: Vec<(i64, Option<String>)> = staged_users::table
        .order(staged_users::place)
        .limit(AT_ONCE)
        .select((staged_users::place, staged_users::existing))
        .load(work.connection())?;
    let changes: Vec<i64> =
        next.iter().filter(|(_, existing)| existing.is_some()).map(|(place, _)| *place).take(CHANGED_AT_ONCE).collect();
    let last =
        if changes.len() < CHANGED_AT_ONCE { next.last().map(|(place, _)| *place) } else { changes.last().copied() };
    let Some(last) = last else { return Ok(Progress::AllMade) };
    leave_out_taken(work, last)?;
    let made = make(work, last)?;
    for place in &changes {
        change(work, *place)?;
    }
    let connection = work.connection();
    diesel::delete(staged_users::table.filter(staged_users::place.le(last))).execute(connection)?;
    diesel::delete(staged_logins::table.filter(staged_logins::place.le(last))).execute(connection)?;
    diesel::delete(staged_roles::table.filter(staged_roles::place.le(last))).execute(connection)?;
    let (imported, updated) = (imported + made as i64, updated + changes.len() as i64);
    diesel::update(imports::table.find(id))
        .set((imports::imported.eq(imported), imports::updated.eq(updated), imports::touched_at.eq(db::now())))
        .execute(connection)?;
    Ok(Progress::GoesOn(u64::try_from(imported + updated).unwrap_or_default()))
}

/// Others can't take staged names. If one is taken nevertheless, its row is left out, since a committed import must not
/// get stuck.
fn leave_out_taken(work: &mut Work<'_>, last: i64) -> db::Result<()> {
    let taken: Vec<(i64, String)> = staged_logins::table
        .inner_join(staged_users::table.on(staged_users::place.eq(staged_logins::place)))
        .inner_join(users::table.on(clash::has_it()))
        .filter(staged_logins::place.le(last))
        .filter(staged_users::existing.is_null())
        .select((staged_logins::place, staged_logins::login))
        .load(work.connection())?;
    for (place, login) in taken {
        if diesel::delete(staged_users::table.find(place)).execute(work.connection())? > 0 {
            let detail = format!("{login} was left out: it was taken in between");
            audit::record(work, Event::UsersImported, None, Some(&detail))?;
        }
    }
    Ok(())
}

/// Creates the accounts up to a place. The audit gets one row for the whole import, and one for each new admin.
fn make(work: &mut Work<'_>, last: i64) -> db::Result<usize> {
    let connection = work.connection();
    let made = make_accounts(connection, last)?;
    give_roles(connection, last)?;
    keep_data(connection, last)?;
    let admin = RoleName::admin();
    let admins: Vec<String> = staged_roles::table
        .inner_join(staged_users::table.on(staged_users::place.eq(staged_roles::place)))
        .filter(staged_roles::place.le(last))
        .filter(staged_roles::role.eq(admin.as_str()))
        .filter(staged_users::existing.is_null())
        .select(staged_users::id)
        .load(connection)?;
    for id in admins {
        audit::record(work, Event::RoleAdded, Some(&id), Some(admin.as_str()))?;
    }
    Ok(made)
}

fn make_accounts(connection: &mut DbConnection, last: i64) -> QueryResult<usize> {
    staged_users::table
        .filter(staged_users::place.le(last))
        .filter(staged_users::existing.is_null())
        .select((
            staged_users::id,
            staged_users::username.assume_not_null(),
            staged_users::former_name,
            staged_users::display_name,
            staged_users::display_name_folded,
            staged_users::email,
            staged_users::email_canonical,
            staged_users::password_hash,
            staged_users::disabled_at,
            staged_users::created_at,
            staged_users::deletes_at,
            staged_users::waits_for,
            staged_users::email_confirmed_at,
        ))
        .insert_into(users::table)
        .into_columns((
            users::id,
            users::username,
            users::former_name,
            users::display_name,
            users::display_name_folded,
            users::email,
            users::email_canonical,
            users::password_hash,
            users::disabled_at,
            users::created_at,
            users::deletes_at,
            users::waits_for,
            users::email_confirmed_at,
        ))
        .execute(connection)
}

fn give_roles(connection: &mut DbConnection, last: i64) -> QueryResult<usize> {
    staged_roles::table
        .inner_join(staged_users::table.on(staged_users::place.eq(staged_roles::place)))
        .filter(staged_roles::place.le(last))
        .filter(staged_users::existing.is_null())
        .select((staged_users::id, staged_roles::role))
        .insert_into(user_roles::table)
        .into_columns((user_roles::user_id, user_roles::role))
        .execute(connection)
}

fn keep_data(connection: &mut DbConnection, last: i64) -> QueryResult<usize> {
    staged_users::table
        .filter(staged_users::place.le(last))
        .filter(staged_users::existing.is_null())
        .filter(staged_users::data.is_not_null())
        .select((staged_users::id, staged_users::data.assume_not_null(), db::now().into_sql::<Timestamp>()))
        .insert_into(user_data::table)
        .into_columns((user_data::user_id, user_data::data, user_data::updated_at))
        .execute(connection)
}
