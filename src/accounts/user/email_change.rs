//! Changing one's own name and address. Whether an address is refused tells whether another account has it, so changes
//! of addresses are counted, per account and per network, and a refused one counts as well.

use crate::accounts::Accounts;
use crate::accounts::audit::Source;
use crate::accounts::audit::refusals::{self, Refusal};
use crate::accounts::names::EmailAddress;
use crate::accounts::throttle::{Network, Wait};
use crate::accounts::user::{self, Account, Edit, User, administration};

/// Why nothing was changed.
#[derive(Debug)]
pub enum Refused {
    /// Too many changes of the address, by this account or from this network.
    Throttled(Wait),
    /// The address is taken, the account is gone, or the database does not answer.
    User(user::Error),
}

impl<E: Into<user::Error>> From<E> for Refused {
    fn from(error: E) -> Refused {
        Refused::User(error.into())
    }
}

/// Changes what someone's own account says about them. What an admin changes is not counted: see `user::edit`.
///
/// # Errors
/// Why nothing was changed.
pub async fn edit_own(accounts: &Accounts, source: &Source, user: &User, edit: Edit) -> Result<Account, Refused> {
    if asks_for_another_address(user, &edit)
        && let Err(wait) = draw(accounts, source, user)
    {
        refusals::note(accounts, source.clone(), Refusal::EmailChangeThrottled, Some(user.id.clone()), None);
        return Err(Refused::Throttled(wait));
    }
    Ok(administration::edit_own(accounts, source, user.id.clone(), edit).await?)
}

/// One's own address in another spelling, or none, tells nothing about others.
fn asks_for_another_address(user: &User, edit: &Edit) -> bool {
    let Some(Some(wanted)) = &edit.email else { return false };
    let own = user.email.as_deref().and_then(|email| EmailAddress::parse(email).ok());
    own.is_none_or(|own| own.canonical() != wanted.canonical())
}

/// First from the account's: one that has none left takes nothing from its network.
fn draw(accounts: &Accounts, source: &Source, user: &User) -> Result<(), Wait> {
    accounts.email_changes.take(user.id.clone())?;
    source.address.map_or(Ok(()), |address| accounts.network_email_changes.take(Network::from(address)))
}
