//! What an account may do: its roles, whether it may log in, whether it exists. Each function runs inside one writing
//! transaction, with the audit row of what it did.

use diesel::prelude::*;

use super::{Account, Error, User};
use crate::accounts::audit::{self, Event};
use crate::accounts::mail_queue;
use crate::accounts::one_time_link::{self, Change};
use crate::accounts::session;
use crate::accounts::user::role::{self, RoleName};
use crate::accounts::work::Work;
use crate::db::{self, DbConnection, schema::user_roles, schema::users};

/// Gives a role; nothing happens when the user has it already.
pub(super) fn add_role(work: &mut Work<'_>, user_id: &str, role: &RoleName) -> Result<(), Error> {
    if role::give(work, user_id, role)? {
        audit::record(work, Event::RoleAdded, Some(user_id), Some(role.as_str()))?;
    }
    Ok(())
}

/// Takes a role away; nothing happens when the user does not have it.
pub(super) fn remove_role(work: &mut Work<'_>, user: &User, role: &RoleName) -> Result<(), Error> {
    if role.is_admin() {
        keep_an_admin(work.connection(), user)?;
    }
    if role::take(work, &user.id, role)? {
        audit::record(work, Event::RoleRemoved, Some(&user.id), Some(role.as_str()))?;
        if role.is_admin() {
            one_time_link::void_made_by(work, &user.id)?;
        }
    }
    Ok(())
}

/// Gives the roles that an account lacks of these, and takes away all others.
pub(super) fn set_roles(work: &mut Work<'_>, account: &Account, roles: &[RoleName]) -> Result<(), Error> {
    for held in &account.roles {
        if let Ok(role) = RoleName::parse(held)
            && !roles.contains(&role)
        {
            remove_role(work, &account.user, &role)?;
        }
    }
    for role in roles {
        add_role(work, &account.user.id, role)?;
    }
    Ok(())
}

/// Lets an account log in again; nothing happens when it can already.
pub(super) fn enable(work: &mut Work<'_>, user: &User) -> Result<(), Error> {
    let changed = diesel::update(users::table)
        .filter(users::id.eq(&user.id))
        .filter(users::disabled_at.is_not_null())
        .set(users::disabled_at.eq(None::<chrono::NaiveDateTime>))
        .execute(work.connection())?;
    if changed > 0 {
        audit::record(work, Event::UserEnabled, Some(&user.id), None)?;
    }
    Ok(())
}

/// Stops an account from logging in, ends its sessions, and makes links worthless that are about it or that it made as an
/// admin; nothing happens when it is disabled already.
pub(super) fn disable(work: &mut Work<'_>, user: &User) -> Result<(), Error> {
    keep_an_admin(work.connection(), user)?;
    let changed = diesel::update(users::table)
        .filter(users::id.eq(&user.id))
        .filter(users::disabled_at.is_null())
        .set(users::disabled_at.eq(db::now()))
        .execute(work.connection())?;
    if changed > 0 {
        audit::record(work, Event::UserDisabled, Some(&user.id), None)?;
        session::end_all_of(work, &user.id)?;
        one_time_link::void(work, &user.id, Change::Gone)?;
        one_time_link::void_made_by(work, &user.id)?;
    }
    Ok(())
}

/// Removes an account with its roles and sessions; the audit keeps what it did.
pub(super) fn delete(work: &mut Work<'_>, user: &User) -> Result<(), Error> {
    keep_an_admin(work.connection(), user)?;
    Ok(remove(work, user, Event::UserDeleted)?)
}

/// The same for one that doesn't count as an admin's: its owner asked for the deletion, or it waits. The event says why.
pub(super) fn remove(work: &mut Work<'_>, user: &User, why: Event) -> db::Result<()> {
    diesel::delete(users::table).filter(users::id.eq(&user.id)).execute(work.connection())?;
    mail_queue::forget_of(work, &user.id)?;
    one_time_link::void(work, &user.id, Change::Gone)?;
    audit::record(work, why, Some(&user.id), Some(&user.username))
}

/// Keeps an account that was about to be removed, because its owner has logged in; nothing happens to any other.
pub(in crate::accounts) fn cancel_deletion(work: &mut Work<'_>, user: &User) -> db::Result<()> {
    let changed = diesel::update(users::table)
        .filter(users::id.eq(&user.id))
        .filter(users::deletes_at.is_not_null())
        .set(users::deletes_at.eq(None::<chrono::NaiveDateTime>))
        .execute(work.connection())?;
    if changed > 0 {
        let owner = work.source().of_visitor(&user.id);
        work.in_the_name_of(owner, |work| audit::record(work, Event::UserDeletionCancelled, Some(&user.id), None))?;
    }
    Ok(())
}

/// Refuses what would leave no admin who can log in and stays. A writing transaction holds the write lock, so two
/// requests at once can't each rely on the other's admin.
pub(super) fn keep_an_admin(connection: &mut DbConnection, user: &User) -> Result<(), Error> {
    let who_can_log_in: Vec<String> = users::table
        .inner_join(user_roles::table)
        .filter(role::of_admins())
        .filter(users::disabled_at.is_null())
        .filter(users::deletes_at.is_null())
        .filter(users::waits_for.is_null())
        .limit(2)
        .select(users::id)
        .load(connection)?;
    if who_can_log_in == [user.id.as_str()] { Err(Error::LastAdmin) } else { Ok(()) }
}
