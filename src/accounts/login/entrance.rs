//! What an attempt passes before it is reserved: the bucket of its network, or of whoever is signed in, and the gate
//! before the hashing threads. Nothing is written here.

use super::device::{self, DeviceToken};
use crate::accounts::Accounts;
use crate::accounts::audit::{Refusal, Source, refusals};
use crate::accounts::password::{Full, Password, Place, Who};
use crate::accounts::throttle::{Network, Subject, Wait};
use crate::accounts::user::{self, User};
use crate::db::{self, DbConnection};

/// Whose password it is said to be. No `Debug`: it may hold a hash.
#[derive(Clone)]
pub enum Claim {
    /// Someone who typed this name, at a login.
    Named(String),
    /// Someone who is signed in as this user, and confirms it.
    SignedIn(User),
    /// Someone who has the link of a sign-up that waits.
    SignUp {
        /// The id of the sign-up.
        id: String,
        /// The hash of the password that was chosen at it.
        password_hash: String,
    },
}

/// Why a password is not looked at.
pub(super) enum NotLookedAt {
    /// Too many attempts.
    Throttled(Wait),
    /// Too many passwords wait already.
    Busy(Full),
}

/// A place for the password, or why it is not looked at. The owner is whose known device was shown.
pub(super) fn enter(
    accounts: &Accounts,
    claim: &Claim,
    owner: Option<&str>,
    password: &Password,
    source: &Source,
) -> Result<Place, NotLookedAt> {
    let network = source.address.map(Network::from);
    match claim {
        Claim::SignedIn(user) => {
            if let Err(wait) = accounts.confirmations.take(user.id.as_str()) {
                note_throttled(accounts, "signed in".to_owned(), Some(user.id.clone()), source);
                return Err(NotLookedAt::Throttled(wait));
            }
            let place = accounts.hasher.enter(Who::Known(user.id.clone(), network), password, 1);
            place.map_err(NotLookedAt::Busy)
        }
        Claim::Named(_) | Claim::SignUp { .. } => {
            let drawn = match draw(accounts, network, owner) {
                Ok(drawn) => drawn,
                Err(wait) => {
                    note_throttled_network(accounts, source);
                    return Err(NotLookedAt::Throttled(wait));
                }
            };
            let who = match owner {
                Some(owner) => Who::Known(owner.to_owned(), network),
                None => Who::Stranger(network),
            };
            accounts.hasher.enter(who, password, 0).map_err(|full| {
                drawn.give_back(accounts);
                NotLookedAt::Busy(full)
            })
        }
    }
}

/// What a name leads to.
pub(super) struct Found {
    /// The account that has it.
    pub(super) user: Option<User>,
    /// The id of the device that was shown, if the account knows it.
    pub(super) device: Option<String>,
}

impl Found {
    /// The id of the account, for whoever shows a known device of it.
    pub(super) fn owner(&self) -> Option<&str> {
        let user = self.user.as_ref().filter(|_| self.device.is_some())?;
        Some(&user.id)
    }

    /// Whose budget an attempt by this name draws from.
    pub(super) fn subject(&self, accounts: &Accounts, name: &str) -> Subject {
        match (&self.device, &self.user) {
            (Some(device), _) => Subject::Device(device.clone()),
            (None, Some(user)) => Subject::Account(user.id.clone()),
            (None, None) => Subject::Nobody(accounts.name_digest(name)),
        }
    }
}

/// Looks for the account of a name, and for the device that was shown with it.
pub(super) fn find(connection: &mut DbConnection, name: &str, device: Option<&DeviceToken>) -> db::Result<Found> {
    let user = user::find_by_login(connection, name)?;
    // Asked for unknown names too, so that they cost as many queries.
    let user_id = user.as_ref().map_or("", |user| &user.id);
    let device = device.map(|token| device::find(connection, token, user_id)).transpose()?.flatten();
    Ok(Found { user, device })
}

/// Before anything is written, for whoever shows a device: a known one has places of its own.
pub(super) async fn find_with_device(
    accounts: &Accounts,
    claim: &Claim,
    device: Option<&DeviceToken>,
) -> db::Result<Option<Found>> {
    match (claim, device) {
        (Claim::Named(name), Some(device)) => {
            let (name, device) = (name.clone(), device.clone());
            accounts.look_up(move |connection| find(connection, &name, Some(&device))).await.map(Some)
        }
        (Claim::Named(_), None) | (Claim::SignedIn(_) | Claim::SignUp { .. }, _) => Ok(None),
    }
}

/// What an attempt has drawn from.
enum Drawn {
    Nothing,
    Network(Network),
    KnownDevices(String),
}

impl Drawn {
    /// For an attempt that was not looked at after all.
    fn give_back(self, accounts: &Accounts) {
        match self {
            Drawn::Nothing => {}
            Drawn::Network(network) => accounts.networks.give_back(&network),
            Drawn::KnownDevices(owner) => accounts.known_logins.give_back(&owner),
        }
    }
}

/// Draws from the bucket of the network. A known device need not, a few times: others in its network can't keep it out
/// then, and it can't make the server compute hashes without end.
fn draw(accounts: &Accounts, network: Option<Network>, owner: Option<&str>) -> Result<Drawn, Wait> {
    if let Some(owner) = owner
        && accounts.known_logins.take(owner).is_ok()
    {
        return Ok(Drawn::KnownDevices(owner.to_owned()));
    }
    match network {
        Some(network) => accounts.networks.take(network).map(|()| Drawn::Network(network)),
        None => Ok(Drawn::Nothing),
    }
}

/// Notes that a network has no logins left. It gets no further, whatever the name.
pub(super) fn note_throttled_network(accounts: &Accounts, source: &Source) {
    let network = source.address_text().unwrap_or_default();
    note_throttled(accounts, format!("network:{network}"), None, source);
}

/// Notes an attempt that was not looked at.
pub(super) fn note_throttled(accounts: &Accounts, subject: String, target: Option<String>, source: &Source) {
    refusals::note(accounts, source.clone(), Refusal::LoginThrottled, target, Some(subject));
}
