//! Confirming with the password that it is still the owner of a login who uses it.

use super::check::{self, Checked, Claim};
use crate::accounts::Accounts;
use crate::accounts::audit::{self, Event, Source};
use crate::accounts::password::{Full, Password};
use crate::accounts::session::{self, Identity, NewSession};
use crate::accounts::throttle::Wait;
use crate::accounts::user;
use crate::accounts::work::Work;

/// How it ended.
#[derive(Debug)]
pub enum Outcome {
    /// The password is right. The session goes on under this new token.
    Confirmed(Box<NewSession>),
    /// The password is wrong.
    Wrong,
    /// Not looked at, because there were too many attempts.
    Throttled(Wait),
    /// Not looked at, because too many passwords wait already.
    Busy(Full),
}

/// Checks the password of someone who is signed in. From then on their session counts as recent, and its former token
/// opens nothing: who copied it before is left behind.
///
/// # Errors
/// When the session has ended in between, and when the database does not answer.
pub async fn confirm(
    accounts: &Accounts,
    identity: &Identity,
    password: Password,
    source: &Source,
) -> Result<Outcome, user::Error> {
    let right = match check::check(accounts, Claim::SignedIn(identity.user.clone()), password, None, source).await? {
        Checked::Right(right) => right,
        // What waits for its link has no session that could ask.
        Checked::Wrong | Checked::Waiting(_) => return Ok(Outcome::Wrong),
        Checked::Throttled(wait) => return Ok(Outcome::Throttled(wait)),
        Checked::Busy(full) => return Ok(Outcome::Busy(full)),
    };
    let session_id = identity.session.id.clone();
    let renew = move |work: &mut Work<'_>| -> Result<Outcome, user::Error> {
        let Ok(user) = right.confirm(work)? else { return Ok(Outcome::Wrong) };
        let renewed = session::renew(work, &session_id)?;
        audit::record(work, Event::LoginConfirmed, Some(&user.id), Some(&session_id))?;
        Ok(Outcome::Confirmed(Box::new(renewed)))
    };
    accounts.write(source, renew).await
}
