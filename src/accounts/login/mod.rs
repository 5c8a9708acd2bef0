//! Logging in with a password. The answer is an enum, and every door matches on it.

pub mod check;
pub mod confirm;
pub mod device;
mod entrance;
pub mod history;
pub mod metrics;
pub mod on_page;

use self::check::{Checked, Claim, Right, Unconfirmed};
use self::device::{DeviceKind, DeviceToken};
use self::metrics::Ended;
use super::Accounts;
use super::audit::{self, Event, Source};
use super::mail_queue::{self, Notice};
use super::password::{Full, Password};
use super::session::{self, Kind, Lifetimes, NewSession, SessionToken};
use super::throttle::Wait;
use super::user::WaitsFor;
use super::work::Work;
use crate::db;

/// What someone sent to log in.
#[derive(Debug)]
pub struct Attempt {
    /// A username or an email address, as it was typed.
    pub name: String,
    /// The password.
    pub password: Password,
    /// Whether the session should outlive the browser.
    pub remember: bool,
    /// The session that the browser had until now, if any; a login ends it.
    pub replaces: Option<SessionToken>,
    /// The cookie of a browser that someone has logged in with before, whoever it was.
    pub device: Option<DeviceToken>,
}

/// How a login ended.
#[derive(Debug)]
pub enum Outcome {
    /// A new session has begun.
    SignedIn(Box<SignedIn>),
    /// Not let in. Nobody outside learns why: a wrong password, an unknown name, a disabled account and one
    /// without a password cost the same work and get the same answer.
    Wrong,
    /// The password is right, but the account still waits, or is not made before its link is opened.
    Waiting(WaitsFor),
    /// Not looked at, because there were too many attempts.
    Throttled(Wait),
    /// Not looked at, because too many passwords wait already.
    Busy(Full),
}

/// What the browser gets.
#[derive(Debug)]
pub struct SignedIn {
    /// The session.
    pub session: NewSession,
    /// The token that makes the browser a known one.
    pub device: DeviceToken,
    /// Whether the account was about to be removed, and is kept because of this login.
    pub is_kept: bool,
}

/// Checks a name and a password, and begins a session when they are right.
///
/// # Errors
/// When the database does not answer.
pub async fn log_in(accounts: &Accounts, attempt: Attempt, source: &Source) -> db::Result<Outcome> {
    let outcome = check_and_begin(accounts, attempt, source).await;
    accounts.logins.count(outcome.as_ref().map_or(Ended::Failed, |outcome| match outcome {
        Outcome::SignedIn(_) => Ended::Succeeded,
        Outcome::Wrong => Ended::Wrong,
        Outcome::Waiting(_) => Ended::Waiting,
        Outcome::Throttled(_) => Ended::Throttled,
        Outcome::Busy(_) => Ended::Busy,
    }));
    outcome
}

async fn check_and_begin(accounts: &Accounts, attempt: Attempt, source: &Source) -> db::Result<Outcome> {
    let Attempt { name, password, remember, replaces, device } = attempt;
    match check::check(accounts, Claim::Named(name), password, device.clone(), source).await? {
        Checked::Wrong => Ok(Outcome::Wrong),
        Checked::Waiting(waits_for) => Ok(Outcome::Waiting(waits_for)),
        Checked::Throttled(wait) => Ok(Outcome::Throttled(wait)),
        Checked::Busy(full) => Ok(Outcome::Busy(full)),
        Checked::Right(right) => {
            let owned = accounts.clone();
            let sign_in = move |work: &mut Work<'_>| sign_in(work, &owned, &right, remember, replaces.as_ref(), device);
            accounts.write_for_anyone(source, sign_in).await
        }
    }
}

fn sign_in(
    work: &mut Work<'_>,
    accounts: &Accounts,
    right: &Right,
    remember: bool,
    replaces: Option<&SessionToken>,
    device: Option<DeviceToken>,
) -> db::Result<Outcome> {
    let user = match right.confirm(work)? {
        Ok(user) => user,
        Err(Unconfirmed::Changed) => return Ok(Outcome::Wrong),
        Err(Unconfirmed::Waiting(waits_for)) => return Ok(Outcome::Waiting(waits_for)),
    };
    let known = device.filter(|_| right.known_device());
    if known.is_none() {
        mail_queue::tell(work, &user, &Notice::NewDevice)?;
    }
    let signed_in = begin(work, &accounts.lifetimes, &user.id, remember, replaces, known)?;
    Ok(Outcome::SignedIn(Box::new(SignedIn { is_kept: user.deletes_at.is_some(), ..signed_in })))
}

/// Begins a session in a browser, and makes the browser a known one. The session that it had until now ends.
pub(super) fn begin(
    work: &mut Work<'_>,
    lifetimes: &Lifetimes,
    user_id: &str,
    remember: bool,
    replaces: Option<&SessionToken>,
    known: Option<DeviceToken>,
) -> db::Result<SignedIn> {
    if let Some(token) = replaces {
        session::replace(work, token)?;
    }
    // Whoever the browser belonged to before: from here on it is this user who acts.
    work.act_as(user_id);
    let session = session::begin(work, user_id, Kind::Browser { remembered: remember }, lifetimes)?;
    let device = device::keep(work, user_id, DeviceKind::Browser, known)?;
    audit::record(work, Event::LoginSucceeded, Some(user_id), Some(&session.session.id))?;
    Ok(SignedIn { session, device, is_kept: false })
}
