//! Making the account of a sign-up, by the link that went to its address and the password that was chosen at it.
//!
//! Anyone can sign up with somebody's address, before or after its owner does. The link alone would have the owner vouch for
//! whichever password came with it; so it takes the one of this very sign-up. Whoever has both is logged in, in whichever
//! browser: mail is often read on another device.

use super::hashed::Hashed;
use super::invited::{create_invited, create_uninvited};
use super::pending::{self, Pending};
use super::refused::Refused;
use crate::accounts::Accounts;
use crate::accounts::audit::{self, Event, Refusal, Source, refusals};
use crate::accounts::invitation;
use crate::accounts::login::check::{Checked, Claim, check};
use crate::accounts::login::{self, SignedIn};
use crate::accounts::names::{EmailAddress, Username};
use crate::accounts::one_time_link::{self, LinkToken, Purpose};
use crate::accounts::password::Password;
use crate::accounts::session::SessionToken;
use crate::accounts::throttle::Network;
use crate::accounts::user::{self, Account, WaitsFor};
use crate::accounts::work::Work;
use crate::db::DbConnection;

/// What a link would do.
#[derive(Debug, Clone)]
pub struct Proposed {
    /// The username that was chosen.
    pub username: String,
    /// Whether somebody else has that by now, so that another one has to be chosen.
    pub is_taken: bool,
    /// The address that the link went to.
    pub email: String,
}

/// What someone sends by the page of a link.
#[derive(Debug)]
pub struct Confirmation {
    /// The token of the link.
    pub token: Option<LinkToken>,
    /// What they typed as the password that was chosen at the sign-up.
    pub password: Password,
    /// Another username than was chosen, if any.
    pub other: Option<Username>,
    /// The session that the browser had until now, if any; it ends, whoever it belonged to.
    pub replaces: Option<SessionToken>,
}

/// How it ended, when there is an account.
#[derive(Debug)]
pub enum Confirmed {
    /// Its owner is logged in.
    SignedIn(Box<SignedIn>),
    /// It waits.
    Waiting(WaitsFor),
}

/// Why a link makes no account.
#[derive(Debug, thiserror::Error)]
pub enum LinkRefused {
    /// It was used, is too old, or never was one. Nobody learns which.
    #[error("the link does not work")]
    WrongLink,
    /// The password is not the one that was chosen at this sign-up.
    #[error("the password is another one than was chosen at this sign-up")]
    WrongPassword,
    /// What keeps anyone from signing up, or from trying a password; or somebody has the name or the address by now.
    #[error(transparent)]
    Refused(Refused),
}

impl<E: Into<Refused>> From<E> for LinkRefused {
    fn from(error: E) -> LinkRefused {
        LinkRefused::Refused(error.into())
    }
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
    find(accounts, token, source).await.map(|(_, proposed)| proposed)
}

/// The sign-up of a link, and what would come of it.
async fn find(
    accounts: &Accounts,
    token: Option<&LinkToken>,
    source: &Source,
) -> Result<(Pending, Proposed), LinkRefused> {
    let Some(token) = token.cloned() else { return Err(LinkRefused::WrongLink) };
    let look = move |connection: &mut DbConnection| -> Result<Option<(Pending, Proposed)>, user::Error> {
        let Some(bound) = one_time_link::look(connection, Purpose::SignUp, &token)? else { return Ok(None) };
        let Some(pending) = pending::find(connection, &bound.subject)? else { return Ok(None) };
        let is_taken = match Username::parse(&pending.username) {
            Ok(username) => match user::refuse_taken(connection, &username, None) {
                Err(user::Error::UsernameTaken) => true,
                other => other.map(|()| false)?,
            },
            Err(_) => true,
        };
        let proposed = Proposed { username: pending.username.clone(), is_taken, email: pending.email.clone() };
        Ok(Some((pending, proposed)))
    };
    accounts.look_up(look).await?.ok_or_else(|| {
        refusals::note(accounts, source.clone(), Refusal::LinkRefused, None, Some("for a sign-up".to_owned()));
        LinkRefused::WrongLink
    })
}

