//! The check: compares staged rows with existing accounts.

use std::collections::BTreeSet;

use diesel::dsl::count_star;
use diesel::prelude::*;

use super::password::UNREADABLE;
use super::row::Wrong;
use super::rules::{Finding, OnConflict, Outcome, Rules};
use super::step::{Error, Step};
use crate::accounts::user::role::RoleName;
use crate::accounts::work::Work;
use crate::db::{self, DbConnection, schema::staged_logins, schema::staged_roles, schema::staged_users, schema::users};

/// How many clashes are read and resolved at a time.
const PAGE: usize = 400;

/// A staged name, address or id that an account has already.
#[derive(Debug, Queryable)]
struct Clash {
    place: i64,
    line: i64,
    login: String,
    is_made: bool,
    is_unproven: bool,
    user_id: String,
    username: String,
    address: Option<String>,
}

impl Clash {
    /// Whether the only match is an address that was given as the username. In the other program, anyone may have
    /// chosen it, so it does not prove that both accounts are the same person's.
    fn is_guess(&self) -> bool {
        self.is_unproven && self.address.as_ref() == Some(&self.login)
    }
}

/// What becomes of a staged row.
enum Resolved {
    Removed(i64),
    Updates(i64, String),
    /// Its generated username has been taken since, so it gets another one.
    Unnamed(i64, String),
}

/// Resolves all clashes, and reports each row that is left out.
pub(super) fn resolve(step: &Step, rules: &Rules, tell: &mut impl FnMut(Finding)) -> Result<(), Error> {
    let mut after = 0;
    loop {
        let mut page = step.read(|connection| Ok(clashes(connection, after)?))?;
        let is_last = page.len() < PAGE;
        if !is_last && let Some(last) = page.last().map(|clash| clash.place) {
            // The next page may have more clashes of that row. One row has fewer than a page.
            page.retain(|clash| clash.place < last);
        }
        let mut resolved = Vec::new();
        for row in page.chunk_by(|one, other| one.place == other.place) {
            after = row[0].place;
            resolved.extend(decide(row, rules, tell));
        }
        if !resolved.is_empty() {
            step.write(|work| resolved.into_iter().try_for_each(|resolved| store(work, resolved)))?;
        }
        if is_last {
            break;
        }
    }
    refuse_twins(step, tell)
}

/// Leaves out rows that match the same account, for example one by its username and one by its address.
fn refuse_twins(step: &Step, tell: &mut impl FnMut(Finding)) -> Result<(), Error> {
    loop {
        let twins: Vec<(i64, i64)> = step.read(|connection| {
            let existing = staged_users::table.select(staged_users::existing.assume_not_null());
            let existing = existing.filter(staged_users::existing.is_not_null()).group_by(staged_users::existing);
            let twice: Vec<String> = existing.having(count_star().gt(1)).limit(PAGE as i64).load(connection)?;
            let rows = staged_users::table.filter(staged_users::existing.eq_any(twice)).order(staged_users::place);
            Ok(rows.select((staged_users::place, staged_users::line)).load(connection)?)
        })?;
        if twins.is_empty() {
            return Ok(());
        }
        for (_, line) in &twins {
            let why = "another row means the same account, by its name, address or id: leave one of them out";
            tell(Finding::Wrong(Wrong::new(u64::try_from(*line).unwrap_or_default(), why)));
        }
        step.write(|work| twins.into_iter().try_for_each(|(place, _)| store(work, Resolved::Removed(place))))?;
    }
}

/// Whether an account has the staged name, address or id.
#[diesel::dsl::auto_type]
pub(super) fn has_it() -> _ {
    users::username
        .eq(staged_logins::login)
        .or(users::id.eq(staged_logins::login))
        .or(users::email_canonical.eq(staged_logins::login.nullable()))
        .or(users::former_name.eq(staged_logins::login.nullable()))
}

fn clashes(connection: &mut DbConnection, after: i64) -> QueryResult<Vec<Clash>> {
    staged_logins::table
        .inner_join(users::table.on(has_it()))
        .filter(staged_logins::place.gt(after))
        .order(staged_logins::place)
        .limit(PAGE as i64)
        .select((
            staged_logins::place,
            staged_logins::line,
            staged_logins::login,
            staged_logins::is_made,
            staged_logins::is_unproven,
            users::id,
            users::username,
            users::email_canonical,
        ))
        .load(connection)
}

