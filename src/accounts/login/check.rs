//! The one function that looks at a password, for every door. It can't be called without the budget.

use crate::accounts::Accounts;
use crate::accounts::audit::{Refusal, Refusals, Source};
use crate::accounts::captcha;
use crate::accounts::login::device::DeviceToken;
use crate::accounts::login::entrance::{self, Found, NotLookedAt};
use crate::accounts::password::{Full, Password, Place, Verdict};
use crate::accounts::sign_up;
use crate::accounts::throttle::{self, Reservation, Subject, Wait};
use crate::accounts::user::{self, User, WaitsFor};
use crate::accounts::work::Work;
use crate::db;

pub use entrance::Claim;

/// What came of it.
#[derive(Debug)]
pub enum Checked {
    /// The password is right.
    Right(Box<Right>),
    /// It is not, or there is no such account, or the account may not log in. It is in the audit already.
    Wrong,
    /// It is that of a sign-up whose link was not opened yet, so there is no account to act on. A login is in the audit
    /// already; of whoever has the link, it is up to them to make the account.
    Waiting(WaitsFor),
    /// It was not looked at: too many attempts.
    Throttled(Wait),
    /// It was not looked at: too many passwords wait already.
    Busy(Full),
}

/// The right password. Worth nothing until it is confirmed inside the transaction that acts on it.
#[derive(Debug)]
pub struct Right {
    user: User,
    known_device: bool,
    fresh_hash: Option<String>,
    reservation: Reservation,
    /// Whether the attempt is given back.
    is_given_back: bool,
    /// For the new hash of someone who changes their password.
    place: Option<Place>,
    refusals: Refusals,
}

/// Reserves an attempt and checks a password.
///
/// # Errors
/// When the database does not answer.
pub async fn check(
    accounts: &Accounts,
    claim: Claim,
    password: Password,
    device: Option<DeviceToken>,
    source: &Source,
) -> db::Result<Checked> {
    let found = entrance::find_with_device(accounts, &claim, device.as_ref()).await?;
    let owner = found.as_ref().and_then(Found::owner);
    let place = match entrance::enter(accounts, &claim, owner, &password, source) {
        Ok(place) => place,
        Err(NotLookedAt::Throttled(wait)) => return Ok(Checked::Throttled(wait)),
        Err(NotLookedAt::Busy(full)) => return Ok(Checked::Busy(full)),
    };
    let is_signed_in = matches!(claim, Claim::SignedIn(_));
    let admission = {
        let owned = accounts.clone();
        accounts.write_for_anyone(source, move |work| admit(work, &owned, claim, found)).await?
    };
    let Admission { subject, user, pending, known_device, reserved } = admission;
    let reservation = match reserved {
        Ok(reservation) => reservation,
        Err(wait) => {
            entrance::note_throttled(accounts, subject.to_string(), user.map(|user| user.id), source);
            return Ok(Checked::Throttled(wait));
        }
    };
    let hash = match &user {
        Some(user) => user.password_hash.clone().filter(|_| user.disabled_at.is_none()),
        // In place of the hash that nobody's password has, so that it takes as long.
        None => pending,
    };
    let verdict = accounts.hasher.verify(&place, &reservation, password, hash).await;
    match (user, verdict) {
        (Some(user), Verdict::Right { fresh_hash }) => {
            let place = Some(place).filter(|_| is_signed_in);
            // Whoever logs in again and again spends attempts like someone who fails.
            let is_given_back = is_signed_in || accounts.right_logins.take(subject.to_string()).is_ok();
            let refusals = accounts.refusals.clone();
            let right = Right { user, known_device, fresh_hash, reservation, is_given_back, place, refusals };
            Ok(Checked::Right(Box::new(right)))
        }
        (None, Verdict::Right { .. }) => {
            drop(place);
            let is_by_link = matches!(subject, Subject::SignUp(_));
            let reservation = Some(reservation).filter(|_| accounts.right_logins.take(subject.to_string()).is_ok());
            let refusals = accounts.refusals.clone();
            let record = move |work: &mut Work<'_>| {
                reservation.map_or(Ok(()), |reservation| reservation.give_back(work))?;
                if is_by_link {
                    return Ok(());
                }
                refusals.record(work, Refusal::LoginWaiting, None, Some(WaitsFor::Link.as_str()))
            };
            accounts.write_for_anyone(source, record).await?;
            Ok(Checked::Waiting(WaitsFor::Link))
        }
        (user, Verdict::Wrong) => {
            drop(place);
            if matches!(subject, Subject::Account(_) | Subject::Nobody(_)) {
                captcha::count_failed_login(accounts, source.address);
            }
            let reason = reason(&user, &subject);
            let target = user.map(|user| user.id);
            let refusals = accounts.refusals.clone();
            let record = move |work: &mut Work<'_>| {
                refusals.record(work, Refusal::LoginFailed, target.as_deref(), Some(&reason))
            };
            accounts.write_for_anyone(source, record).await?;
            Ok(Checked::Wrong)
        }
    }
}

