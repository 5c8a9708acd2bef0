//! Deleting one's own account.
//!
//! The owner asks for it with the password. All logins end, and the account stays for some days. A login within them
//! cancels the deletion (`standing::cancel_deletion`, which is called for every right password); otherwise the sweep
//! removes the account. If the setting is 0 days, it is removed at once.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::{Error, User, Which, check_removable, standing};
use crate::accounts::Accounts;
use crate::accounts::audit::{self, Event, Source};
use crate::accounts::login::check::{self, Checked, Claim};
use crate::accounts::mail_queue::{self, Notice};
use crate::accounts::password::{Full, Password};
use crate::accounts::session::{self, Identity};
use crate::accounts::throttle::Wait;
use crate::accounts::work::Work;
use crate::db::{self, schema::users};

/// How it ended.
#[derive(Debug)]
pub enum Outcome {
    /// All logins have ended, and the account will be removed at this time unless its owner logs in before; in UTC.
    Requested(NaiveDateTime),
    /// The account is gone.
    Deleted,
    /// The password is wrong.
    Wrong,
    /// Not looked at, because there were too many attempts.
    Throttled(Wait),
    /// Not looked at, because too many passwords wait already.
    Busy(Full),
}

/// Checks the password of someone who is signed in, and deletes their account after the grace, or at once without one.
///
/// # Errors
/// [`Error::LastAdmin`]; when the session has ended in between; and when the database does not answer.
pub async fn request(
    accounts: &Accounts,
    identity: &Identity,
    password: Password,
    source: &Source,
) -> Result<Outcome, Error> {
    check_removable(accounts, Which::Id(identity.user.id.clone())).await?;
    let claim = Claim::SignedIn(identity.user.clone());
    let right = match check::check(accounts, claim, password, None, source).await? {
        Checked::Right(right) => right,
        // What waits for its link has no session that could ask.
        Checked::Wrong | Checked::Waiting(_) => return Ok(Outcome::Wrong),
        Checked::Throttled(wait) => return Ok(Outcome::Throttled(wait)),
        Checked::Busy(full) => return Ok(Outcome::Busy(full)),
    };
    let grace = accounts.deletion_grace;
    let delete = move |work: &mut Work<'_>| {
        let Ok(user) = right.confirm(work)? else { return Ok(Outcome::Wrong) };
        if grace.is_zero() {
            standing::delete(work, &user)?;
            mail_queue::tell(work, &user, &Notice::AccountDeleted)?;
            return Ok(Outcome::Deleted);
        }
        Ok(Outcome::Requested(begin(work, &user, db::now() + grace)?))
    };
    accounts.write(source, delete).await
}

/// The devices stay known, so that nobody who guesses at the account keeps its owner from coming back.
fn begin(work: &mut Work<'_>, user: &User, at: NaiveDateTime) -> Result<NaiveDateTime, Error> {
    standing::keep_an_admin(work.connection(), user)?;
    diesel::update(users::table.filter(users::id.eq(&user.id)))
        .set(users::deletes_at.eq(at))
        .execute(work.connection())?;
    let detail = format!("on {}", at.date());
    audit::record(work, Event::UserDeletionRequested, Some(&user.id), Some(&detail))?;
    mail_queue::tell(work, user, &Notice::DeletionRequested(at))?;
    session::end_all_of(work, &user.id)?;
    Ok(at)
}

/// Removes the accounts that are due, each in a transaction of its own, since its todos go with it. Answers
/// how many there were.
pub(in crate::accounts) async fn remove_due(accounts: &Accounts) -> db::Result<usize> {
    let mut removed = 0;
    while accounts.write_for_anyone(&Source::system(), remove_next).await? {
        removed += 1;
    }
    Ok(removed)
}

fn remove_next(work: &mut Work<'_>) -> db::Result<bool> {
    let due: Option<User> = users::table
        .filter(users::deletes_at.le(db::now()))
        .order(users::deletes_at)
        .limit(1)
        .select(User::as_select())
        .get_result(work.connection())
        .optional()?;
    let Some(user) = due else { return Ok(false) };
    standing::remove(work, &user, Event::UserDeleted)?;
    Ok(true)
}
