//! Who signs up with an invitation, and who without.

use super::hashed::Hashed;
use super::refused::Refused;
use super::wanted::SignUp;
use crate::accounts::Accounts;
use crate::accounts::audit::Source;
use crate::accounts::invitation::{self, Invitation};
use crate::accounts::one_time_link::LinkToken;
use crate::accounts::user::role::RoleName;
use crate::accounts::user::{self, Account, WaitsFor, approval};
use crate::accounts::work::Work;

/// The invitation that someone has, if it works and is for them; none when they need none.
pub(super) async fn invited(
    accounts: &Accounts,
    wanted: &SignUp,
    token: Option<&LinkToken>,
    source: &Source,
) -> Result<Option<Invitation>, Refused> {
    let Some(token) = token else {
        return match accounts.sign_up.is_open() {
            true => Ok(None),
            false if accounts.sign_up.is_by_invitation() => Err(Refused::NotInvited),
            false => Err(Refused::Closed),
        };
    };
    let invitation = invitation::check(accounts, Some(token), source).await?.ok_or(Refused::Invitation)?;
    match &invitation.email {
        Some(only) if !invitation.is_for(wanted.email.as_ref()) => Err(Refused::InvitedAddress(only.clone())),
        _ => Ok(Some(invitation)),
    }
}

/// Whoever has an invitation waits for nobody: an admin has said yes to them already.
pub(super) fn create_invited(
    work: &mut Work<'_>,
    new: Hashed,
    invitation: &Invitation,
) -> Result<Account, user::Error> {
    let roles = invitation.roles().into_iter().filter_map(|role| RoleName::parse(role).ok()).collect();
    let account = new.create(work, roles)?;
    invitation::note_use(work, invitation, &account.user.id)?;
    Ok(account)
}

pub(super) fn create_uninvited(
    work: &mut Work<'_>,
    new: Hashed,
    waits_for: Option<WaitsFor>,
) -> Result<Account, user::Error> {
    let account = new.create(work, Vec::new())?;
    match waits_for {
        Some(waits_for) => approval::let_wait(work, &account, waits_for),
        None => Ok(account),
    }
}
