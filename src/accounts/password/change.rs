//! Changing one's own password, by a page or by token: the current one is asked for, and every other login ends.

use crate::accounts::Accounts;
use crate::accounts::audit::Source;
use crate::accounts::login::check::{self, Checked, Claim};
use crate::accounts::login::{self, SignedIn};
use crate::accounts::password::{Full, Owner, Password, Rejected};
use crate::accounts::session::{Identity, Kind};
use crate::accounts::throttle::Wait;
use crate::accounts::token::{self, Pair};
use crate::accounts::user::{self, User};
use crate::accounts::work::Work;

/// How it ended.
#[derive(Debug)]
pub enum Outcome<T> {
    /// The password is another one, all logins have ended, and this is a new one.
    Changed(Box<T>),
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
) -> Result<Outcome<Pair>, token::Error> {
    let begin = |work: &mut Work<'_>, accounts: &Accounts, user: &User| token::begin(work, accounts, &user.id, None);
    change_and_begin(accounts, identity, current, new, source, begin).await
}

/// Changes the password of someone who is signed in by a browser. "Remember me" holds for the new session too.
///
/// # Errors
/// When the database does not answer.
pub async fn change_in_browser(
    accounts: &Accounts,
    identity: &Identity,
    current: Password,
    new: Password,
    source: &Source,
) -> Result<Outcome<SignedIn>, token::Error> {
    let remember = identity.session.kind() == Kind::Browser { remembered: true };
    let begin = move |work: &mut Work<'_>, accounts: &Accounts, user: &User| {
        Ok(login::begin(work, &accounts.lifetimes, &user.id, remember, None, None)?)
    };
    change_and_begin(accounts, identity, current, new, source, begin).await
}

async fn change_and_begin<T: Send + 'static>(
    accounts: &Accounts,
    identity: &Identity,
    current: Password,
    new: Password,
    source: &Source,
    begin: impl FnOnce(&mut Work<'_>, &Accounts, &User) -> Result<T, token::Error> + Send + 'static,
) -> Result<Outcome<T>, token::Error> {
    let user = &identity.user;
    let owner = Owner { username: &user.username, display_name: &user.display_name, email: user.email.as_deref() };
    let new = match accounts.password_rules.check(new, owner) {
        Ok(new) => new,
        Err(rejected) => return Ok(Outcome::Rejected(rejected)),
    };
    let claim = Claim::SignedIn(user.clone());
    let mut right = match check::check(accounts, claim, current, None, source).await? {
        Checked::Right(right) => right,
        // What waits for its link has no session that could ask.
        Checked::Wrong | Checked::Waiting(_) => return Ok(Outcome::Wrong),
        Checked::Throttled(wait) => return Ok(Outcome::Throttled(wait)),
        Checked::Busy(full) => return Ok(Outcome::Busy(full)),
    };
    let place = right.take_place().expect("whoever is signed in has one for the new hash");
    let hash = accounts.hasher.hash(place, new.into_password()).await;
    let owned = accounts.clone();
    let set = move |work: &mut Work<'_>| -> Result<Outcome<T>, token::Error> {
        let Ok(user) = right.confirm(work)? else { return Ok(Outcome::Wrong) };
        user::replace_password(work, &user, &hash)?;
        Ok(Outcome::Changed(Box::new(begin(work, &owned, &user)?)))
    };
    accounts.write(source, set).await
}
