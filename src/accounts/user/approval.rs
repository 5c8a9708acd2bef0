//! Accounts that wait for an admin: whoever signs up under `registration = "approval"` can't log in before one says yes.

use diesel::prelude::*;

use super::{Account, Error, User, WaitsFor, Which, get, get_account, standing};
use crate::accounts::Accounts;
use crate::accounts::audit::{self, Event, Source};
use crate::accounts::work::Work;
use crate::db::{self, DbConnection, schema::users};

/// Lets an account wait that has just been made. Answers it as it is now.
pub(in crate::accounts) fn let_wait(
    work: &mut Work<'_>,
    account: &Account,
    waits_for: WaitsFor,
) -> Result<Account, Error> {
    let id = account.user.id.as_str();
    diesel::update(users::table.filter(users::id.eq(id)))
        .set(users::waits_for.eq(waits_for.as_str()))
        .execute(work.connection())?;
    audit::record(work, Event::UserWaiting, Some(id), Some(waits_for.as_str()))?;
    get_account(work.connection(), &Which::Id(id.to_owned()))
}

/// How many accounts wait for approval, counted up to this number.
///
/// # Errors
/// When the database does not answer.
pub async fn count_waiting(accounts: &Accounts, most: u32) -> db::Result<usize> {
    let count = move |connection: &mut DbConnection| -> db::Result<usize> {
        let waiting = users::table.filter(waits()).filter(users::disabled_at.is_null()).limit(most.into());
        Ok(waiting.select(users::id).load::<String>(connection)?.len())
    };
    accounts.read(count).await
}

/// Lets the owner of an account log in that waits for approval.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::NotWaiting`] when it does not wait.
pub async fn approve(accounts: &Accounts, source: &Source, which: Which) -> Result<Account, Error> {
    let approve = move |work: &mut Work<'_>| {
        work.demand_admin()?;
        let user = get(work.connection(), &which)?;
        let this = users::table.filter(users::id.eq(&user.id)).filter(waits());
        let approved = diesel::update(this).set(users::waits_for.eq(None::<String>)).execute(work.connection())?;
        if approved == 0 {
            return Err(Error::NotWaiting(user.username));
        }
        audit::record(work, Event::UserApproved, Some(&user.id), None)?;
        get_account(work.connection(), &Which::Id(user.id))
    };
    accounts.write(source, approve).await
}

/// Removes an account that waits for approval, so that its name is free again. Answers it.
///
/// # Errors
/// As [`approve`].
pub async fn reject(accounts: &Accounts, source: &Source, which: Which) -> Result<User, Error> {
    let reject = move |work: &mut Work<'_>| {
        work.demand_admin()?;
        let user = get(work.connection(), &which)?;
        if user.waits_for() != Some(WaitsFor::Approval) {
            return Err(Error::NotWaiting(user.username));
        }
        standing::remove(work, &user, Event::UserRejected)?;
        Ok(user)
    };
    accounts.write(source, reject).await
}

#[diesel::dsl::auto_type]
fn waits() -> _ {
    let approval: &'static str = WaitsFor::Approval.as_str();
    users::waits_for.eq(approval)
}
