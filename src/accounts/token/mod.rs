//! Tokens for programs: an access token (a JWT, for minutes) and a refresh token (opaque, for days).
//!
//! Both belong to a session like that of a browser, which every request reads. So logging out, disabling an
//! account or changing its password ends tokens as it ends cookies.

pub mod access;
mod claims;
mod error;
mod pair;
mod profile;
mod refresh;
mod refresh_token;
mod revoke;
pub mod signing_key;

use super::Accounts;
use super::audit::{self, Event, Source};
use super::login::check::{self, Checked, Claim, Unconfirmed};
use super::login::device::{self, DeviceKind, DeviceToken};
use super::login::metrics::Ended;
use super::password::{Full, Password};
use super::session::{self, Identity, Kind};
use super::throttle::Wait;
use super::user::{self, Account, User, WaitsFor, Which};
use super::work::Work;

use self::pair::pair;

pub use error::Error;
pub use pair::Pair;
pub use profile::Profile;
pub use refresh::{Refreshed, refresh};
pub use refresh_token::RefreshToken;
pub use revoke::revoke;

/// How a login by token ended.
#[derive(Debug)]
pub enum Outcome {
    /// A session has begun.
    Issued(Box<Pair>),
    /// Not let in; nobody outside learns why.
    Wrong,
    /// The password is right, but the account still waits.
    Waiting(WaitsFor),
    /// Not looked at, because there were too many attempts.
    Throttled(Wait),
    /// Not looked at, because too many passwords wait already.
    Busy(Full),
}

/// Checks a name and a password, and begins a session of tokens when they are right. A program that shows a refresh
/// token which it had of this account, spent or not, draws from the budget of a known device. The token is not used.
///
/// # Errors
/// When the database does not answer, or the signing key can't be used.
pub async fn log_in(
    accounts: &Accounts,
    name: String,
    password: Password,
    former: Option<RefreshToken>,
    source: &Source,
) -> Result<Outcome, Error> {
    let outcome = check_and_begin(accounts, name, password, former, source).await;
    accounts.logins.count(outcome.as_ref().map_or(Ended::Failed, |outcome| match outcome {
        Outcome::Issued(_) => Ended::Succeeded,
        Outcome::Wrong => Ended::Wrong,
        Outcome::Waiting(_) => Ended::Waiting,
        Outcome::Throttled(_) => Ended::Throttled,
        Outcome::Busy(_) => Ended::Busy,
    }));
    outcome
}

async fn check_and_begin(
    accounts: &Accounts,
    name: String,
    password: Password,
    former: Option<RefreshToken>,
    source: &Source,
) -> Result<Outcome, Error> {
    let device = former.map(RefreshToken::into_device);
    match check::check(accounts, Claim::Named(name), password, device.clone(), source).await? {
        Checked::Wrong => Ok(Outcome::Wrong),
        Checked::Waiting(waits_for) => Ok(Outcome::Waiting(waits_for)),
        Checked::Throttled(wait) => Ok(Outcome::Throttled(wait)),
        Checked::Busy(full) => Ok(Outcome::Busy(full)),
        Checked::Right(right) => {
            let owned = accounts.clone();
            let issue = move |work: &mut Work<'_>| -> Result<Outcome, Error> {
                let user = match right.confirm(work)? {
                    Ok(user) => user,
                    Err(Unconfirmed::Changed) => return Ok(Outcome::Wrong),
                    Err(Unconfirmed::Waiting(waits_for)) => return Ok(Outcome::Waiting(waits_for)),
                };
                let pair = begin(work, &owned, &user.id, device.filter(|_| right.known_device()))?;
                Ok(Outcome::Issued(Box::new(pair)))
            };
            accounts.write_for_anyone(source, issue).await
        }
    }
}

/// Begins a session of tokens, on a device that was known before, or on one that is from now on.
pub(super) fn begin(
    work: &mut Work<'_>,
    accounts: &Accounts,
    user_id: &str,
    known: Option<DeviceToken>,
) -> Result<Pair, Error> {
    let device = device::keep(work, user_id, DeviceKind::Program, known)?;
    let session = session::begin(work, user_id, Kind::Token, &accounts.lifetimes)?.session;
    work.act_as(user_id);
    audit::record(work, Event::LoginSucceeded, Some(user_id), Some(&session.id))?;
    let Account { user, roles } = user::get_account(work.connection(), &Which::Id(user_id.to_owned()))?;
    pair(work, accounts, &Identity::new(session, user, roles), device)
}

/// Issues an access token alone, for an operator: its session ends with it. Answers it with the account that it is for.
///
/// # Errors
/// As [`log_in`], and when the account can't log in.
pub async fn issue(
    accounts: &Accounts,
    source: &Source,
    which: Which,
    lifetime: chrono::Duration,
) -> Result<(User, String), Error> {
    let owned = accounts.clone();
    let issue = move |work: &mut Work<'_>| {
        let Account { user, roles } = user::get_account(work.connection(), &which)?;
        if user.disabled_at.is_some() {
            return Err(Error::Disabled(user.username));
        }
        if user.waits_for().is_some() {
            return Err(Error::Waiting(user.username));
        }
        let lifetimes = owned.lifetimes.with_token(lifetime);
        let session = session::begin(work, &user.id, Kind::Token, &lifetimes)?.session;
        audit::record(work, Event::TokenIssued, Some(&user.id), Some(&session.id))?;
        let identity = Identity::new(session, user, roles);
        let token = access::issue(work, &owned, &identity, lifetime)?;
        Ok((identity.user, token))
    };
    accounts.write(source, issue).await
}
