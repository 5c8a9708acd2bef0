//! Staging: rows are validated, their passwords hashed if requested, and stored until the import is committed.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;

use super::password;
use super::row::{self, Decided, Row, Wrong};
use super::rules::{Finding, Rules};
use super::staged::{StagedLogin, StagedRole, StagedUser};
use super::step::{Error, Step};
use crate::accounts::names::{EmailAddress, canonical};
use crate::accounts::user::role::RoleName;
use crate::accounts::work::Work;
use crate::db::{self, DbConnection, insert_all, schema::staged_logins, schema::staged_roles};
use crate::db::{schema::staged_users, schema::users};

/// How many rows are staged in one transaction.
pub(super) const AT_ONCE: usize = 400;

/// Roles are stored this many at a time.
const ROLES_AT_ONCE: usize = 4000;

/// Stages rows, and returns those that are wrong and those whose hash can't be verified.
pub(super) fn stage(step: &Step, rules: &Rules, rows: Vec<Row>, place: &mut i64) -> Result<Vec<Finding>, Error> {
    let (mut decided, mut given, mut found) = (Vec::new(), Vec::new(), Vec::new());
    for mut row in rows {
        let (line, password) = (row.line, row.password.take());
        match row::decide(row).and_then(|decided| Ok((decided, password::decide(line, password.as_deref(), rules)?))) {
            Ok((row, password)) => {
                if let Some(why) = password.unreadable() {
                    let why = format!("the password hash is {why}: nobody can log in by it");
                    found.push(Finding::Unreadable(Wrong::new(line, why)));
                }
                decided.push(row);
                given.push(password);
            }
            Err(why) => found.push(Finding::Wrong(why)),
        }
    }
    let hashes = password::stored(&given, &step.accounts().hasher);
    let (rows, first) = (decided.into_iter().zip(hashes).collect(), *place);
    let mut plan = step.read(move |connection| Plan::new(connection, rows, first))?;
    *place = plan.next_place;
    let wrong: Vec<u64> = plan.wrong.iter().map(|wrong| wrong.line).collect();
    found.retain(|found| !matches!(found, Finding::Unreadable(row) if wrong.contains(&row.line)));
    found.extend(plan.wrong.drain(..).map(Finding::Wrong));
    if !plan.users.is_empty() {
        step.write(|work| plan.write(work))?;
    }
    Ok(found)
}

/// What is about to be written.
#[derive(Default)]
struct Plan {
    users: Vec<StagedUser>,
    logins: Vec<StagedLogin>,
    roles: Vec<StagedRole>,
    /// Generated names of earlier batches that are dropped because a row of the file has the same name.
    displaced: Vec<StagedLogin>,
    wrong: Vec<Wrong>,
    next_place: i64,
}

