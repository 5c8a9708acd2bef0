//! What an attempt passes before it is reserved: the bucket of its network, or of whoever is signed in, and the gate
//! before the hashing threads. Nothing is written here.

use super::device::{self, DeviceToken};
use crate::accounts::Accounts;
use crate::accounts::audit::{Refusal, Source, refusals};
use crate::accounts::password::{Full, Password, Place, Who};
use crate::accounts::throttle::{Network, Wait};
use crate::accounts::user::{self, User};
use crate::db::{self, DbConnection};

/// Whose password it is said to be.
#[derive(Debug, Clone)]
pub enum Claim {
    /// Someone who typed this name, at a login.
    Named(String),
    /// Someone who is signed in as this user, and confirms it.
    SignedIn(User),
}

/// Why a password is not looked at.
pub(super) enum NotLookedAt {
    /// Too many attempts.
    Throttled(Wait),
    /// Too many passwords wait already.
    Busy(Full),
}

/// A place for the password, or why it is not looked at.
pub(super) async fn enter(
    accounts: &Accounts,
    claim: &Claim,
    password: &Password,
    device: Option<&DeviceToken>,
    source: &Source,
) -> db::Result<Result<Place, NotLookedAt>> {
    let network = source.address.map(Network::from);
    match claim {
        Claim::SignedIn(user) => {
            if let Err(wait) = accounts.confirmations.take(user.id.as_str()) {
                note_throttled(accounts, "signed in".to_owned(), Some(user.id.clone()), source);
                return Ok(Err(NotLookedAt::Throttled(wait)));
            }
            let place = accounts.hasher.enter(Who::Known(user.id.clone(), network), password, 1);
            Ok(place.map_err(NotLookedAt::Busy))
        }
        Claim::Named(name) => {
            let owner = owner_of(accounts, name, device).await?;
            let drawn = match draw(accounts, network, owner.as_deref()) {
                Ok(drawn) => drawn,
                Err(wait) => {
                    // A network without attempts gets no further, and no row of its own.
                    let network = source.address_text().unwrap_or_default();
                    note_throttled(accounts, format!("network:{network}"), None, source);
                    return Ok(Err(NotLookedAt::Throttled(wait)));
                }
            };
            let who = match owner {
                Some(owner) => Who::Known(owner, network),
                None => Who::Stranger(network),
            };
            Ok(accounts.hasher.enter(who, password, 0).map_err(|full| {
                drawn.give_back(accounts);
                NotLookedAt::Busy(full)
            }))
        }
    }
}

/// The id of the account that a name is of, for whoever shows a known device of it. Nothing is asked for others.
async fn owner_of(accounts: &Accounts, name: &str, device: Option<&DeviceToken>) -> db::Result<Option<String>> {
    let (Some(device), name) = (device.cloned(), name.to_owned()) else { return Ok(None) };
    let find_owner = move |connection: &mut DbConnection| -> db::Result<Option<String>> {
        let id = user::find_by_login(connection, &name)?.map(|user| user.id).unwrap_or_default();
        Ok(device::find(connection, &device, &id)?.map(|_| id))
    };
    accounts.look_up(find_owner).await
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

/// Notes an attempt that was not looked at.
pub(super) fn note_throttled(accounts: &Accounts, subject: String, target: Option<String>, source: &Source) {
    refusals::note(accounts, source.clone(), Refusal::LoginThrottled, target, Some(subject));
}
