//! A new password for someone who has forgotten theirs: by a link that an admin makes or that was sent to their address
//! (`forgot`), and that works once.
//!
//! Nobody but the owner ever sees the password. With it, all logins of the account end, and no browser is
//! known any more but the one that has used the link.

use chrono::{Duration, NaiveDateTime};

use super::Accounts;
use super::audit::{self, Event, Refusal, Source, refusals};
use super::login::device::{self, DeviceKind, DeviceToken};
use super::names::EmailAddress;
use super::one_time_link::{self, Bound, LinkToken, Purpose};
use super::password::{Full, Owner, Password, Rejected, Who};
use super::throttle::Network;
use super::user::{self, User, Which};
use super::work::Work;
use crate::db::{self, DbConnection};

/// For how many minutes a link works.
const MINUTES: i64 = 60;

/// What the links are for by which a new password is chosen.
const PURPOSES: [Purpose; 2] = [Purpose::Reset, Purpose::Recovery];

/// A link that was made.
#[derive(Debug)]
pub struct Issued {
    /// Whose password may be chosen with it.
    pub user: User,
    /// The token of the link.
    pub token: LinkToken,
    /// Until when it works, in UTC.
    pub expires_at: NaiveDateTime,
}

/// Why no password is chosen.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// The link was used, is too old, was replaced by a newer one, or never was one. Nobody learns which.
    #[error("the link does not work")]
    WrongLink,
    /// The password breaks a rule.
    #[error(transparent)]
    Rejected(Rejected),
    /// Too many passwords wait already.
    #[error("the server is busy")]
    Busy(Full),
    /// The database does not answer.
    #[error(transparent)]
    User(#[from] user::Error),
}

impl From<db::Error> for Refused {
    fn from(error: db::Error) -> Refused {
        Refused::User(error.into())
    }
}

/// Makes a link for the owner of an account; it makes older ones worthless.
///
/// # Errors
/// [`user::Error::NotFound`], [`user::Error::Disabled`].
pub async fn issue(accounts: &Accounts, source: &Source, which: Which) -> Result<Issued, user::Error> {
    let issue = move |work: &mut Work<'_>| {
        work.demand_admin()?;
        let user = user::get(work.connection(), &which)?;
        if user.disabled_at.is_some() {
            return Err(user::Error::Disabled(user.username));
        }
        let (token, expires_at) = make(work, &user, Purpose::Reset)?;
        audit::record(work, Event::ResetLinkMade, Some(&user.id), None)?;
        Ok(Issued { user, token, expires_at })
    };
    accounts.write(source, issue).await
}

/// Makes a link of one of the purposes by which a new password is chosen. Answers until when it works, too.
pub(super) fn make(work: &mut Work<'_>, user: &User, purpose: Purpose) -> db::Result<(LinkToken, NaiveDateTime)> {
    let expires_at = db::now() + Duration::minutes(MINUTES);
    let bound = Bound { subject: user.id.clone(), address: address(user) };
    Ok((one_time_link::issue(work, purpose, &bound, expires_at)?, expires_at))
}

/// Looks whose password may be chosen with a link. Opening it changes nothing.
///
/// # Errors
/// [`Refused::WrongLink`], and when the database does not answer.
pub async fn check(accounts: &Accounts, token: Option<&LinkToken>, source: &Source) -> Result<User, Refused> {
    let Some(token) = token.cloned() else { return Err(Refused::WrongLink) };
    let look = move |connection: &mut DbConnection| -> db::Result<Option<User>> {
        for purpose in PURPOSES {
            if let Some(bound) = one_time_link::look(connection, purpose, &token)? {
                return owner(connection, &bound);
            }
        }
        Ok(None)
    };
    accounts.look_up(look).await?.ok_or_else(|| {
        refusals::note(accounts, source.clone(), Refusal::LinkRefused, None, Some("for a new password".to_owned()));
        Refused::WrongLink
    })
}

/// Gives the account of a link the password that its owner chose, and ends all its logins. Of many who come at once with
/// one link, one succeeds. Answers the token by which the account knows this browser: its owner can then log in while
/// somebody else uses up the attempts of strangers.
///
/// # Errors
/// Why the password is as it was; then the link still works, unless somebody else has used it.
pub async fn complete(
    accounts: &Accounts,
    token: Option<&LinkToken>,
    new: Password,
    source: &Source,
) -> Result<DeviceToken, Refused> {
    let user = check(accounts, token, source).await?;
    let owner_of = Owner { username: &user.username, display_name: &user.display_name, email: user.email.as_deref() };
    let new = accounts.password_rules.check(new, owner_of).map_err(Refused::Rejected)?;
    // Whoever holds the token waits for no stranger.
    let who = Who::Known(user.id, source.address.map(Network::from));
    let place = accounts.hasher.enter_to_hash(who).map_err(Refused::Busy)?;
    let hash = accounts.hasher.hash(place, new.into_password()).await;
    let token = token.cloned();
    let set = move |work: &mut Work<'_>| -> Result<DeviceToken, Refused> {
        let token = token.ok_or(Refused::WrongLink)?;
        let bound = take(work, &token)?.ok_or(Refused::WrongLink)?;
        let user = owner(work.connection(), &bound)?.ok_or(Refused::WrongLink)?;
        work.act_as(&user.id);
        audit::record(work, Event::PasswordReset, Some(&user.id), None)?;
        user::replace_password(work, &user, &hash)?;
        Ok(device::keep(work, &user.id, DeviceKind::Browser, None)?)
    };
    accounts.write_for_anyone(source, set).await
}

fn take(work: &mut Work<'_>, token: &LinkToken) -> db::Result<Option<Bound>> {
    for purpose in PURPOSES {
        if let Some(bound) = one_time_link::take(work, purpose, token)? {
            return Ok(Some(bound));
        }
    }
    Ok(None)
}

/// The account that a link is bound to, if it has the same address as then and is not disabled.
pub(super) fn owner(connection: &mut DbConnection, bound: &Bound) -> db::Result<Option<User>> {
    let user = user::find(connection, &bound.subject)?;
    Ok(user.filter(|user| user.disabled_at.is_none() && address(user) == bound.address))
}

/// The address of an account, as addresses are compared.
fn address(user: &User) -> Option<String> {
    let address = user.email.as_deref().and_then(|email| EmailAddress::parse(email).ok());
    address.map(|address| address.canonical().to_owned())
}