/// Why nobody gets in with the right password. It is in the audit already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::accounts) enum Unconfirmed {
    /// The account was disabled, deleted or given another password while bcrypt ran.
    Changed,
    /// The account still waits. Its owner may be told.
    Waiting(WaitsFor),
}

impl Right {
    /// Inside the transaction that acts on it: gives the attempt back, replaces an outdated hash, and keeps an account that
    /// was about to be removed.
    pub(in crate::accounts) fn confirm(&self, work: &mut Work<'_>) -> db::Result<Result<User, Unconfirmed>> {
        let now = user::find(work.connection(), &self.user.id)?;
        let unchanged = |now: &User| now.disabled_at.is_none() && now.password_set_at == self.user.password_set_at;
        let Some(user) = now.filter(unchanged) else {
            let reason = "the account changed in between";
            self.refusals.record(work, Refusal::LoginFailed, Some(&self.user.id), Some(reason))?;
            return Ok(Err(Unconfirmed::Changed));
        };
        if self.is_given_back {
            self.reservation.give_back(work)?;
        }
        if let Some(waits_for) = user.waits_for() {
            self.refusals.record(work, Refusal::LoginWaiting, Some(&user.id), Some(waits_for.as_str()))?;
            return Ok(Err(Unconfirmed::Waiting(waits_for)));
        }
        user::cancel_deletion(work, &user)?;
        if let Some(hash) = &self.fresh_hash {
            user::replace_outdated_hash(work, &user, hash)?;
        }
        Ok(Ok(user))
    }

    /// Takes the place for a new hash, which someone has who was signed in.
    pub(in crate::accounts) fn take_place(&mut self) -> Option<Place> {
        self.place.take()
    }

    /// Whether the browser has logged in as this user before.
    pub(in crate::accounts) fn known_device(&self) -> bool {
        self.known_device
    }
}

/// What was reserved, and for whom, in one transaction.
struct Admission {
    subject: Subject,
    user: Option<User>,
    /// The hash of a sign-up that waits for its link, which counts where there is no account of the name.
    pending: Option<String>,
    known_device: bool,
    reserved: Result<Reservation, Wait>,
}

fn admit(work: &mut Work<'_>, accounts: &Accounts, claim: Claim, found: Option<Found>) -> db::Result<Admission> {
    let name = match claim {
        Claim::Named(name) => name,
        Claim::SignedIn(user) => {
            let subject = Subject::SignedIn(user.id.clone());
            let reserved = throttle::reserve(work, &subject, &accounts.limits)?;
            return Ok(Admission { subject, user: Some(user), pending: None, known_device: false, reserved });
        }
        Claim::SignUp { id, password_hash } => {
            let subject = Subject::SignUp(id);
            accounts.room.keep(work, &accounts.limits)?;
            let reserved = throttle::reserve(work, &subject, &accounts.limits)?;
            return Ok(Admission { subject, user: None, pending: Some(password_hash), known_device: false, reserved });
        }
    };
    // What was found before is not asked again: of an account that changes in between, no right password is confirmed.
    // Who shows no device is looked up here and not before, so that a full queue costs no query.
    let found = found.map_or_else(|| entrance::find(work.connection(), &name, None), Ok)?;
    let subject = found.subject(accounts, &name);
    let Found { user, device } = found;
    let known_device = device.is_some();
    accounts.room.keep(work, &accounts.limits)?;
    let reserved = throttle::reserve(work, &subject, &accounts.limits)?;
    // Asked whether or not there is an account, so that it costs as much.
    let pending = if accounts.sends_mail() { sign_up::hash_of(work.connection(), &name)? } else { None };
    Ok(Admission { subject, user, pending, known_device, reserved })
}

/// Why, for the audit alone.
fn reason(user: &Option<User>, subject: &Subject) -> String {
    match user {
        None if matches!(subject, Subject::SignUp(_)) => "wrong password of a sign-up".to_owned(),
        None => format!("unknown name, {subject}"),
        Some(user) if user.disabled_at.is_some() => "disabled account".to_owned(),
        Some(user) if !user.has_password() => "account without a password".to_owned(),
        Some(_) => "wrong password".to_owned(),
    }
}
