//! Changing one's own password: the current one is asked for, and every other login ends.

use crate::accounts::Accounts;
use crate::accounts::audit::Source;
use crate::accounts::login::check::{self, Checked, Claim};
use crate::accounts::password::{Full, Owner, Password, Rejected};
use crate::accounts::session::Identity;
use crate::accounts::throttle::Wait;
use crate::accounts::token::{self, Pair};
use crate::accounts::user;
use crate::accounts::work::Work;

/// How it ended.
#[derive(Debug)]
pub enum Outcome {
    /// The password is another one, all logins have ended, and this is a new one.
    Changed(Box<Pair>),
    /// The current password is wrong.
    Wrong,
    /// Not looked at, because there were too many attempts.
    Throttled(Wait),
    /// Not looked at, because too many passwords wait already.
    Busy(Full),
    /// The new password breaks a rule.
    Rejected(Rejected),
}

/// Changes the password of someone who is signed in by token.
///
/// # Errors
/// When the database does not answer, or the signing key can't be used.
pub async fn change(
    accounts: &Accounts,
    identity: &Identity,
    current: Password,
    new: Password,
    source: &Source,
) -> Result<Outcome, token::Error> {
    let user = &identity.user;
    let owner = Owner { username: &user.username, display_name: &user.display_name, email: user.email.as_deref() };
    let new = match accounts.password_rules.check(new, owner) {
        Ok(new) => new,
        Err(rejected) => return Ok(Outcome::Rejected(rejected)),
    };
    let claim = Claim::SignedIn(user.clone());
    let mut right = match check::check(accounts, claim, current, None, source).await? {
        Checked::Right(right) => right,
        Checked::Wrong => return Ok(Outcome::Wrong),
        Checked::Throttled(wait) => return Ok(Outcome::Throttled(wait)),
        Checked::Busy(full) => return Ok(Outcome::Busy(full)),
    };
    let place = right.take_place().expect("whoever is signed in has one for the new hash");
    let hash = accounts.hasher.hash(place, new.into_password()).await;
    let owned = accounts.clone();
    let set = move |work: &mut Work<'_>| -> Result<Outcome, token::Error> {
        let Some(user) = right.confirm(work)? else { return Ok(Outcome::Wrong) };
        user::replace_password(work, &user, &hash)?;
        Ok(Outcome::Changed(Box::new(token::begin(work, &owned, &user.id, None)?)))
    };
    accounts.write(source, set).await
}
