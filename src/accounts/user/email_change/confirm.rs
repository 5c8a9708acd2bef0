//! Confirming a new address by the link that went to it. Whoever has the link need not be logged in: mail is often read
//! on another device.

use super::{LinkRefused, applied};
use crate::accounts::Accounts;
use crate::accounts::audit::{Refusal, Source, refusals};
use crate::accounts::names::EmailAddress;
use crate::accounts::one_time_link::{self, Bound, LinkToken, Purpose};
use crate::accounts::user::{self, User};
use crate::accounts::work::Work;
use crate::db::{self, DbConnection};

/// What a link would do.
#[derive(Debug)]
pub struct Proposed {
    /// Whose address it would be.
    pub user: User,
    /// The address that the link went to.
    pub email: EmailAddress,
}

/// Looks what a link would do. Opening it changes nothing.
///
/// # Errors
/// [`LinkRefused::WrongLink`], and when the database does not answer.
pub async fn proposed(
    accounts: &Accounts,
    token: Option<&LinkToken>,
    source: &Source,
) -> Result<Proposed, LinkRefused> {
    let Some(token) = token.cloned() else { return Err(LinkRefused::WrongLink) };
    let look = move |connection: &mut DbConnection| -> db::Result<Option<Proposed>> {
        match one_time_link::look(connection, Purpose::ConfirmEmail, &token)? {
            Some(bound) => bound_to(connection, &bound),
            None => Ok(None),
        }
    };
    accounts.look_up(look).await?.ok_or_else(|| {
        refusals::note(accounts, source.clone(), Refusal::LinkRefused, None, Some("for a new address".to_owned()));
        LinkRefused::WrongLink
    })
}

/// Gives the account of a link the address that it went to, and no other one. Of many who come at once with one link,
/// one succeeds.
///
/// # Errors
/// [`LinkRefused::WrongLink`]; [`user::Error::EmailTaken`] when another account has it by now; when the database does
/// not answer.
pub async fn confirm(accounts: &Accounts, token: Option<&LinkToken>, source: &Source) -> Result<User, LinkRefused> {
    proposed(accounts, token, source).await?;
    let token = token.cloned();
    let confirm = move |work: &mut Work<'_>| -> Result<User, LinkRefused> {
        let token = token.ok_or(LinkRefused::WrongLink)?;
        let bound = one_time_link::take(work, Purpose::ConfirmEmail, &token)?.ok_or(LinkRefused::WrongLink)?;
        let Proposed { user, email } = bound_to(work.connection(), &bound)?.ok_or(LinkRefused::WrongLink)?;
        work.act_as(&user.id);
        applied::set_confirmed(work, &user, &email)?;
        Ok(user)
    };
    accounts.write_for_anyone(source, confirm).await
}

/// The account and the address that a link is bound to, if the account may log in.
pub(super) fn bound_to(connection: &mut DbConnection, bound: &Bound) -> db::Result<Option<Proposed>> {
    let user = user::find(connection, &bound.subject)?.filter(|user| user.disabled_at.is_none());
    let email = bound.address.as_deref().and_then(|address| EmailAddress::parse(address).ok());
    Ok(user.zip(email).map(|(user, email)| Proposed { user, email }))
}
