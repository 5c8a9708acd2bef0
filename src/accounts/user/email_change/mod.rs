//! Changing one's own name and address.
//!
//! When mail is sent, a new address counts only once its owner has opened a link that went to it, and so does one that was
//! given without mail; the former one gets a link that undoes the change for a week. Nobody learns whether another account has the address: its owner is
//! told by mail. Without mail the answer tells it, so changes of addresses are counted in any case, per account and per
//! network, and a refused one counts as well.

mod applied;
mod asked;
mod confirm;
mod undo;

use crate::accounts::Accounts;
use crate::accounts::audit::Source;
use crate::accounts::audit::refusals::{self, Refusal};
use crate::accounts::names::EmailAddress;
use crate::accounts::session::Identity;
use crate::accounts::throttle::{Network, Wait};
use crate::accounts::user::{self, Account, Edit, User, Which, administration};
use crate::accounts::work::Work;

pub(super) use applied::set;
pub use asked::{Asked, cancel, pending};
pub use confirm::{Proposed, confirm, proposed};
pub use undo::{Undoable, undo, undoable};

/// What became of a change of one's own account.
#[derive(Debug)]
pub struct Edited {
    /// The account as it is now.
    pub account: Account,
    /// Whether an address was asked for that has to be confirmed by the link first that went to it.
    pub is_asked: bool,
}

/// Why nothing was changed.
#[derive(Debug)]
pub enum Refused {
    /// Too many changes of the address, by this account or from this network.
    Throttled(Wait),
    /// Whoever asks for another address has to have shown the password of late.
    Unproven,
    /// The address is taken, the account is gone, or the database does not answer.
    User(user::Error),
}

impl<E: Into<user::Error>> From<E> for Refused {
    fn from(error: E) -> Refused {
        Refused::User(error.into())
    }
}

/// Why the link of a letter does nothing.
#[derive(Debug, thiserror::Error)]
pub enum LinkRefused {
    /// It was used, is too old, was replaced, or never was one. Nobody learns which.
    #[error("the link does not work")]
    WrongLink,
    /// Another account has the address by now, or the database does not answer.
    #[error(transparent)]
    User(#[from] user::Error),
}

impl From<crate::db::Error> for LinkRefused {
    fn from(error: crate::db::Error) -> LinkRefused {
        LinkRefused::User(error.into())
    }
}

/// Changes what someone's own account says about them. What an admin changes is not counted, and needs no link: see
/// `user::edit`.
///
/// # Errors
/// Why nothing was changed.
pub async fn edit_own(
    accounts: &Accounts,
    source: &Source,
    identity: &Identity,
    edit: Edit,
) -> Result<Edited, Refused> {
    let user = &identity.user;
    let by_mail = accounts.outbox.is_open();
    if by_mail && goes_elsewhere(user, &edit) && !identity.session.is_recent() {
        return Err(Refused::Unproven);
    }
    if asks_for_another_address(user, &edit, by_mail)
        && let Err(wait) = draw(accounts, source, user)
    {
        refusals::note(accounts, source.clone(), Refusal::EmailChangeThrottled, Some(user.id.clone()), None);
        return Err(Refused::Throttled(wait));
    }
    let which = Which::Id(user.id.clone());
    let change = move |work: &mut Work<'_>| {
        let (mut edit, mut is_asked) = (edit, false);
        let changed = administration::change_in(work, &which, |work, before| {
            let is_new = by_mail && goes_elsewhere(&before.user, &edit);
            let wanted = if is_new { edit.email.take_if(|email| email.is_some()).flatten() } else { None };
            administration::edit_in(work, before, &edit)?;
            if let Some(address) = wanted {
                is_asked = true;
                asked::ask(work, &before.user, &address)?;
            }
            Ok(())
        })?;
        Ok::<_, user::Error>(Edited { account: changed.now, is_asked })
    };
    Ok(accounts.write(source, change).await?)
}

/// Sends the link that confirms the address which someone's own account has already. It takes no proof, since the account
/// stays as it is. Answers whether it was sent: not without mail, nor when there is nothing to confirm.
///
/// # Errors
/// Why nothing was sent.
pub async fn confirm_own(accounts: &Accounts, source: &Source, identity: &Identity) -> Result<bool, Refused> {
    let user = &identity.user;
    if !accounts.outbox.is_open() || !user.has_unconfirmed_email() {
        return Ok(false);
    }
    if let Err(wait) = draw(accounts, source, user) {
        refusals::note(accounts, source.clone(), Refusal::EmailChangeThrottled, Some(user.id.clone()), None);
        return Err(Refused::Throttled(wait));
    }
    let which = Which::Id(user.id.clone());
    let send = move |work: &mut Work<'_>| -> Result<bool, user::Error> {
        let user = user::get(work.connection(), &which)?;
        let unconfirmed = applied::of(&user).filter(|_| user.has_unconfirmed_email());
        let Some(address) = unconfirmed else { return Ok(false) };
        asked::ask(work, &user, &address)?;
        Ok(true)
    };
    Ok(accounts.write(source, send).await?)
}

/// Whether mail would go elsewhere than now. Another spelling of the domain is the same place.
fn goes_elsewhere(user: &User, edit: &Edit) -> bool {
    let Some(wanted) = &edit.email else { return false };
    applied::of(user).map(|own| own.for_mail()) != wanted.as_ref().map(EmailAddress::for_mail)
}

/// One's own address in another spelling, or none, tells nothing about others. But each spelling that needs a link gets
/// a letter.
fn asks_for_another_address(user: &User, edit: &Edit, by_mail: bool) -> bool {
    let Some(Some(wanted)) = &edit.email else { return false };
    if by_mail {
        return goes_elsewhere(user, edit);
    }
    applied::of(user).is_none_or(|own| own.canonical() != wanted.canonical())
}

/// First from the account's: one that has none left takes nothing from its network.
fn draw(accounts: &Accounts, source: &Source, user: &User) -> Result<(), Wait> {
    accounts.email_changes.take(user.id.clone())?;
    source.address.map_or(Ok(()), |address| accounts.network_email_changes.take(Network::from(address)))
}