/// Decides what to do about all clashes of one row.
fn decide(row: &[Clash], rules: &Rules, tell: &mut impl FnMut(Finding)) -> Option<Resolved> {
    let (place, line) = (row[0].place, u64::try_from(row[0].line).unwrap_or_default());
    let Some(first) = row.iter().find(|clash| !clash.is_made) else {
        return row.first().map(|clash| Resolved::Unnamed(place, clash.login.clone()));
    };
    let owners: BTreeSet<&str> =
        row.iter().filter(|clash| !clash.is_made).map(|clash| clash.user_id.as_str()).collect();
    let exists = format!("{} belongs to the account {} already", first.login, first.username);
    match rules.on_conflict {
        OnConflict::Update if row.iter().all(|clash| clash.is_made || clash.is_guess()) => {
            let why = format!(
                "{} is the address of the account {}, but stands as a username here, and anyone may have chosen that: if it \
                 is their address, say so with --map COLUMN=email",
                first.login, first.username
            );
            tell(Finding::Wrong(Wrong::new(line, why)));
        }
        OnConflict::Update if owners.len() == 1 => return Some(Resolved::Updates(place, first.user_id.clone())),
        OnConflict::Update => {
            let why = format!("its name, address or id belong to {} different accounts", owners.len());
            tell(Finding::Wrong(Wrong::new(line, why)));
        }
        OnConflict::Skip => tell(Finding::Skipped(Wrong::new(line, exists))),
        OnConflict::Fail => {
            let why = format!("{exists}: use --on-conflict skip to keep it as it is, or update to change it");
            tell(Finding::Wrong(Wrong::new(line, why)));
        }
    }
    Some(Resolved::Removed(place))
}

fn store(work: &mut Work<'_>, resolved: Resolved) -> Result<(), Error> {
    let connection = work.connection();
    match resolved {
        Resolved::Removed(place) => {
            diesel::delete(staged_logins::table.filter(staged_logins::place.eq(place))).execute(connection)?;
            diesel::delete(staged_roles::table.filter(staged_roles::place.eq(place))).execute(connection)?;
            diesel::delete(staged_users::table.find(place)).execute(connection)?;
        }
        Resolved::Updates(place, id) => {
            diesel::update(staged_users::table.find(place)).set(staged_users::existing.eq(id)).execute(connection)?;
        }
        Resolved::Unnamed(place, login) => {
            diesel::delete(staged_logins::table.find(login)).execute(connection)?;
            diesel::update(staged_users::table.find(place))
                .set(staged_users::username.eq(None::<String>))
                .execute(connection)?;
        }
    }
    Ok(())
}

/// Counts what is staged.
pub(super) fn outcome(step: &Step) -> db::Result<Outcome> {
    step.read(|connection| {
        let changed = staged_users::table.filter(staged_users::existing.is_not_null());
        let updated: i64 = changed.count().get_result(connection)?;
        let kinds: Vec<(String, i64)> = staged_users::table
            .group_by(staged_users::hash_kind)
            .order(staged_users::hash_kind)
            .select((staged_users::hash_kind, count_star()))
            .load(connection)?;
        let count = |count: i64| u64::try_from(count).unwrap_or_default();
        let all: u64 = kinds.iter().map(|(_, number)| count(*number)).sum();
        let admins = staged_roles::table.filter(staged_roles::role.eq(RoleName::admin().as_str().to_owned()));
        let admins: i64 = admins.count().get_result(connection)?;
        let mut outcome = Outcome {
            imported: all - count(updated),
            updated: count(updated),
            admins: count(admins),
            ..Outcome::default()
        };
        for (kind, number) in kinds {
            match kind.strip_prefix(UNREADABLE) {
                Some(why) => outcome.unreadable.push((why.to_owned(), count(number))),
                None => outcome.kinds.push((kind, count(number))),
            }
        }
        Ok(outcome)
    })
}