impl Plan {
    /// Looks for clashes within the file. Nobody else writes staged rows, so the result still holds when they are
    /// written.
    fn new(
        connection: &mut DbConnection,
        rows: Vec<(Decided, (Option<String>, String))>,
        first: i64,
    ) -> db::Result<Plan> {
        let wanted: Vec<&str> = rows.iter().filter_map(|(row, _)| Some(row.username_from.as_ref()?.as_str())).collect();
        let elsewhere = users::table.filter(users::username.eq_any(&wanted)).select(users::username);
        let elsewhere: HashSet<String> = elsewhere.load(connection)?.into_iter().collect();
        let all: HashSet<String> =
            rows.iter().flat_map(|(row, _)| logins(row)).chain(wanted.iter().map(|name| (*name).to_owned())).collect();
        let known = staged_logins::table.filter(staged_logins::login.eq_any(all)).select(StagedLogin::as_select());
        let known: Vec<StagedLogin> = known.load(connection)?;
        let mut known: HashMap<String, StagedLogin> =
            known.into_iter().map(|staged| (staged.login.clone(), staged)).collect();
        let mut plan = Plan { next_place: first, ..Plan::default() };
        for (row, (hash, kind)) in rows {
            let (here, line) = (plan.next_place, i64::try_from(row.line).unwrap_or(i64::MAX));
            let own = logins(&row);
            if let Some(other) = own.iter().find_map(|login| known.get(login).filter(|other| !other.is_made)) {
                plan.wrong.push(Wrong::new(row.line, format!("{} is in line {} too", other.login, other.line)));
                continue;
            }
            plan.next_place += 1;
            let unproven = row.unproven.as_deref();
            let note = |login: &str, is_made| StagedLogin {
                login: login.to_owned(),
                place: here,
                line,
                is_made,
                is_unproven: unproven == Some(login),
            };
            for login in &own {
                plan.displaced.extend(known.insert(login.clone(), note(login, false)));
            }
            let mut username = row.username.as_ref().map(|name| name.as_str().to_owned());
            if let Some(from) = row.username_from.as_ref().map(|name| name.as_str())
                && !known.contains_key(from)
                && !elsewhere.contains(from)
            {
                known.insert(from.to_owned(), note(from, true));
                username = Some(from.to_owned());
            }
            let role = |role: &RoleName| StagedRole { place: here, role: role.as_str().to_owned() };
            plan.roles.extend(row.roles.iter().map(role));
            plan.users.push(staged(row, here, line, username, hash, kind));
        }
        for displaced in plan.displaced.iter().filter(|displaced| displaced.place >= first) {
            let user = plan.users.iter_mut().find(|user| user.place == displaced.place);
            user.into_iter().for_each(|user| user.username = None);
        }
        plan.displaced.retain(|displaced| displaced.place < first);
        plan.logins = known.into_values().filter(|login| login.place >= first).collect();
        Ok(plan)
    }

    fn write(self, work: &mut Work<'_>) -> Result<(), Error> {
        let connection = work.connection();
        for displaced in &self.displaced {
            diesel::delete(staged_logins::table.find(&displaced.login)).execute(connection)?;
            diesel::update(staged_users::table.find(displaced.place))
                .set(staged_users::username.eq(None::<String>))
                .execute(connection)?;
        }
        insert_all(connection, staged_users::table, &self.users)?;
        insert_all(connection, staged_logins::table, &self.logins)?;
        for roles in self.roles.chunks(ROLES_AT_ONCE) {
            insert_all(connection, staged_roles::table, roles)?;
        }
        Ok(())
    }
}

/// The names and addresses in the file that someone logs in with, and their id: no other row may have any of them.
fn logins(row: &Decided) -> Vec<String> {
    let username = row.username.as_ref().map(|name| name.as_str().to_owned());
    let email = row.email.as_ref().map(|email| email.canonical().to_owned());
    let mut logins: Vec<String> =
        [username, email, row.former_name.clone(), row.id.clone()].into_iter().flatten().collect();
    logins.sort();
    logins.dedup();
    logins
}

fn staged(
    row: Decided,
    place: i64,
    line: i64,
    username: Option<String>,
    password_hash: Option<String>,
    hash_kind: String,
) -> StagedUser {
    let now = db::now();
    StagedUser {
        place,
        line,
        id: row.id.unwrap_or_else(db::new_id),
        existing: None,
        username,
        username_from: row.username_from.map(|name| name.as_str().to_owned()),
        former_name: row.former_name,
        display_name_folded: canonical(row.display_name.as_str()),
        display_name: row.display_name.as_str().to_owned(),
        is_named: row.is_named,
        email_canonical: row.email.as_ref().map(|email| email.canonical().to_owned()),
        email: row.email.as_ref().map(EmailAddress::as_given).map(str::to_owned),
        password_hash,
        hash_kind,
        is_enabled: row.is_enabled,
        disabled_at: (row.is_enabled == Some(false)).then_some(now),
        created_at: row.created_at.unwrap_or(now),
        deletes_at: row.deletes_at,
        data: row.data,
        waits_for: row.waits_for.map(|waits_for| waits_for.as_str().to_owned()),
        // Whoever imports accounts vouches for their addresses, unless the file says that one is not confirmed.
        email_confirmed_at: (row.email.is_some() && row.is_email_confirmed).then_some(now),
    }
}
