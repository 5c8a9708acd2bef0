//! The one function that looks at a password, for every door. It can't be called without the budget.

use crate::accounts::Accounts;
use crate::accounts::audit::{Refusal, Refusals, Source, refusals};
use crate::accounts::login::device::{self, DeviceToken};
use crate::accounts::password::{Full, Password, Place, Verdict, Who};
use crate::accounts::throttle::{self, Network, Reservation, Subject, Wait};
use crate::accounts::user::{self, User};
use crate::accounts::work::Work;
use crate::db::{self, DbConnection};

/// Whose password it is said to be.
#[derive(Debug, Clone)]
pub enum Claim {
    /// Someone who typed this name, at a login.
    Named(String),
    /// Someone who is signed in as this user, and confirms it.
    SignedIn(User),
}

/// What came of it.
#[derive(Debug)]
pub enum Checked {
    /// The password is right.
    Right(Box<Right>),
    /// It is not, or there is no such account, or the account may not log in. It is in the audit already.
    Wrong,
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
    place: Place,
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
    let owner = match &claim {
        Claim::SignedIn(user) => Some(user.id.clone()),
        Claim::Named(name) => {
            let owner = owner_of(accounts, name, device.as_ref()).await?;
            // A network without attempts gets no further, and no row of its own.
            if let Err(wait) = draw_from_network(accounts, source, owner.as_ref()) {
                let network = source.address_text().unwrap_or_default();
                note_throttled(accounts, format!("network:{network}"), None, source);
                return Ok(Checked::Throttled(wait));
            }
            owner
        }
    };
    let who = owner.map_or_else(|| Who::Stranger(source.address.map(Network::from)), Who::Known);
    let place = match accounts.hasher.enter(who) {
        Ok(place) => place,
        Err(full) => return Ok(Checked::Busy(full)),
    };
    let admission = {
        let owned = accounts.clone();
        accounts.write_for_anyone(source, move |work| admit(work, &owned, claim, device.as_ref())).await?
    };
    let Admission { subject, user, known_device, reserved } = admission;
    let reservation = match reserved {
        Ok(reservation) => reservation,
        Err(wait) => {
            note_throttled(accounts, subject.to_string(), user.map(|user| user.id), source);
            return Ok(Checked::Throttled(wait));
        }
    };
    let hash = user.as_ref().filter(|user| user.disabled_at.is_none()).and_then(|user| user.password_hash.clone());
    let verdict = accounts.hasher.verify(&place, &reservation, password.clone(), hash).await;
    match (user, verdict) {
        (Some(user), Verdict::Right { outdated }) => {
            // Past the last one the next attempt waits.
            let _ = accounts.right_logins.take(user.id.as_str());
            let fresh_hash = if outdated { Some(accounts.hasher.hash(&place, password).await) } else { None };
            let refusals = accounts.refusals.clone();
            Ok(Checked::Right(Box::new(Right { user, known_device, fresh_hash, reservation, place, refusals })))
        }
        (user, _) => {
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

impl Right {
    /// Inside the transaction that acts on it: gives the attempt back and replaces an outdated hash. None when the
    /// account was disabled, deleted or given another password while bcrypt ran; that is in the audit then.
    pub(in crate::accounts) fn confirm(&self, work: &mut Work<'_>) -> db::Result<Option<User>> {
        let now = user::find(work.connection(), &self.user.id)?;
        let unchanged = |now: &User| now.disabled_at.is_none() && now.password_set_at == self.user.password_set_at;
        let Some(user) = now.filter(unchanged) else {
            let reason = "the account changed meanwhile";
            self.refusals.record(work, Refusal::LoginFailed, Some(&self.user.id), Some(reason))?;
            return Ok(None);
        };
        self.reservation.give_back(work)?;
        if let Some(hash) = &self.fresh_hash {
            user::replace_outdated_hash(work, &user, hash)?;
        }
        Ok(Some(user))
    }

    /// The place before the hashing threads, which it still has.
    pub(in crate::accounts) fn place(&self) -> &Place {
        &self.place
    }

    /// Whether the browser has logged in as this user before.
    pub(in crate::accounts) fn known_device(&self) -> bool {
        self.known_device
    }
}

/// What was found and reserved, in one transaction.
struct Admission {
    subject: Subject,
    user: Option<User>,
    known_device: bool,
    reserved: Result<Reservation, Wait>,
}

fn admit(
    work: &mut Work<'_>,
    accounts: &Accounts,
    claim: Claim,
    device: Option<&DeviceToken>,
) -> db::Result<Admission> {
    let name = match claim {
        Claim::Named(name) => name,
        Claim::SignedIn(user) => {
            let subject = Subject::SignedIn(user.id.clone());
            let reserved = throttle::reserve(work, &subject, &accounts.limits)?;
            return Ok(Admission { subject, user: Some(user), known_device: false, reserved });
        }
    };
    let user = user::find_by_login(work.connection(), &name)?;
    // Asked for unknown names too, so that they cost as many queries.
    let known = match device {
        Some(token) => device::find(work.connection(), token, user.as_ref().map_or("", |user| &user.id))?,
        None => None,
    };
    let known_device = known.is_some();
    let subject = match (known, &user) {
        (Some(device), _) => Subject::Device(device),
        (None, Some(user)) => Subject::Account(user.id.clone()),
        (None, None) => Subject::Nobody(accounts.name_digest(&name)),
    };
    accounts.room.keep(work, &accounts.limits)?;
    let reserved = match user.as_ref().map_or(Ok(()), |user| accounts.right_logins.look(&user.id)) {
        Ok(()) => throttle::reserve(work, &subject, &accounts.limits)?,
        Err(wait) => Err(wait),
    };
    Ok(Admission { subject, user, known_device, reserved })
}

/// The id of the account that a name is of, for whoever shows a known device of it. Nothing is asked for others.
async fn owner_of(accounts: &Accounts, name: &str, device: Option<&DeviceToken>) -> db::Result<Option<String>> {
    let (Some(device), name) = (device.cloned(), name.to_owned()) else { return Ok(None) };
    let find_owner = move |connection: &mut DbConnection| -> db::Result<Option<String>> {
        let id = user::find_by_login(connection, &name)?.map(|user| user.id).unwrap_or_default();
        Ok(device::find(connection, &device, &id)?.map(|_| id))
    };
    accounts.read(find_owner).await
}

/// Takes from the bucket of the network. A known device need not, a few times: others in its network can't keep it out
/// then, and it can't make the server compute hashes without end.
fn draw_from_network(accounts: &Accounts, source: &Source, owner: Option<&String>) -> Result<(), Wait> {
    if owner.is_some_and(|owner| accounts.known_logins.take(owner.as_str()).is_ok()) {
        return Ok(());
    }
    source.address.map_or(Ok(()), |address| accounts.networks.take(address))
}

fn note_throttled(accounts: &Accounts, subject: String, target: Option<String>, source: &Source) {
    refusals::note(accounts, source.clone(), Refusal::LoginThrottled, target, Some(subject));
}

/// Why, for the audit alone.
fn reason(user: &Option<User>, subject: &Subject) -> String {
    match user {
        None => format!("unknown name, {subject}"),
        Some(user) if user.disabled_at.is_some() => "disabled account".to_owned(),
        Some(user) if !user.has_password() => "account without a password".to_owned(),
        Some(_) => "wrong password".to_owned(),
    }
}