/// Makes the account, with another username than was chosen at first if one is given, and logs its owner in unless it waits.
/// Its address is confirmed by this. Of many who come at once with one link, one succeeds.
///
/// # Errors
/// Why there is no account; unless it is [`LinkRefused::WrongLink`], the link still works.
pub async fn confirm(
    accounts: &Accounts,
    confirmation: Confirmation,
    source: &Source,
) -> Result<Confirmed, LinkRefused> {
    let Confirmation { token, password, other, replaces } = confirmation;
    let (pending, _) = find(accounts, token.as_ref(), source).await?;
    if other.as_ref().is_some_and(Username::is_reserved) {
        return Err(Refused::ReservedUsername.into());
    }
    let claim = Claim::SignUp { id: pending.id, password_hash: pending.password_hash };
    match check(accounts, claim, password, None, source).await? {
        // There is no account yet that anyone could be let in to.
        Checked::Waiting(_) => {}
        Checked::Wrong | Checked::Right(_) => return Err(LinkRefused::WrongPassword),
        Checked::Throttled(wait) => return Err(Refused::Throttled(wait).into()),
        Checked::Busy(full) => return Err(Refused::Busy(full).into()),
    }
    // Whoever chooses another name learns of each whether somebody has it, as at the sign-up.
    let network = source.address.map(Network::from);
    if let Some(Err(wait)) = network.map(|network| accounts.taken_names.take(network)) {
        refusals::note(accounts, source.clone(), Refusal::SignUpThrottled, None, None);
        return Err(Refused::Throttled(wait).into());
    }
    let owned = accounts.clone();
    let make = move |work: &mut Work<'_>| {
        let token = token.ok_or(LinkRefused::WrongLink)?;
        let account = make(work, &owned, &token, other)?;
        if let Some(waits_for) = account.user.waits_for() {
            return Ok(Confirmed::Waiting(waits_for));
        }
        let signed_in = login::begin(work, &owned.lifetimes, &account.user.id, false, replaces.as_ref(), None)?;
        Ok(Confirmed::SignedIn(Box::new(signed_in)))
    };
    let made = accounts.write_for_anyone(source, make).await;
    let is_told = matches!(made, Err(LinkRefused::Refused(Refused::User(user::Error::UsernameTaken))));
    if let Some(network) = network.filter(|_| !is_told) {
        accounts.taken_names.give_back(&network);
    }
    made
}

fn make(
    work: &mut Work<'_>,
    accounts: &Accounts,
    token: &LinkToken,
    other: Option<Username>,
) -> Result<Account, LinkRefused> {
    let bound = one_time_link::take(work, Purpose::SignUp, token)?.ok_or(LinkRefused::WrongLink)?;
    let pending = pending::find(work.connection(), &bound.subject)?.ok_or(LinkRefused::WrongLink)?;
    pending::remove(work, &pending.id)?;
    let email = EmailAddress::parse(&pending.email).map_err(|_| LinkRefused::WrongLink)?;
    let username = other.or_else(|| Username::parse(&pending.username).ok()).ok_or(Refused::NoName)?;
    let invited = pending.invitation.clone();
    user::let_go(work, &email, "")?;
    let new = Hashed::confirmed(pending, username, email);
    let account = match invited {
        Some(id) => {
            let invitation = invitation::take_of(work, &id)?.ok_or(Refused::Invitation)?;
            create_invited(work, new, &invitation)?
        }
        None if accounts.sign_up.is_open() => create_uninvited(work, new, accounts.sign_up.waits_for())?,
        None if accounts.sign_up.is_by_invitation() => return Err(Refused::NotInvited.into()),
        None => return Err(Refused::Closed.into()),
    };
    audit::record(work, Event::EmailConfirmed, Some(&account.user.id), None)?;
    Ok(account)
}
